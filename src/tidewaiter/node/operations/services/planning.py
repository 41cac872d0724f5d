"""The plan of an operation and its life: planned by one, agreed by each, running, ended, cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import JOINT_OPERATION
from tidewaiter.domain.state_machine import WrongState
from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.lanes import LanePlan, written
from tidewaiter.node.operations.models import FocusLane, Operation, OperationParty
from tidewaiter.node.operations.services.sending import send, tell
from tidewaiter.node.search.services import index


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """What a coordinator plans. Texts by BCP 47 tag; ``participants`` are the codes of the others that take part."""

    code: str
    names: Mapping[str, str]
    objective: Mapping[str, str]
    starts_on: date
    ends_on: date
    participants: Sequence[str]
    lanes: Sequence[LanePlan] = field(default=())
    cut_off: time = time(18)
    utc_offset: str = "+08:00"
    capacity_percent: int = 0
    tlp: str = "amber"


@transaction.atomic
def plan(actor: Person, entry: PlanEntry) -> Operation:
    """Plan an operation and send the plan to all who shall take part. This administration leads it and agrees thereby.

    Raises NotAllowed, and Refused for a plan that cannot stand, a lane whose profile cannot run, or a stranger.
    """
    if Operation.objects.filter(code=entry.code).exists():
        raise Refused(_("There is an operation with this code already."), field="code")
    moment = exchanged.later()
    operation = Operation(id=uuid4(), lead=exchanged.own(), created=moment, planned_by=actor)
    policies.operations.require(actor, "plan", operation)
    _write(operation, entry)
    _issue(actor, operation, verbs.PLANNED, "")
    return operation


@transaction.atomic
def amend(actor: Person, operation: Operation, entry: PlanEntry, *, reason: str) -> Operation:
    """Change the plan before it starts; all agree anew. Raises NotAllowed, Refused."""
    operation = _locked(operation)
    policies.operations.require(actor, "amend", operation)
    _lead_only(operation)
    if operation.state == "agreed":
        _move(operation, "amend", reason=reason)
    elif operation.state != "planned":
        raise Refused(_("A plan is amended before it starts."))
    operation.lanes.all().delete()
    operation.parties.exclude(administration=exchanged.own()).delete()
    _write(operation, entry)
    _issue(actor, operation, verbs.AMENDED, reason)
    return operation


def _write(operation: Operation, entry: PlanEntry) -> None:
    """Put the entry into the rows. The plan's digest is still to be made."""
    if entry.ends_on < entry.starts_on:
        raise Refused(_("The last day is before the first one."), field="ends_on")
    operation.code, operation.names, operation.objective = entry.code, dict(entry.names), dict(entry.objective)
    operation.starts_on, operation.ends_on = entry.starts_on, entry.ends_on
    operation.cut_off, operation.utc_offset = entry.cut_off, entry.utc_offset
    operation.capacity_percent, operation.tlp = entry.capacity_percent, entry.tlp
    operation.modified = exchanged.later(operation.modified)
    operation.save()
    OperationParty.objects.get_or_create(
        operation=operation, administration=exchanged.own(), defaults={"role": OperationParty.Role.LEAD}
    )
    for code in dict.fromkeys(entry.participants):
        if code != exchanged.own():
            OperationParty.objects.create(operation=operation, administration=code)
    for number, lane in enumerate(entry.lanes, 1):
        FocusLane.objects.create(
            operation=operation,
            number=number,
            code=lane.code,
            names=dict(lane.names),
            regions=list(lane.regions),
            modes=[int(mode) for mode in lane.modes],
            courier=lane.courier,
            categories=list(lane.categories),
            control_points=list(lane.control_points),
            profile=written(lane, entry.code, entry.starts_on, entry.ends_on),
        )


def _issue(actor: Person, operation: Operation, verb: object, reason: str) -> None:
    """Fix what is agreed to, agree for the lead, write down and send."""
    told = _told(operation)
    operation.plan_digest = exchanged.plan_digest(told)
    operation.save(update_fields=["plan_digest"])
    operation.parties.filter(administration=exchanged.own()).update(
        answer="yes", agreed_plan=operation.plan_digest, answered_at=timezone.now()
    )
    after = {
        "plan": operation.plan_digest,
        "parties": [one.administration for one in operation.parties.all()],
        "lanes": [one.code for one in operation.lanes.all()],
    }
    record(actor, verb, operation, after=after, reason=reason, office=operation.office_id)  # type: ignore[arg-type]
    send(operation, told)
    index(operation)
    agree_if_all(operation)
    tell(operation)


def _told(operation: Operation) -> wire.Operation:
    try:
        return exchanged.plan(operation, operation.parties.all(), operation.lanes.all())
    except wire.Refused as wrong:
        raise Refused(str(wrong)) from wrong


