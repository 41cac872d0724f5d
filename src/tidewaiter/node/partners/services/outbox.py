"""Putting objects into the outbox, in the transaction of the deed that they tell of."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tidewaiter.exchange.objects import Exchanged, canonical, from_stix, identity_of, to_stix
from tidewaiter.exchange.releasability import Barrier, Release, barrier
from tidewaiter.node.audit.services import NoTransaction
from tidewaiter.node.partners import wake
from tidewaiter.node.partners.models import Delivery, OutboxObject, Peer
from tidewaiter.node.partners.services.peers import PURPOSE


class NotReleasable(Exception):
    """An object may not go to a neighbour. ``peer`` is its code, ``barrier`` says what stands in the way."""

    def __init__(self, peer: str, why: Barrier) -> None:
        super().__init__(f"{peer}: {why}")
        self.peer = peer
        self.barrier = why


def publish(
    told: Exchanged,
    to: Iterable[str],
    *,
    purpose: str = PURPOSE,
    nominal: bool = False,
) -> OutboxObject:
    """Write ``told`` into the outbox with a delivery to each neighbour of ``to`` (codes), and give it.

    Call it inside the transaction of the deed. ``nominal`` says that personal data are in it. Raises NotReleasable for
    the first neighbour that may not have it, NoTransaction, and the vocabulary's Refused.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction("publish() must be called inside transaction.atomic(), with the deed")
    plain = to_stix(told)
    wanted = set(to)
    peers = list(Peer.objects.filter(pk__in=wanted).prefetch_related("agreements__peer"))
    if strangers := wanted - {peer.pk for peer in peers}:
        raise NotReleasable(min(strangers), Barrier.NO_AGREEMENT)
    content = canonical(plain)
    made = OutboxObject(
        object_id=told.id,
        modified=told.modified,
        kind=told.kind,
        content=content.decode(),
        digest=hashlib.sha256(content).hexdigest(),
        releasable_to=sorted(peer.pk for peer in peers),
        purpose=purpose,
        nominal=nominal,
    )
    for peer in peers:
        if (why := barrier_to(made, peer, told)) is not None:
            raise NotReleasable(peer.pk, why)
    made.save(force_insert=True)
    queued = timezone.now()
    Delivery.objects.bulk_create(
        Delivery(outbox=made, peer=peer, object_id=told.id, queued_at=queued) for peer in peers
    )
    wake.exchange()
    return made


def barrier_to(held: OutboxObject, peer: Peer, told: Exchanged | None = None) -> Barrier | None:
    """What stands in the way of sending ``held`` to ``peer`` now; None when it may go. Asked again before sending."""
    now = timezone.localtime()  # agreements count days as they are here
    told = told or from_stix(held.plain)
    release = Release(
        kind=held.kind,
        owner=told.author,
        handling=told.handling,
        sender=identity_of(str(settings.CONFIG.administration)),
        peer=peer.identity,
        releasable_to=frozenset(identity_of(code) for code in held.releasable_to),
        purpose=held.purpose,
        agreement=peer.agreement_at(now, held.kind, held.purpose),
        nominal=held.nominal,
        recalled=held.recalled_at is not None,
    )
    return barrier(release, now)


def recall(object_ids: Iterable[str]) -> None:
    """Mark our own objects as taken back: what still waits in a lane is not sent any more."""
    OutboxObject.objects.filter(object_id__in=set(object_ids), recalled_at=None).update(recalled_at=timezone.now())
