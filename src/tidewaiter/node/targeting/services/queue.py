"""What is done with a line of a queue. Of two people who take the same line, the database lets one win."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import QUEUE_ITEM
from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.targeting import policies, verbs, words
from tidewaiter.node.targeting.errors import NotFree
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.refdata import closed_lists

TOPIC = "queue"


def take(actor: Person, item: SelectedConsignment) -> SelectedConsignment:
    """Take a waiting line. Raises NotAllowed, and NotFree, which says who was faster and when."""
    return _move(actor, item, "take", taken_by=actor, taken_at=timezone.now())


def give_back(actor: Person, item: SelectedConsignment, *, reason: str = "") -> SelectedConsignment:
    """Put a line that was taken back among those that wait. Raises NotAllowed and NotFree."""
    back = {"taken_by": None, "taken_at": None, "control_channel": "", "control_place": ""}
    return _move(actor, item, "give_back", reason=reason, **back)


def assign(actor: Person, item: SelectedConsignment, *, to: Person) -> SelectedConsignment:
    """Give a line to an officer of its office. Raises NotAllowed, Refused for anybody else, and NotFree."""
    if to not in Person.objects.working_at(Role.OFFICER, item.office_id):
        raise Refused(_("Choose an officer who works at this office."), field="to")
    return _move(actor, item, "assign", taken_by=to, taken_at=timezone.now())


def send_for_control(actor: Person, item: SelectedConsignment, *, channel: str, place: str = "") -> SelectedConsignment:
    """Send a line that was taken to a control: ``channel`` of the closed list, ``place`` such as a bay.

    Raises NotAllowed, Refused for another channel, and NotFree.
    """
    if channel not in closed_lists.codes("control_channel"):
        raise Refused(_("Choose the kind of control."), field="channel")
    return _move(actor, item, "send_for_control", control_channel=channel, control_place=place.strip()[:100])


def release(actor: Person, item: SelectedConsignment, *, reason: str) -> SelectedConsignment:
    """Let the goods go without a control. Raises NotAllowed, Refused without a reason, and NotFree."""
    return _move(actor, item, "release", reason=reason, release_reason=reason.strip()[:500])


def reopen(actor: Person | None, item: SelectedConsignment, *, reason: str) -> SelectedConsignment:
    """Put a released line back into the queue, as when a tip comes late; ``actor`` None is the node itself.

    Raises NotAllowed, Refused without a reason, and NotFree.
    """
    return _move(actor, item, "reopen", reason=reason, taken_by=None, taken_at=None, release_reason="")


def withdraw(item: SelectedConsignment, *, reason: str) -> SelectedConsignment:
    """End a waiting line that only a tip spoke for, now that the tip is over; the node does it. Raises NotFree."""
    return _move(None, item, "withdraw", reason=reason, release_reason=reason[:500])


def record_control(actor: Person, item: SelectedConsignment) -> SelectedConsignment:
    """Say that a control of the line was recorded; for casework, in the transaction of the control.

    Raises NotAllowed and NotFree.
    """
    return _move(actor, item, "record_control")


@transaction.atomic
def export_queue(actor: Person, office: Office | None, *, rows: int, query: str) -> None:
    """Record that the queue was taken away as a sheet. Raises NotAllowed."""
    policies.queue.require(actor, "export", office)
    place = office or actor.office
    record(actor, verbs.QUEUE_EXPORTED, place, after={"rows": rows, "view": query[:500]}, office=place)


@transaction.atomic
def _move(
    actor: Person | None, item: SelectedConsignment, action: str, *, reason: str = "", **fields: Any
) -> SelectedConsignment:
    now = SelectedConsignment.objects.select_related("taken_by", "last_actor", "office").get(pk=item.pk)
    if actor is not None:
        policies.queue.require(actor, action, item)
    if now.superseded_by_id is not None:
        raise NotFree(_("A later run stands for %(reference)s. Nothing was changed.") % {"reference": now.reference})
    state = _following(now, action, reason)
    if actor is not None:
        # Asked again of the present row: who has it decides, not who had it when the page was made.
        policies.queue.require(actor, action, now)
    seen = {"pk": now.pk, "state": now.state, "taken_by": now.taken_by, "superseded_by": None}
    change = {"state": state, "state_at": timezone.now(), "last_actor": actor, **fields}
    if not SelectedConsignment.objects.filter(**seen).update(**change):
        now = SelectedConsignment.objects.select_related("taken_by", "last_actor", "office").get(pk=item.pk)
        raise NotFree(words.why_not_free(now))
    before = {"state": now.state, "taken_by": _id(now.taken_by_id)}
    after: Mapping[str, object] = {
        "state": state,
        **{name: _id(getattr(value, "pk", value)) for name, value in fields.items() if name != "taken_at"},
    }
    record(actor, verbs.OF_ACTION[action], now, before=before, after=after, reason=reason, office=now.office_id)
    announce(TOPIC, now, offices=[now.office])
    return SelectedConsignment.objects.select_related("taken_by", "office", "run").get(pk=item.pk)


def _following(now: SelectedConsignment, action: str, reason: str) -> str:
    try:
        return QUEUE_ITEM.apply(now.state, action, reason=reason)
    except WrongState as wrong:
        if wrong.code == "reason_missing":
            raise Refused(_("Say why."), field="reason") from wrong
        raise NotFree(words.why_not_free(now)) from wrong


def _id(value: object) -> str:
    return "" if value is None else str(value)
