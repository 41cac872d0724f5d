"""What neighbours add to the frame of every page: whether both are connected, when the last receipt came."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.partners import policies
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.ui.frame import Alert, Contribution, Entry


def provide(request: HttpRequest) -> Contribution:
    """The line at the foot for everybody; the page and its alerts for who steers lanes."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return Contribution()
    peers = list(Peer.objects.all())
    lines = _lines(peers)
    if not policies.peers.may(person, "list"):
        return Contribution(lines=lines)
    entry = Entry(label=_("Neighbours"), url=reverse("partners:lanes"), icon="link", order=80, key="n")
    return Contribution(entries=(entry,), lines=lines, alerts=alerts_of(peers))


def is_connected(peer: Peer) -> bool:
    """Whether its lane is open and the last attempt did not fail."""
    return peer.is_active and peer.failures == 0


def _lines(peers: list[Peer]) -> tuple[str, ...]:
    if not peers:
        return ()
    away = [peer.name for peer in peers if not is_connected(peer)]
    if away:
        first = _("Neighbours: not connected to %(names)s") % {"names": ", ".join(away)}
    else:
        first = _("Neighbours: both connected") if len(peers) == 2 else _("Neighbours: all connected")
    last = max((peer.last_receipt_at for peer in peers if peer.last_receipt_at), default=None)
    if last is None:
        return (first, _("No receipt yet"))
    local, today = timezone.localtime(last), timezone.localdate()
    words = f"{local:%H:%M:%S}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
    return (first, _("Last receipt %(time)s") % {"time": words})


def alerts_of(peers: list[Peer]) -> tuple[Alert, ...]:
    """What somebody must look at: lanes that stopped by themselves or do not get through, objects set aside."""
    url = reverse("partners:lanes")
    found = [
        Alert(
            text=_("The exchange with %(name)s stopped by itself.") % {"name": peer.name},
            url=url,
            at=peer.state_at,
            level="bad",
        )
        for peer in peers
        if not peer.is_active and peer.stopped_by_id is None
    ]
    found += [
        Alert(
            text=_("%(name)s cannot be reached.") % {"name": peer.name},
            url=url,
            at=peer.last_error_at or peer.state_at,
            level="warn",
        )
        for peer in peers
        if peer.is_active and peer.failures >= 3
    ]
    aside = Delivery.objects.filter(state=Delivery.State.SET_ASIDE).order_by("-queued_at").first()
    if aside is not None:
        found.append(Alert(text=_("Objects were set aside and not sent."), url=url, at=aside.queued_at, level="bad"))
    return tuple(found)
