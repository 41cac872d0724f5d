"""Tasks of offices."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.models import Operation, Tasking
from tidewaiter.node.operations.services.sending import others, send, stated, tell
from tidewaiter.refdata.offices import find


@transaction.atomic
def task(
    actor: Person,
    operation: Operation,
    office: Office,
    *,
    title: str,
    instructions: str,
    lanes: Sequence[str] = (),
    controls_a_day: int | None = None,
    report_by: time | None = None,
) -> Tasking:
    """Give an office of one's own a task for the whole period. Raises NotAllowed, Refused."""
    policies.offices.require(actor, "task", office)
    made = _written(actor, operation, title, instructions, lanes, controls_a_day, report_by)
    made.office = office
    made.save(force_insert=True)
    record(actor, verbs.TASKED, made, after={"lanes": list(lanes), "controls": controls_a_day}, office=office)
    tell(operation)
    return made


@transaction.atomic
def propose(
    actor: Person,
    operation: Operation,
    office: str,
    *,
    title: str,
    instructions: str,
    lanes: Sequence[str] = (),
    controls_a_day: int | None = None,
    report_by: time | None = None,
) -> Tasking:
    """Send a task to the neighbour whose office has this code; it decides, and says when it has the task.

    Raises NotAllowed, and Refused for an office of nobody who takes part.
    """
    policies.operations.require(actor, "propose", operation)
    made = _written(actor, operation, title, instructions, lanes, controls_a_day, report_by)
    known = find(office)
    if known is None or known.administration not in others(operation):
        raise Refused(_("This office belongs to nobody who takes part."), field="office")
    made.administration, made.place, made.modified = known.administration, known.code, exchanged.later()
    told = _told(made)
    made.digest = wire.digest(wire.to_stix(told))
    made.save(force_insert=True)
    after = {"to": known.administration, "place": known.code, "lanes": list(lanes), "digest": made.digest}
    record(actor, verbs.TASK_PROPOSED, made, after=after, office=operation.office_id)
    send(operation, told, [known.administration])
    tell(operation)
    return made


def _written(
    actor: Person,
    operation: Operation,
    title: str,
    instructions: str,
    lanes: Sequence[str],
    controls_a_day: int | None,
    report_by: time | None,
) -> Tasking:
    """A task for the whole period that is for nobody yet, and not kept yet. Raises Refused."""
    if operation.state not in {"planned", "agreed", "running"}:
        raise Refused(_("This operation has ended."))
    unknown = set(lanes) - {lane.code for lane in operation.lanes.all()}
    if unknown:
        raise Refused(_("Unknown focus lanes: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}, field="lanes")
    return Tasking(
        operation=operation,
        author=exchanged.own(),
        title=title.strip(),
        instructions=instructions.strip(),
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        lanes=list(lanes),
        controls_a_day=controls_a_day,
        report_by=report_by or operation.cut_off,
        issued_by=actor,
    )


def _told(tasking: Tasking) -> wire.Exchanged:
    assert tasking.modified is not None
    operation, due = tasking.operation, None
    if tasking.report_by is not None:
        due = wire.to_the_millisecond(datetime.combine(tasking.starts_on, tasking.report_by, operation.zone))
    return stated(
        wire.Tasking,
        id=tasking.object_id,
        **exchanged.head(operation, tasking.modified),
        operation=operation.object_id,
        administration=tasking.administration,
        office=tasking.place,
        title=tasking.title,
        instructions=tasking.instructions,
        starts_on=tasking.starts_on,
        ends_on=tasking.ends_on,
        lanes=tuple(tasking.lanes),
        controls_a_day=tasking.controls_a_day,
        report_by=due,
    )


@transaction.atomic
def acknowledge(actor: Person, tasking: Tasking) -> Tasking:
    """Say that the office has the task; a neighbour that proposed it is told. A second time changes nothing.

    Raises NotAllowed.
    """
    tasking = (
        Tasking.objects.select_for_update(of=("self",), no_key=True).select_related("operation").get(pk=tasking.pk)
    )
    policies.offices.require(actor, "acknowledge", tasking)
    if tasking.state == Tasking.State.NEW:
        tasking.state, tasking.acknowledged_at = Tasking.State.ACKNOWLEDGED, timezone.now()
        tasking.acknowledged_by = actor
        tasking.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
        record(actor, verbs.ACKNOWLEDGED, tasking, office=tasking.office_id)
        if tasking.author != exchanged.own():
            subject = wire.Subject(id=tasking.object_id, modified=tasking.modified, digest=tasking.digest or None)
            head = exchanged.head(tasking.operation, exchanged.later())
            told = stated(wire.Agreement, id=wire.new_id("opinion"), **head, subject=subject, agreed=True)
            send(tasking.operation, told, [tasking.author])
        tell(tasking.operation)
    return tasking
