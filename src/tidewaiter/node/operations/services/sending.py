"""What all deeds of an operation do at the end: send to those who take part, tell open pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import Exchanged
from tidewaiter.exchange.objects import Refused as NotAnObject
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.live.services import announce
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries.visible import TAKE_PART
from tidewaiter.node.partners.models import OutboxObject, Peer
from tidewaiter.node.partners.services import NotReleasable, publish

TOPIC = "operations"


def others(operation: Operation) -> list[str]:
    """The codes of the other administrations that take part."""
    return [one.administration for one in operation.parties.all() if one.administration != own()]


def send(operation: Operation, told: Exchanged, to: Iterable[str] | None = None) -> OutboxObject:
    """Put an object into the outbox for all others that take part, or for some of them.

    Raises Refused for an administration that is no neighbour of this node, and where an agreement stands in the way.
    """
    wanted = others(operation) if to is None else [code for code in to if code != own()]
    known = set(Peer.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    strange = sorted(set(wanted) - known)
    if strange:
        raise Refused(_("This node has no connection to: %(names)s.") % {"names": ", ".join(strange)})
    try:
        return publish(told, wanted)
    except NotReleasable as barred:
        words = _("Nothing was sent: %(peer)s may not have this (%(why)s). Look at the agreement with this neighbour.")
        raise Refused(words % {"peer": barred.peer, "why": barred.barrier}) from barred


def stated(make: type[Exchanged], **fields: object) -> Exchanged:
    """Make an object; what the vocabulary refuses is told to the person. Raises Refused."""
    try:
        return make(**fields)  # type: ignore[arg-type]
    except NotAnObject as wrong:
        raise Refused(str(wrong)) from wrong


def tell(operation: Operation) -> None:
    """Tell open pages and boards that something of the operation changed."""
    announce(TOPIC, operation, roles=[str(role) for role in TAKE_PART])
