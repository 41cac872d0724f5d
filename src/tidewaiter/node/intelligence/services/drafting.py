"""Writing and sending tips: one object for each neighbour, each of its own series."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import Refused as BadObject
from tidewaiter.exchange.objects import now
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.models.offices import TAGS
from tidewaiter.node.intelligence import policies, verbs
from tidewaiter.node.intelligence.content import object_of, series
from tidewaiter.node.intelligence.models import Tip, TipEvent, TipNumber
from tidewaiter.node.intelligence.services.moving import locked, move, tell
from tidewaiter.node.partners.models import Peer
from tidewaiter.node.partners.services import NotReleasable, publish
from tidewaiter.node.partners.words import barrier_in_words

FIELDS = (
    "title",
    "what",
    "where_office",
    "where_words",
    "references",
    "mode",
    "categories",
    "brands",
    "expected_from",
    "expected_until",
    "asked",
    "answer_by",
    "tlp",
    "caveats",
    "expires_at",
    "certainty",
    "nominal",
)
"""What the author writes."""


@transaction.atomic
def draft(
    actor: Person, *, office: Office, peers: Iterable[Peer], operation: str = "", synthetic: bool = False, **fields: Any
) -> list[Tip]:
    """Write a draft for each neighbour of ``peers``; from then on each is an object of its own. ``fields``: FIELDS.

    Raises NotAllowed, and Refused for times in disorder or where no neighbour is named.
    """
    policies.tips.require(actor, "draft", office)
    wanted = list(peers)
    if not wanted:
        raise Refused(_("Choose at least one neighbour."), field="peers")
    _check(fields)
    group = uuid4()
    language = TAGS.get(actor.language, "en").removesuffix("-MO")
    made = []
    for peer in wanted:
        tip = Tip(
            direction=Tip.Direction.OUT,
            peer=peer,
            number=_next_number(peer),
            group=group,
            office=office,
            author=actor,
            language=language,
            operation=operation,
            synthetic=synthetic,
            **{name: value for name, value in fields.items() if name in FIELDS},
        )
        tip.save(force_insert=True)
        tell(tip, TipEvent.Kind.DRAFTED, verbs.DRAFTED, actor)
        made.append(tip)
    return made


@transaction.atomic
def edit(actor: Person, tip: Tip, **fields: Any) -> Tip:
    """Change what one neighbour will receive, and nothing of what the others do. Raises NotAllowed and Refused."""
    tip = locked(tip)
    policies.tips.require(actor, "edit", tip)
    if tip.state != Tip.State.DRAFTED:
        raise Refused(_("This tip has been sent. Recall it and send another if it was wrong."))
    _check(fields)
    before = {name: getattr(tip, name) for name in fields if name in FIELDS}
    for name in before:
        setattr(tip, name, fields[name])
    tip.save()
    changed = sorted(name for name, value in before.items() if value != fields[name])
    if changed:
        tell(tip, TipEvent.Kind.DRAFTED, verbs.EDITED, actor, after={"changed": changed})
    return tip


@transaction.atomic
def send(actor: Person, tips: Sequence[Tip]) -> list[Tip]:
    """Sign and send drafts of one group, all or none: each goes into its lane with this transaction.

    Raises NotAllowed, WrongState where one was sent already, and Refused where a neighbour may not have it.
    """
    sent = []
    for one in sorted(tips, key=lambda tip: str(tip.pk)):
        tip = locked(one)
        policies.tips.require(actor, "send", tip)
        _check({"expires_at": tip.expires_at, "answer_by": tip.answer_by})
        move(tip, "send", actor)
        tip.sent_at = tip.modified = now()
        tip.save()
        _publish(tip)
        tell(tip, TipEvent.Kind.SENT, verbs.SENT, actor, at=tip.sent_at, after={"peer": tip.peer_id})
        sent.append(tip)
    return sent


def _publish(tip: Tip) -> None:
    try:
        publish(object_of(tip), [tip.peer_id], nominal=tip.nominal)
    except NotReleasable as wrong:
        words = _("%(name)s may not have it: %(why)s") % {"name": tip.peer.name, "why": barrier_in_words(wrong.barrier)}
        raise Refused(words) from None
    except BadObject as wrong:
        raise Refused(_("It cannot be sent as it stands: %(why)s") % {"why": str(wrong)}) from None


def _next_number(peer: Peer) -> str:
    TipNumber.objects.get_or_create(peer=peer)
    row = TipNumber.objects.select_for_update(no_key=True).get(peer=peer)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series(settings.CONFIG.administration, peer.pk)}{row.last:04d}"


def _check(fields: dict[str, Any]) -> None:
    """Refuse times that cannot be, each at its field."""
    moment = timezone.now()
    if "title" in fields and not str(fields["title"]).strip():
        raise Refused(_("Say in one line what it is about."), field="title")
    first, last = fields.get("expected_from"), fields.get("expected_until")
    if first and last and last < first:
        raise Refused(_("It is expected until before it is expected from. Look at both times."), field="expected_until")
    expires = fields.get("expires_at")
    if expires is not None and expires <= moment:
        raise Refused(_("A tip expires in the future. Set a later time."), field="expires_at")
    answer_by = fields.get("answer_by")
    if answer_by is not None and answer_by <= moment:
        raise Refused(_("The answer is asked for by a time that has passed."), field="answer_by")
