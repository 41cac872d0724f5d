"""What the page of an operation shows, and what its reader may do there."""

from typing import Any

from tidewaiter.domain.machines import JOINT_OPERATION
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.operations import policies
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import (
    Operation,
    OperationParty,
    ReleasedFigures,
    SituationReport,
    Snapshot,
    SnapshotAgreement,
    Statement,
    Tasking,
)
from tidewaiter.node.operations.queries import reporting
from tidewaiter.node.operations.queries.figures import offices_shown


def of(person: Person, operation: Operation) -> dict[str, Any]:
    """The page of ``operation`` as ``person`` sees it."""
    parties = list(operation.parties.all())
    for party in parties:
        party.operation = operation
    snapshot = Snapshot.objects.visible_to(person).filter(operation=operation).order_by("-frozen_at").first()
    day = reporting.due_day(operation)
    taskings = Tasking.objects.visible_to(person).filter(operation=operation)
    reports = SituationReport.objects.visible_to(person).filter(operation=operation).select_related("office")
    answers = _answers(person, snapshot)
    return {
        "operation": operation,
        "parties": parties,
        "lanes": list(operation.lanes.all()),
        "show_profiles": policies.operations.may(person, "see_profiles"),
        "taskings": [
            (one, policies.offices.may(person, "acknowledge", one)) for one in taskings.select_related("office")
        ],
        "reports": list(reports[:40]),
        "released": list(
            ReleasedFigures.objects.visible_to(person).filter(operation=operation).defer("content").order_by("-at")[:20]
        ),
        "day": day,
        "reported": reporting.reported(operation, day, [one.administration for one in parties], offices_shown(person)),
        "snapshot": snapshot,
        "answers": answers,
        "statements": list(Statement.objects.visible_to(person).filter(operation=operation)),
        "deeds": _deeds(person, operation, parties, snapshot, answers),
        "may_report": policies.offices.may(person, "report") and operation.state in {"running", "closing"},
        "may_task": policies.offices.may(person, "task") and operation.state in {"planned", "agreed", "running"},
    }


def _answers(person: Person, snapshot: Snapshot | None) -> list[SnapshotAgreement]:
    if snapshot is None:
        return []
    held = SnapshotAgreement.objects.visible_to(person).filter(snapshot_object=snapshot.object_id)
    return list(held)


def _deeds(
    person: Person,
    operation: Operation,
    parties: list[OperationParty],
    snapshot: Snapshot | None,
    answers: list[SnapshotAgreement],
) -> list[str]:
    """What the reader can do now, likeliest first; the services decide again."""
    if not policies.operations.may(person, "agree", operation):
        return []
    party = next((one for one in parties if one.administration == own()), None)
    found: list[str] = []
    if operation.state == "planned" and party is not None and not party.has_agreed:
        found += ["agree", "refuse"]
    if operation.state in {"running", "closing"}:
        found += ["situation_report", "release"] if operation.state == "running" else ["final"]
    if operation.state == "closing" and snapshot is not None:
        mine = next((one for one in answers if one.administration == own()), None)
        found += ["accept", "reject"] if mine is None or not mine.agreed else []
    if operation.is_lead:
        found += _of_lead(operation, snapshot)
    return found


def _of_lead(operation: Operation, snapshot: Snapshot | None) -> list[str]:
    moves = [one.action for one in JOINT_OPERATION.actions(operation.state)]
    found: list[str] = [action for action in ("start", "end") if action in moves]
    found += ["freeze"] if operation.state == "closing" else []
    found += ["publish"] if operation.state == "closed" and snapshot is not None else []
    found += ["amend"] if operation.state in {"planned", "agreed"} else []
    return found + (["cancel"] if "cancel" in moves else [])
