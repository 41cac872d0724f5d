"""Taking what neighbours send about operations. Only the originator makes new versions; again changes nothing.

The handlers run in the transaction that stores the object. They refuse, with a code that goes back as a receipt, what
contradicts what is known here; what only came too early is refused as missing and sent again by its author's lane.
"""

from collections.abc import Callable
from datetime import time
from typing import TypeVar
from uuid import UUID

from django.utils import timezone

from tidewaiter.exchange import objects as wire
from tidewaiter.exchange.objects import Reason, Refused
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.accounts.errors import Refused as NotDone
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, lanes, verbs
from tidewaiter.node.operations.models import (
    FocusLane,
    Operation,
    OperationParty,
    SituationReport,
    Snapshot,
    SnapshotAgreement,
    Statement,
    Tasking,
)
from tidewaiter.node.operations.services import closing, figures, planning
from tidewaiter.node.operations.services.sending import tell
from tidewaiter.node.partners.inbox import Arrived
from tidewaiter.node.search.services import index

Told = TypeVar("Told", bound=wire.Exchanged)


def take_operation(arrived: Arrived) -> None:
    """A plan, or a later version of it, from its lead."""
    told = _as(wire.Operation, arrived)
    if arrived.arrival is Arrival.EARLIER:
        return
    lead = arrived.peer.administration
    codes = [one.administration for one in told.participants]
    if exchanged.own() not in codes or lead not in codes:
        raise Refused(
            Reason.CONTRADICTORY, "this administration and the sender both take part in a plan", "participants"
        )
    operation = Operation.objects.select_for_update(no_key=True).filter(pk=wire.uuid_of(told.id)).first()
    if operation is not None and operation.lead != lead:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the plan is another administration's", told.id)
    digest = exchanged.plan_digest(told)
    if operation is None or operation.plan_digest != digest:
        operation = _write_plan(operation, told, lead, digest)
    operation.modified = told.modified
    operation.save(update_fields=["modified"])
    _follow(operation, told.phase)
    index(operation)
    tell(operation)


def _write_plan(operation: Operation | None, told: wire.Operation, lead: str, digest: str) -> Operation:
    if operation is not None and operation.state not in {"planned", "agreed"}:
        raise Refused(Reason.CONTRADICTORY, "the plan of a running operation does not change", told.id)
    for lane in told.lanes:
        if lane.profile is None:
            raise Refused(Reason.MISSING, "a focus lane comes with its profile", "lanes")
        try:
            lanes.check(lane.profile, lane.code)
        except NotDone as wrong:
            raise Refused(Reason.BAD_FORMAT, str(wrong)[:500], f"lanes.{lane.code}") from wrong
    made = operation or Operation(id=wire.uuid_of(told.id), lead=lead, created=told.created, code=told.code)
    if operation is None and Operation.objects.filter(code=told.code).exists():
        raise Refused(Reason.CONTRADICTORY, "another operation has this code here", "code")
    if made.state == "agreed":
        planning.move(made, "amend", reason="the lead amended the plan")
    made.names, made.objective = dict(told.names), dict(told.objective)
    made.starts_on, made.ends_on, made.cut_off = told.starts_on, told.ends_on, time.fromisoformat(told.cut_off)
    made.utc_offset, made.capacity_percent = told.utc_offset, told.capacity_percent
    made.tlp, made.modified, made.plan_digest = told.handling.tlp.value, told.modified, digest
    made.save()
    _write_parts(made, told)
    record(None, verbs.RECEIVED, made, after={"plan": digest}, office=exchanged.own())
    return made


def _write_parts(operation: Operation, told: wire.Operation) -> None:
    known = {one.administration: one for one in operation.parties.all()}
    operation.parties.exclude(administration__in=[one.administration for one in told.participants]).delete()
    for one in told.participants:
        party = known.get(one.administration) or OperationParty(operation=operation, administration=one.administration)
        party.role = one.role.value
        if one.administration == operation.lead:
            party.role, party.answer, party.agreed_plan = "lead", "yes", operation.plan_digest
            party.answered_at = timezone.now()
        party.save()
    operation.lanes.all().delete()
    FocusLane.objects.bulk_create(
        FocusLane(
            operation=operation,
            number=number,
            code=lane.code,
            names=dict(lane.names),
            regions=list(lane.regions),
            modes=[int(mode) for mode in lane.modes],
            courier=lane.courier,
            categories=list(lane.categories),
            control_points=list(lane.control_points),
            profile=lane.profile or "",
        )
        for number, lane in enumerate(told.lanes, 1)
    )


_ORDER = ("planned", "agreed", "running", "closing", "closed")
_ACTIONS = {"planned": "agree", "agreed": "start", "running": "end"}


