"""Which operation a control belongs to."""

from tidewaiter.node.casework.links import Links
from tidewaiter.node.casework.models import Control
from tidewaiter.node.operations.models import Operation, Tasking
from tidewaiter.node.targeting.models import SelectedConsignment


def ask(control: Control) -> Links:
    """The running operation that a new control counts in.

    It does where a lane of the operation selected the consignment, or where it took place in an office with a task
    (chance controls among them: they are what targeted ones are compared with), or where no office has a task. A
    control before the first day or after the last one counts in none.
    """
    for operation in Operation.objects.live().order_by("starts_on"):
        day = control.began_at.astimezone(operation.zone).date()
        if operation.starts_on <= day <= operation.ends_on and _counts(operation, control):
            return Links(operation_id=operation.pk)
    return Links()


def _counts(operation: Operation, control: Control) -> bool:
    tasks = Tasking.objects.filter(operation=operation)
    if not tasks.exists() or tasks.filter(office=control.office_id).exists():
        return True
    if control.selection_id is None:
        return False
    lane = SelectedConsignment.objects.filter(pk=control.selection_id).values_list("lane", flat=True).first()
    return (lane or "").startswith(f"{operation.code} ")
