"""Exhibits and each step of their custody."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import CUSTODY
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.models import Case, CustodyEvent, Exhibit, SeizureLine
from tidewaiter.node.casework.services.cases import locked, refuse_when_ended, tell

SEALING = frozenset({"seal"})
"""Actions that need the number of a new seal."""
OPENING = frozenset({"open"})
"""Actions after which no seal holds."""


@transaction.atomic
def add_exhibit(
    actor: Person,
    case: Case,
    *,
    description: str,
    place: str,
    line: SeizureLine | None = None,
    seal_number: str = "",
    at: datetime | None = None,
) -> Exhibit:
    """Add an exhibit, collected now or at ``at``; with a seal number it is sealed at once.

    Raises NotAllowed and Refused.
    """
    case = locked(case)
    policies.cases.require(actor, "add_exhibit", case)
    refuse_when_ended(case)
    if line is not None and line.case_id != case.pk:
        raise Refused(_("This line is of another case."), field="line")
    last = case.exhibits.order_by("-number").values_list("number", flat=True).first() or 0
    exhibit = Exhibit(case=case, number=last + 1, description=description, place=place, line=line)
    exhibit.save(force_insert=True)
    moment = _moment(at)
    _write(actor, exhibit, "collect", "", after=exhibit.state, at=moment, place=place)
    record(
        actor,
        verbs.EXHIBIT_ADDED,
        exhibit,
        after={"description": description, "place": place, "line": None if line is None else line.number},
    )
    if seal_number:
        exhibit = record_custody(actor, exhibit, "seal", at=moment, place=place, seal_number=seal_number)
    tell(case)
    return exhibit


@transaction.atomic
def record_custody(
    actor: Person,
    exhibit: Exhibit,
    action: str,
    *,
    place: str,
    at: datetime | None = None,
    seal_number: str = "",
    reason: str = "",
) -> Exhibit:
    """Record a step of the machine ``custody``. Events are never changed; a wrong one is followed by a right one.

    Raises NotAllowed, WrongState, and Refused for a missing seal or a time before the last step.
    """
    case = locked(exhibit.case)
    policies.cases.require(actor, f"custody.{action}", case)
    exhibit = Exhibit.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=exhibit.pk)
    after = CUSTODY.apply(exhibit.state, action, reason=reason)
    moment = _moment(at)
    last = exhibit.custody.order_by("-sequence").first()
    if last is not None and moment < last.at:
        raise Refused(_("This step lies before the last one. Look at the time."), field="at")
    if action in SEALING and not seal_number.strip():
        raise Refused(_("Give the number of the seal."), field="seal_number")
    before = exhibit.state
    seal = seal_number.strip() if action in SEALING else "" if action in OPENING else exhibit.seal_number
    _write(actor, exhibit, action, before, after=after, at=moment, seal_number=seal, place=place, reason=reason.strip())
    exhibit.state, exhibit.seal_number, exhibit.place = after, seal, place
    exhibit.save(update_fields=["state", "seal_number", "place"])
    record(
        actor,
        verbs.CUSTODY_CHANGED,
        exhibit,
        before={"state": before},
        after={"action": action, "state": after, "seal": seal, "place": place, "at": moment},
        reason=reason.strip(),
    )
    tell(case)
    return exhibit


def _write(actor: Person, exhibit: Exhibit, action: str, before: str, **step: object) -> None:
    last = exhibit.custody.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    CustodyEvent.objects.create(exhibit=exhibit, sequence=last + 1, action=action, before=before, by=actor, **step)


def _moment(at: datetime | None) -> datetime:
    now = timezone.now()
    if at is not None and at > now:
        raise Refused(_("This time lies in the future."), field="at")
    return at or now
