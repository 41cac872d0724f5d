"""Writing down what a neighbour answered, in one transaction with all that follows from it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tidewaiter.exchange.delivery import Rung, pause, sent
from tidewaiter.exchange.objects import Reason, Receipt, Refused, canonical, read_as, strict_json
from tidewaiter.exchange.signing import SignedBatch, verify_batch
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.partners import verbs
from tidewaiter.node.partners.collections import RECEIPTS
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.partners.queries.lanes import SEEN_BY
from tidewaiter.node.partners.services.keys import key_ring
from tidewaiter.node.partners.services.lanes import TOPIC
from tidewaiter.node.partners.services.receipts import came


def went(deliveries: Sequence[Delivery], at: datetime) -> None:
    """Count a request that left at that moment. Written after it, so that nothing waits for a disk before it leaves;
    one in which the process died is not counted, and goes again.
    """
    keys = [one.pk for one in deliveries]
    first = Coalesce("first_sent_at", Value(at, DateTimeField()))
    Delivery.objects.filter(pk__in=keys).update(attempts=F("attempts") + 1, first_sent_at=first)


@transaction.atomic
def accepted(peer: Peer, deliveries: Sequence[Delivery], body: bytes) -> None:
    """The neighbour took the batch: its receipts tell what became of each object. Raises Refused for a bad answer.

    A server that gives no receipts leaves its objects at "sent". One that gives receipts, but none for an object, has
    not understood it: that object is set aside.
    """
    sealed = strict_json.read(body).get(RECEIPTS)
    for one in _locked(deliveries):
        one.rung = sent(Rung(one.rung)).value
        if one.state == Delivery.State.WAITING:
            one.state, one.next_at = Delivery.State.SENT, None
        one.save(update_fields=["rung", "state", "next_at"])
    if isinstance(sealed, dict):
        _take(peer, sealed)
        for one in _locked(deliveries):
            if one.state == Delivery.State.SENT:
                set_aside(one, "no_receipt", "")
    Peer.objects.filter(pk=peer.pk).update(
        failures=0, next_at=None, answered_at=timezone.now(), last_error="", last_error_detail=""
    )
    announce(TOPIC, peer, roles=SEEN_BY)


def _take(peer: Peer, sealed: dict[str, Any]) -> None:
    verified = verify_batch(SignedBatch.from_envelope(canonical(sealed)), key_ring(peer.pk))
    if verified.author != peer.identity or verified.refused:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the receipts are not the neighbour's own")
    for one in verified.objects:
        came(peer, read_as(Receipt, one.plain), canonical(one.plain).decode(), one.proof.to_plain())


@transaction.atomic
def failed(peer: Peer, deliveries: Sequence[Delivery], error: str, detail: str, asked: timedelta | None) -> timedelta:
    """The neighbour could not be reached or asked to wait: the whole lane waits. Gives for how long."""
    now = timezone.now()
    peer = Peer.objects.select_for_update(no_key=True).get(pk=peer.pk)
    peer.failures += 1
    wait = pause(peer.failures, peer.pk, seed=int(peer.created_at.timestamp()), asked=asked)
    peer.next_at, peer.last_error, peer.last_error_at = now + wait, error[:40], now
    peer.last_error_detail = detail[:200]
    peer.save(update_fields=["failures", "next_at", "last_error", "last_error_detail", "last_error_at"])
    if peer.failures == 1:
        announce(TOPIC, peer, roles=SEEN_BY)
    return wait


@transaction.atomic
def set_aside(delivery: Delivery, error: str, detail: str) -> None:
    """Take one object out of the way, visibly, and raise the alarm; the lane goes on."""
    found = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if found.state not in (Delivery.State.WAITING, Delivery.State.SENT):
        return
    found.state, found.last_error, found.last_error_detail = Delivery.State.SET_ASIDE, error[:40], detail[:300]
    found.save(update_fields=["state", "last_error", "last_error_detail"])
    after = {"peer": found.peer_id, "error": error, "detail": detail[:300]}
    record(None, verbs.SET_ASIDE, found, after=after, office=settings.CONFIG.administration)
    announce(TOPIC, found.peer, roles=SEEN_BY)


@transaction.atomic
def withdraw(delivery: Delivery) -> None:
    """What was recalled before it left never leaves; nobody has to look."""
    found = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    if found.state in (Delivery.State.WAITING, Delivery.State.SET_ASIDE):
        found.state, found.settled_at = Delivery.State.WITHDRAWN, timezone.now()
        found.save(update_fields=["state", "settled_at"])


def title_of(body: bytes) -> str:
    """What a TAXII error says in its title; empty where it says nothing that can be read."""
    try:
        title = strict_json.read(body, 64 * 1024).get("title")
    except Refused:
        return ""
    return title[:200] if isinstance(title, str) and title.isprintable() else ""


def _locked(deliveries: Sequence[Delivery]) -> list[Delivery]:
    keys = [one.pk for one in deliveries]
    return list(Delivery.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("id"))