@transaction.atomic
def agree(actor: Person, operation: Operation, *, words: str = "") -> Operation:
    """Agree to the plan as it stands, and tell all. Raises NotAllowed, Refused."""
    return _answer(actor, operation, yes=True, words=words)


@transaction.atomic
def refuse(actor: Person, operation: Operation, *, words: str) -> Operation:
    """Refuse the plan, with the reason, and tell all. Raises NotAllowed, Refused."""
    if not words.strip():
        raise Refused(_("Say why."), field="words")
    return _answer(actor, operation, yes=False, words=words)


def _answer(actor: Person, operation: Operation, *, yes: bool, words: str) -> Operation:
    operation = _locked(operation)
    policies.operations.require(actor, "agree", operation)
    if operation.state != "planned":
        raise Refused(_("This plan is not waiting for an answer."))
    party = operation.parties.select_for_update(no_key=True).get(administration=exchanged.own())
    if party.has_agreed and yes:
        return operation
    moment = exchanged.later()
    told = wire.Agreement(
        id=wire.new_id("opinion"),
        **exchanged.head(operation, moment),
        subject=wire.Subject(id=operation.object_id, modified=operation.modified, digest=operation.plan_digest),
        agreed=yes,
        words=words.strip() or None,
    )
    party.answer, party.agreed_plan = "yes" if yes else "no", operation.plan_digest
    party.answered_at, party.words, party.agreement = timezone.now(), words.strip(), told.id
    party.save()
    verb = verbs.AGREED if yes else verbs.REFUSED
    record(actor, verb, operation, after={"plan": operation.plan_digest}, reason=words, office=operation.office_id)
    send(operation, told)
    agree_if_all(operation)
    tell(operation)
    return operation


def agree_if_all(operation: Operation) -> None:
    """Let a planned operation be agreed once every administration that takes part has said yes to the plan."""
    parties = [one for one in operation.parties.select_related("operation") if one.role != "observer"]
    for party in parties:
        party.operation = operation
    if operation.state == "planned" and all(party.has_agreed for party in parties):
        _move(operation, "agree")


@transaction.atomic
def start(actor: Person, operation: Operation) -> Operation:
    """Start it: from now its lanes are screened for on every node. Raises NotAllowed, Refused."""
    return _lead_moves(actor, operation, "start")


@transaction.atomic
def end(actor: Person, operation: Operation) -> Operation:
    """End it: the lanes go, the figures are gathered. Raises NotAllowed, Refused."""
    return _lead_moves(actor, operation, "end")


@transaction.atomic
def cancel(actor: Person, operation: Operation, *, reason: str) -> Operation:
    """Call it off before it starts. Raises NotAllowed, Refused."""
    return _lead_moves(actor, operation, "cancel", reason=reason)


def _lead_moves(actor: Person, operation: Operation, action: str, *, reason: str = "") -> Operation:
    operation = _locked(operation)
    policies.operations.require(actor, action, operation)
    _lead_only(operation)
    before = operation.state
    _move(operation, action, reason=reason)
    operation.modified = exchanged.later(operation.modified)
    operation.save(update_fields=["modified"])
    record(
        actor,
        verbs.STATE_CHANGED,
        operation,
        before={"state": before},
        after={"state": operation.state},
        reason=reason,
        office=operation.office_id,
    )
    send(operation, _told(operation))
    index(operation)
    tell(operation)
    return operation


_STAMPS = {"running": "started_at", "closing": "ended_at", "closed": "closed_at"}


def _move(operation: Operation, action: str, *, reason: str = "") -> None:
    """Follow the state machine. Raises Refused where it has no such way."""
    try:
        operation.state = JOINT_OPERATION.apply(operation.state, action, reason=reason)
    except WrongState as wrong:
        words = {"reason_missing": _("Say why."), "ended": _("This operation has ended.")}
        raise Refused(words.get(wrong.code, _("This cannot be done in the present state of the operation."))) from wrong
    operation.state_at, operation.state_reason = timezone.now(), reason.strip()[:500]
    stamp = _STAMPS.get(operation.state)
    if stamp:
        setattr(operation, stamp, operation.state_at)
    operation.save(update_fields=["state", "state_at", "state_reason", *([stamp] if stamp else [])])


def move(operation: Operation, *actions: str, reason: str = "") -> None:
    """Follow the state machine for what nobody here does: an object that came, the last agreement. Raises Refused."""
    for action in actions:
        _move(operation, action, reason=reason)
    tell(operation)


def _locked(operation: Operation) -> Operation:
    found: Operation = Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
    return found


def _lead_only(operation: Operation) -> None:
    if not operation.is_lead:
        raise Refused(_("Only the administration that leads the operation does this."))
