"""Tasks of offices."""

from collections.abc import Sequence
from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.models import Operation, Tasking
from tidewaiter.node.operations.services.sending import tell


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
    if operation.state not in {"planned", "agreed", "running"}:
        raise Refused(_("This operation has ended."))
    unknown = set(lanes) - {lane.code for lane in operation.lanes.all()}
    if unknown:
        raise Refused(_("Unknown focus lanes: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}, field="lanes")
    made = Tasking.objects.create(
        operation=operation,
        office=office,
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
    record(actor, verbs.TASKED, made, after={"lanes": list(lanes), "controls": controls_a_day}, office=office)
    tell(operation)
    return made


@transaction.atomic
def acknowledge(actor: Person, tasking: Tasking) -> Tasking:
    """Say that the office has the task. A second time changes nothing. Raises NotAllowed."""
    tasking = Tasking.objects.select_for_update(of=("self",)).select_related("operation").get(pk=tasking.pk)
    policies.offices.require(actor, "acknowledge", tasking)
    if tasking.state == Tasking.State.NEW:
        tasking.state, tasking.acknowledged_at = Tasking.State.ACKNOWLEDGED, timezone.now()
        tasking.acknowledged_by = actor
        tasking.save(update_fields=["state", "acknowledged_at", "acknowledged_by"])
        record(actor, verbs.ACKNOWLEDGED, tasking, office=tasking.office_id)
        tell(tasking.operation)
    return tasking
