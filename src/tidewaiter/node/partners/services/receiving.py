"""Taking what a neighbour sends: on disk first, then object by object, each once in effect however often it comes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tidewaiter.exchange.objects import Reason, Receipt, Refused, canonical, from_stix
from tidewaiter.exchange.objects import ReceiptState as Rung
from tidewaiter.exchange.releasability import Arrival, Version, arrival
from tidewaiter.exchange.signing import SignedBatch, VerifiedRequest, verify_batch
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.logs import logger
from tidewaiter.node.partners import inbox, verbs
from tidewaiter.node.partners.models import InboxBatch, InboxObject, Peer, RecalledObject, SeenRequest
from tidewaiter.node.partners.queries.lanes import SEEN_BY
from tidewaiter.node.partners.services.keys import key_ring
from tidewaiter.node.partners.services.lanes import TOPIC
from tidewaiter.node.partners.services.receipts import at_once, send_receipt

MOST_TRIES = 20
"""How often an object is tried that could not be applied for a fault of ours."""
LEFT_BEHIND = timedelta(seconds=30)
"""A batch that is not applied after so long was left by a process that died."""
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_LOG = logger(__name__)


class Replayed(Exception):
    """A signed request came a second time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: its row, its objects in their order, and the receipts that answer them."""

    batch: InboxBatch
    rows: tuple[InboxObject, ...]
    receipts: tuple[dict[str, Any], ...]


def receive(peer: Peer, request: VerifiedRequest, content: bytes) -> Taken:
    """Keep the bytes, then apply them. Raises Replayed, and Refused for a batch that is refused as a whole.

    When the process dies after the first step, nobody was told that it was taken, and the sender comes again.
    """
    try:
        with transaction.atomic():
            SeenRequest.objects.create(replay_key=request.replay_key, until=request.remember_until)
            batch = InboxBatch.objects.create(
                peer=peer,
                content=content,
                digest=hashlib.sha256(content).hexdigest(),
                request_key_id=request.key_id,
            )
    except IntegrityError:
        raise Replayed from None
    return apply(batch)


def apply(batch: InboxBatch) -> Taken:
    """Apply a batch that is kept, in one transaction; doing it again has no further effect. Raises Refused."""
    try:
        with transaction.atomic():
            # One batch of a neighbour after the other: two that hold the same object cannot pass each other.
            peer = Peer.objects.select_for_update(no_key=True).get(pk=batch.peer_id)
            return _applied(batch, peer)
    except Refused as refused:
        _refuse(batch, refused)
        raise


def _applied(batch: InboxBatch, peer: Peer) -> Taken:
    signed = SignedBatch.from_envelope(bytes(batch.content))
    verified = verify_batch(signed, key_ring(peer.pk), batch.received_at)
    if verified.author != peer.identity:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "a neighbour sends its own objects alone", "author")
    batch.key_id, batch.sealed_at, batch.size = verified.key_id, verified.signed_at, len(signed.objects)
    rows = [_refused(batch, peer, one.plain, one.digest, one.refusal) for one in verified.refused]
    rows += [_take(batch, peer, one.plain, one.digest, one.proof.to_plain()) for one in verified.objects]
    batch.state, batch.applied_at = InboxBatch.State.APPLIED, timezone.now()
    batch.save(update_fields=["key_id", "sealed_at", "size", "state", "applied_at"])
    Peer.objects.filter(pk=peer.pk).update(heard_at=batch.applied_at)
    announce(TOPIC, peer, roles=SEEN_BY)
    return Taken(batch, tuple(rows), tuple(at_once(peer, rows)))


def _take(batch: InboxBatch, peer: Peer, plain: dict[str, Any], digest: str, proof: Mapping[str, Any]) -> InboxObject:
    known = InboxObject.objects.filter(peer=peer, object_id=plain.get("id"), digest=digest).first()
    if known is not None:
        return known
    try:
        told = from_stix(plain)
        incoming = Version(told.id, told.author, told.created, told.modified, digest)
        judged = arrival(incoming, _versions(told.id), sealed_by=peer.identity, recalled=_recalled(told.id))
        if inbox.handler_of(told.kind) is None:
            raise Refused(Reason.UNKNOWN_KIND, f"nobody takes objects of the kind {told.kind} here", told.id)
    except Refused as refused:
        return _refused(batch, peer, plain, digest, refused)
    row = _row(batch, peer, plain, digest, state=InboxObject.State.STORED)
    row.modified, row.kind, row.proof = told.modified, told.kind, dict(proof)
    row.save()
    return _hand_over(row, inbox.Arrived(peer, told, plain, row, judged))


def _hand_over(row: InboxObject, arrived: inbox.Arrived) -> InboxObject:
    """Give it to whoever takes its kind. What that refuses is refused; a fault of ours leaves it to be tried again."""
    handler = inbox.handler_of(arrived.told.kind)
    try:
        with transaction.atomic():
            if handler is not None:
                handler(arrived)
            row.state, row.reason, row.words = InboxObject.State.STORED, "", ""
    except Refused as refused:
        row.state, row.reason, row.words = InboxObject.State.REJECTED, refused.reason.value, str(refused)[:500]
    except Exception:  # noqa: BLE001 - whatever is wrong with one object must not hold up the others
        _LOG.exception("inbox_object_failed", object=row.object_id, kind=row.kind)
        row.attempts += 1
        row.state = InboxObject.State.PENDING if row.attempts < MOST_TRIES else InboxObject.State.SET_ASIDE
    row.save(update_fields=["state", "reason", "words", "attempts"])
    return row


def _refused(batch: InboxBatch, peer: Peer, plain: dict[str, Any], digest: str, why: Refused) -> InboxObject:
    row = _row(batch, peer, plain, digest, state=InboxObject.State.REJECTED)
    known = InboxObject.objects.filter(peer=peer, object_id=row.object_id, modified=row.modified, digest=digest).first()
    if known is not None:
        return known
    row.reason, row.words = why.reason.value, str(why)[:500]
    row.save()
    if why.reason is Reason.VERSION_CONFLICT:
        after = {"object": row.object_id, "digest": digest}
        record(None, verbs.CONFLICT, peer, after=after, office=settings.CONFIG.administration)
        announce(TOPIC, peer, roles=SEEN_BY)
    return row


def _row(batch: InboxBatch, peer: Peer, plain: dict[str, Any], digest: str, *, state: str) -> InboxObject:
    return InboxObject(
        batch=batch,
        peer=peer,
        object_id=str(plain.get("id"))[:120],
        modified=_moment(plain.get("modified")),
        created=str(plain.get("created"))[:40],
        content=canonical(plain).decode(),
        digest=digest,
        key_id=batch.key_id,
        state=state,
    )


def _moment(text: object) -> datetime:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else _NO_TIME
    except ValueError:
        return _NO_TIME
    return found if found.tzinfo else _NO_TIME


def _versions(object_id: str) -> list[Version]:
    rows = InboxObject.objects.filter(object_id=object_id).exclude(state=InboxObject.State.REJECTED)
    return [
        Version(row.object_id, row.peer.identity, _moment(row.created), row.modified, row.digest)
        for row in rows.select_related("peer")
    ]


def _recalled(object_id: str) -> frozenset[str]:
    return frozenset(RecalledObject.objects.filter(pk=object_id).values_list("pk", flat=True))


def _refuse(batch: InboxBatch, refused: Refused) -> None:
    with transaction.atomic():
        InboxBatch.objects.filter(pk=batch.pk).update(
            state=InboxBatch.State.REFUSED, reason=refused.reason.value, applied_at=timezone.now()
        )
        after = {"batch": str(batch.pk), "reason": refused.reason.value, "words": str(refused)[:200]}
        record(None, verbs.BATCH_REFUSED, batch.peer, after=after, office=settings.CONFIG.administration)
        announce(TOPIC, batch.peer, roles=SEEN_BY)


def finish_left_behind() -> int:
    """Apply batches that a process kept and then died; give how many. Their senders come again anyway."""
    late = InboxBatch.objects.filter(state=InboxBatch.State.RECEIVED, received_at__lt=timezone.now() - LEFT_BEHIND)
    count = 0
    for batch in late.order_by("received_at")[:50]:
        try:
            apply(batch)
        except Refused as refused:
            _LOG.warning("batch_refused", batch=str(batch.pk), reason=refused.reason.value)
        count += 1
    return count


def try_pending() -> int:
    """Apply objects once more that failed for a fault of ours, and tell their senders when it worked; give how many."""
    count = 0
    for found in InboxObject.objects.filter(state=InboxObject.State.PENDING).order_by("id")[:100]:
        with transaction.atomic():
            peer = Peer.objects.select_for_update(no_key=True).get(pk=found.peer_id)
            row = InboxObject.objects.get(pk=found.pk)
            plain: dict[str, Any] = json.loads(row.content)
            told = from_stix(plain)
            before = _versions(told.id)
            later = all(one.modified <= told.modified for one in before)
            _hand_over(row, inbox.Arrived(peer, told, plain, row, Arrival.LATER if later else Arrival.EARLIER))
            if row.state == InboxObject.State.STORED and not isinstance(told, Receipt):
                send_receipt(row, Rung.STORED)
                count += 1
    return count


def forget_requests() -> None:
    """Forget nonces that no request could use any more."""
    SeenRequest.objects.filter(until__lt=timezone.now()).delete()
