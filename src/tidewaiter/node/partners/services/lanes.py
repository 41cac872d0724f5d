"""Stopping and resuming a lane, sending again what was set aside."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.partners import policies, verbs, wake
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.partners.queries.lanes import SEEN_BY

TOPIC = "partners"


@transaction.atomic
def stop(actor: Person, peer: Peer, *, reason: str) -> Peer:
    """Send nothing to a neighbour and take nothing from it until resumed. What waits is kept.

    Raises NotAllowed, and Refused without a reason.
    """
    policies.peers.require(actor, "stop", peer)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    if peer.is_active:
        _change(peer, Peer.State.STOPPED, reason.strip(), actor)
        record(actor, verbs.LANE_STOPPED, peer, reason=reason.strip(), office=settings.CONFIG.administration)
    return peer


@transaction.atomic
def stop_by_itself(administration: str, error: str, detail: str) -> None:
    """Stop a lane because trying again would change nothing, and raise the alarm."""
    peer = Peer.objects.select_for_update(no_key=True).get(pk=administration)
    if not peer.is_active:
        return
    peer.last_error, peer.last_error_detail, peer.last_error_at = error, detail[:200], timezone.now()
    peer.save(update_fields=["last_error", "last_error_detail", "last_error_at"])
    _change(peer, Peer.State.STOPPED, "", None)
    after = {"error": error, "detail": detail[:200]}
    record(None, verbs.LANE_STOPPED_ITSELF, peer, after=after, office=settings.CONFIG.administration)


@transaction.atomic
def resume(actor: Person, peer: Peer, *, reason: str) -> Peer:
    """Go on with a stopped lane. Raises NotAllowed, and Refused without a reason."""
    policies.peers.require(actor, "resume", peer)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    if not peer.is_active:
        peer.failures, peer.next_at = 0, None
        peer.save(update_fields=["failures", "next_at"])
        _change(peer, Peer.State.ACTIVE, "", None)
        record(actor, verbs.LANE_RESUMED, peer, reason=reason.strip(), office=settings.CONFIG.administration)
        wake.exchange()
    return peer


@transaction.atomic
def send_again(actor: Person, delivery: Delivery) -> Delivery:
    """Put what was set aside back into its lane. Raises NotAllowed."""
    policies.peers.require(actor, "send_again", delivery)
    found = Delivery.objects.select_for_update(no_key=True).select_related("outbox").get(pk=delivery.pk)
    if found.state == Delivery.State.SET_ASIDE:
        found.state, found.next_at, found.last_error, found.last_error_detail = Delivery.State.WAITING, None, "", ""
        found.save(update_fields=["state", "next_at", "last_error", "last_error_detail"])
        record(actor, verbs.SENT_AGAIN, found, after={"peer": found.peer_id}, office=settings.CONFIG.administration)
        wake.exchange()
    return found


@transaction.atomic
def withdraw(actor: Person, delivery: Delivery, *, reason: str) -> Delivery:
    """Give up sending what was set aside: it never goes. Raises NotAllowed, and Refused without a reason."""
    policies.peers.require(actor, "withdraw", delivery)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    found = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if found.state == Delivery.State.SET_ASIDE:
        found.state, found.settled_at = Delivery.State.WITHDRAWN, timezone.now()
        found.save(update_fields=["state", "settled_at"])
        record(actor, verbs.WITHDRAWN, found, reason=reason.strip(), office=settings.CONFIG.administration)
        announce(TOPIC, found.peer, roles=SEEN_BY)
    return found


def _change(peer: Peer, state: str, reason: str, actor: Person | None) -> None:
    peer.state, peer.state_at, peer.stop_reason, peer.stopped_by = state, timezone.now(), reason, actor
    peer.save(update_fields=["state", "state_at", "stop_reason", "stopped_by"])
    announce(TOPIC, peer, roles=SEEN_BY)