def _follow(operation: Operation, phase: wire.Phase) -> None:
    """Come to the state in which the lead is. The lead's word that it runs says that all have agreed."""
    if phase is wire.Phase.PLANNED:
        planning.agree_if_all(operation)
        return
    if phase is wire.Phase.CANCELLED:
        if operation.state in {"planned", "agreed"}:
            planning.move(operation, "cancel", reason="cancelled by the lead")
        return
    party = operation.parties.get(administration=exchanged.own())
    party.operation = operation
    if party.role != "observer" and not party.has_agreed:
        raise Refused(Reason.CONTRADICTORY, "this administration has not agreed to the plan", operation.object_id)
    target = "running" if phase is wire.Phase.RUNNING else "closing"
    while _ORDER.index(operation.state) < _ORDER.index(target):
        planning.move(operation, _ACTIONS[operation.state])


def take_agreement(arrived: Arrived) -> None:
    """A yes or no to a plan or to a snapshot, or that a neighbour's office has the task that we proposed."""
    told = _as(wire.Agreement, arrived)
    if arrived.arrival is Arrival.EARLIER:
        return
    kind = told.subject.id.partition("--")[0]
    if kind == "grouping":
        _plan_answer(arrived.peer.administration, told)
    elif kind == "report":
        _snapshot_answer(arrived.peer.administration, told)
    elif kind == "course-of-action":
        _task_answer(arrived.peer.administration, told)
    else:
        raise Refused(Reason.UNKNOWN_VALUE, "plans, snapshots and tasks are agreed to here", "subject")


def _plan_answer(administration: str, told: wire.Agreement) -> None:
    operation = _operation(told.subject.id, administration)
    party = operation.parties.select_for_update(no_key=True).get(administration=administration)
    party.answer, party.agreed_plan = "yes" if told.agreed else "no", told.subject.digest or ""
    party.answered_at, party.words, party.agreement = timezone.now(), told.words or "", told.id
    party.save()
    after = {"agreed": told.agreed, "plan": party.agreed_plan}
    record(None, verbs.ANSWER_CAME, operation, after=after, reason=told.words or "", office=exchanged.own())
    planning.agree_if_all(operation)
    tell(operation)


def _snapshot_answer(administration: str, told: wire.Agreement) -> None:
    """Kept even where the snapshot itself is still on its way: objects of different authors come in any order."""
    if told.subject.modified is None or told.subject.digest is None:
        raise Refused(Reason.MISSING, "one exact version is agreed to", "subject")
    _one_after_the_other()
    SnapshotAgreement.objects.update_or_create(
        snapshot_object=told.subject.id,
        administration=administration,
        defaults={
            "snapshot_modified": told.subject.modified,
            "snapshot_digest": told.subject.digest,
            "agreed": told.agreed,
            "words": told.words or "",
            "at": timezone.now(),
            "object_id": told.id,
        },
    )
    snapshot = Snapshot.objects.filter(pk=wire.uuid_of(told.subject.id)).select_related("operation").first()
    if snapshot is not None:
        closing.close_if_all(snapshot.operation)
        tell(snapshot.operation)


def _one_after_the_other() -> None:
    """Wait for whoever else is about to write an answer or a snapshot: of two that come at the same moment, the second
    must see the first, or neither would find that all have agreed. Which operation it is about may not be known yet.
    """
    list(Operation.objects.select_for_update(no_key=True).filter(state__in=("running", "closing")).order_by("pk"))


def _task_answer(administration: str, told: wire.Agreement) -> None:
    tasking = Tasking.objects.select_for_update(of=("self",), no_key=True).select_related("operation")
    found = tasking.filter(pk=wire.uuid_of(told.subject.id), author=exchanged.own(), administration=administration)
    held = found.first()
    if held is None:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "no task of that office was proposed to the sender", "subject")
    if told.subject.digest != held.digest or not told.agreed:
        raise Refused(Reason.CONTRADICTORY, "a task is acknowledged as it was sent", "subject")
    if held.state == Tasking.State.NEW:
        held.state, held.acknowledged_at = Tasking.State.ACKNOWLEDGED, timezone.now()
        held.save(update_fields=["state", "acknowledged_at"])
        record(None, verbs.ACKNOWLEDGED_THERE, held, after={"by": administration}, office=exchanged.own())
        tell(held.operation)


def take_tasking(arrived: Arrived) -> None:
    """A task that a neighbour proposes to one of our offices."""
    told = _as(wire.Tasking, arrived)
    operation = _operation(told.operation, arrived.peer.administration)
    if arrived.arrival is Arrival.EARLIER:
        return
    office = Office.objects.filter(pk=told.office).first()
    if told.administration != exchanged.own() or office is None:
        raise Refused(Reason.UNKNOWN_VALUE, "no office of this administration", "office")
    made, _new = Tasking.objects.update_or_create(
        id=wire.uuid_of(told.id),
        defaults={
            "operation": operation,
            "office": office,
            "author": arrived.peer.administration,
            "title": told.title,
            "instructions": told.instructions,
            "starts_on": told.starts_on,
            "ends_on": told.ends_on,
            "lanes": list(told.lanes),
            "controls_a_day": told.controls_a_day,
            "report_by": told.report_by.astimezone(operation.zone).time() if told.report_by else None,
            "modified": told.modified,
            "digest": wire.digest(wire.to_stix(told)),
        },
    )
    record(None, verbs.TASK_CAME, made, after={"lanes": list(told.lanes)}, office=office)
    tell(operation)


