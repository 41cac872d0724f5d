"""What casework tells the queue: that a consignment was controlled."""

from uuid import UUID

from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.casework.models import Control
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.services import record_control


def item_of(pk: UUID | None) -> SelectedConsignment | None:
    """The queue item that a device named; None where this node holds none. Who sees it is asked when it is marked."""
    return None if pk is None else SelectedConsignment.objects.filter(pk=pk).first()


def mark_controlled(actor: Person, control: Control) -> str:
    """Mark the queue item of ``control`` as controlled; give why it was not, in words, else an empty text.

    A control that was made stands, whoever holds the queue item by now; so this refuses nothing.
    """
    seen = SelectedConsignment.objects.visible_to(actor)
    item = None if control.selection_id is None else seen.filter(pk=control.selection_id).first()
    if item is None:
        return _("The queue item is not there, or not yours to see.")
    try:
        record_control(actor, item)
    except Refused as refused:
        return refused.message
    except NotAllowed as refused:
        return str(refused)
    return ""
