"""One lane: takes what is due, sends it, writes down what was answered. Told nothing, it sends again: nothing is lost,
and at the other side nothing is done twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from tidewaiter.exchange.delivery import Answer, Waiting, halves, meaning, next_batch, retry_after
from tidewaiter.exchange.objects import Refused
from tidewaiter.exchange.objects.limits import BATCH_OBJECTS
from tidewaiter.exchange.releasability import Barrier
from tidewaiter.exchange.signing import sign_batch
from tidewaiter.node.logs import logger
from tidewaiter.node.partners.exchange.post import Answered, Line
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.partners.services import answers, lanes
from tidewaiter.node.partners.services.keys import ensure_own_key
from tidewaiter.node.partners.services.outbox import barrier_to

LOOK_AHEAD = 4 * BATCH_OBJECTS
_LOG = logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What one look at the lane did: how many objects were answered for, and how long to wait (None: until woken)."""

    answered: int
    pause: timedelta | None = None


class Lane:
    """The lane to one neighbour. One thread at a time walks it."""

    def __init__(self, administration: str) -> None:
        self.administration = administration
        self._line = Line()

    def step(self) -> Step:
        """Send one batch of what is due."""
        peer = Peer.objects.filter(pk=self.administration).prefetch_related("agreements__peer").first()
        now = timezone.now()
        if peer is None or not peer.is_active:
            self._line.close()
            return Step(0)
        if peer.next_at is not None and peer.next_at > now:
            return Step(0, peer.next_at - now)
        deliveries = list(Delivery.objects.in_lane(peer.pk).select_related("outbox")[:LOOK_AHEAD])
        batch = next_batch([_waiting(one) for one in deliveries], now)
        if not batch:
            return Step(0, _soonest(deliveries, now))
        by_id = {one.pk: one for one in deliveries}
        chosen = [one for waiting in batch if _may_go(one := by_id[waiting.sequence], peer)]
        return self._send(peer, chosen) if chosen else Step(len(batch), timedelta())

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _send(self, peer: Peer, deliveries: Sequence[Delivery]) -> Step:
        signed = sign_batch([one.outbox.plain for one in deliveries], ensure_own_key())
        left_at = timezone.now()
        answered = self._line.post(peer.inbox_url, signed.to_envelope(), ensure_own_key())
        answers.went(deliveries, left_at)
        wanted = meaning(answered.status, len(deliveries))
        if wanted is Answer.ACCEPTED:
            return self._accepted(peer, deliveries, answered)
        if wanted in (Answer.HALVE, Answer.SPLIT):
            return self._in_halves(peer, deliveries)
        if wanted is Answer.POISON:
            answers.set_aside(deliveries[0], f"http_{answered.status}", answers.title_of(answered.body))
            return Step(1, timedelta())
        if wanted is Answer.STOP:
            lanes.stop_by_itself(peer.pk, f"http_{answered.status}", answers.title_of(answered.body))
            return Step(0)
        return self._again_later(peer, deliveries, answered)

    def _accepted(self, peer: Peer, deliveries: Sequence[Delivery], answered: Answered) -> Step:
        try:
            answers.accepted(peer, deliveries, answered.body)
        except Refused as refused:
            _LOG.warning("answer_refused", peer=peer.pk, reason=refused.reason.value)
            return self._again_later(peer, deliveries, Answered(None, error=f"answer:{refused.reason.value}"))
        return Step(len(deliveries), timedelta())

    def _in_halves(self, peer: Peer, deliveries: Sequence[Delivery]) -> Step:
        """Both halves, one after the other, until the object is found that the neighbour does not take."""
        by_id = {one.pk: one for one in deliveries}
        done = 0
        for half in halves([_waiting(one) for one in deliveries]):
            step = self._send(peer, [by_id[waiting.sequence] for waiting in half])
            done += step.answered
            if step.pause != timedelta():
                return Step(done, step.pause)
        return Step(done, timedelta())

    def _again_later(self, peer: Peer, deliveries: Sequence[Delivery], answered: Answered) -> Step:
        asked = retry_after(answered.retry_after, timezone.now()) if answered.retry_after else None
        error = answered.error or f"http_{answered.status}"
        return Step(0, answers.failed(peer, deliveries, error, answers.title_of(answered.body), asked))


def _waiting(delivery: Delivery) -> Waiting:
    return Waiting(
        sequence=delivery.pk,
        object_id=delivery.object_id,
        size=delivery.outbox.size,
        set_aside=delivery.state == Delivery.State.SET_ASIDE,
        not_before=delivery.next_at,
    )


def _may_go(delivery: Delivery, peer: Peer) -> bool:
    """Ask once more: an agreement may have ended, the object expired or been taken back since it was written."""
    why = barrier_to(delivery.outbox, peer)
    if why is Barrier.RECALLED:
        answers.withdraw(delivery)
    elif why is not None:
        answers.set_aside(delivery, str(why), "")
    return why is None


def _soonest(deliveries: Sequence[Delivery], now: datetime) -> timedelta | None:
    later = [one.next_at for one in deliveries if one.next_at is not None and one.next_at > now]
    return min(later) - now if later else None