def take_situation_report(arrived: Arrived) -> None:
    """A neighbour's day."""
    told = _as(wire.SituationReport, arrived)
    operation = _operation(told.operation, arrived.peer.administration)
    if arrived.arrival is Arrival.EARLIER:
        return
    made, _new = SituationReport.objects.update_or_create(
        operation=operation,
        administration=arrived.peer.administration,
        office=None,
        day=told.day,
        defaults={
            "cut_off": told.cut_off,
            "words": told.words or "",
            "status": told.status.value,
            "figures": exchanged.plain_figures(told.figures),
            "controls": exchanged.plain_controls(told.controls),
            "at": told.at,
            "object_id": told.id,
            "modified": told.modified,
        },
    )
    record(None, verbs.REPORT_CAME, made, after={"day": told.day.isoformat()}, office=exchanged.own())
    tell(operation)


def take_released_figures(arrived: Arrived) -> None:
    """A neighbour's figures; earlier versions are kept too, since a snapshot may name one."""
    told = _as(wire.ReleasedFigures, arrived)
    operation = _operation(told.operation, arrived.peer.administration)
    made = figures.keep(operation, arrived.peer.administration, told)
    record(None, verbs.FIGURES_CAME, made, after={"digest": made.digest}, office=exchanged.own())
    tell(operation)


def take_snapshot(arrived: Arrived) -> None:
    """The lead's frozen figures, by digest."""
    told = _as(wire.Snapshot, arrived)
    operation = _operation(told.operation, arrived.peer.administration)
    if operation.lead != arrived.peer.administration:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the lead freezes the figures", "operation")
    if arrived.arrival is Arrival.EARLIER:
        return
    held = {one.kind: one for one in told.records}
    if "content" not in held:
        raise Refused(Reason.MISSING, "the digest of the frozen content", "records")
    prefix = "released_figures/"
    made, _new = Snapshot.objects.update_or_create(
        id=wire.uuid_of(told.id),
        defaults={
            "operation": operation,
            "number": told.number,
            "author": arrived.peer.administration,
            "frozen_at": told.at,
            "digest": held["content"].digest,
            "released": {
                kind.removeprefix(prefix): one.digest for kind, one in held.items() if kind.startswith(prefix)
            },
            "records": [{"kind": one.kind, "count": one.count, "digest": one.digest} for one in told.records],
            "object_digest": wire.digest(wire.to_stix(told)),
            "modified": told.modified,
        },
    )
    record(None, verbs.SNAPSHOT_CAME, made, after={"digest": made.digest}, office=exchanged.own())
    closing.close_if_all(operation)
    tell(operation)


def take_statement(arrived: Arrived) -> None:
    """The joint statement of the lead."""
    told = _as(wire.Statement, arrived)
    operation = _operation(told.operation, arrived.peer.administration)
    if operation.lead != arrived.peer.administration:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the lead publishes the statement", "operation")
    if arrived.arrival is Arrival.EARLIER:
        return
    snapshot = Snapshot.objects.filter(
        pk__in=[wire.uuid_of(one) for one in told.snapshots], operation=operation
    ).first()
    if snapshot is None:
        raise Refused(Reason.MISSING, "the snapshot that the statement rests on", "snapshots")
    made, _new = Statement.objects.update_or_create(
        id=wire.uuid_of(told.id),
        defaults={
            "operation": operation,
            "snapshot": snapshot,
            "number": told.title,
            "author": arrived.peer.administration,
            "texts": dict(told.texts),
            "at": told.at,
            "modified": told.modified,
        },
    )
    record(None, verbs.STATEMENT_CAME, made, office=exchanged.own())
    index(made)
    tell(operation)


def _operation(identifier: str, sender: str) -> Operation:
    """The operation, in which the sender takes part."""
    found = Operation.objects.select_for_update(no_key=True).filter(pk=UUID(identifier.partition("--")[2])).first()
    if found is None:
        raise Refused(Reason.MISSING, "the plan of this operation is not here", identifier)
    if not found.parties.filter(administration=sender).exists():
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the sender takes no part in this operation", identifier)
    held: Operation = found
    return held


def _as(kind: type[Told], arrived: Arrived) -> Told:
    if not isinstance(arrived.told, kind):
        raise Refused(Reason.UNKNOWN_KIND, f"no {kind.kind}", arrived.told.id)
    return arrived.told


HANDLERS: dict[str, Callable[[Arrived], None]] = {
    "operation": take_operation,
    "agreement": take_agreement,
    "tasking": take_tasking,
    "situation_report": take_situation_report,
    "released_figures": take_released_figures,
    "snapshot": take_snapshot,
    "statement": take_statement,
}
