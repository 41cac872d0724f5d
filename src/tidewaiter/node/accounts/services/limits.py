"""Rate limits as rows, so that all processes share them: a bucket fills slowly and each try takes one token."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tidewaiter.node.accounts.models import TokenBucket


@dataclass(frozen=True, slots=True)
class Limit:
    """``capacity`` tries at once, then one every ``seconds``."""

    name: str
    capacity: int
    seconds: float

    @property
    def full_again(self) -> timedelta:
        """How long an empty bucket takes to fill; an older row says nothing any longer."""
        return timedelta(seconds=self.capacity * self.seconds)


SIGN_IN_BY_ACCOUNT = Limit("account", capacity=10, seconds=60)
SIGN_IN_BY_ADDRESS = Limit("address", capacity=60, seconds=5)
"""An office stands behind one address, so that this one is wide."""


@transaction.atomic
def take(limit: Limit, whose: str, now: datetime | None = None) -> bool:
    """Take one token of ``whose`` bucket; False where it is empty, and nothing is taken."""
    now = now or timezone.now()
    key = f"{limit.name}:{whose}"
    TokenBucket.objects.get_or_create(key=key, defaults={"tokens": float(limit.capacity), "at": now})
    bucket = TokenBucket.objects.select_for_update(no_key=True).get(key=key)
    passed = max(0.0, (now - bucket.at).total_seconds())
    tokens = min(float(limit.capacity), bucket.tokens + passed / limit.seconds)
    allowed = tokens >= 1.0
    bucket.tokens, bucket.at = tokens - 1.0 if allowed else tokens, now
    bucket.save(update_fields=["tokens", "at"])
    return allowed


def forget_full(now: datetime | None = None) -> int:
    """Delete the buckets that are full again and give how many."""
    oldest = (now or timezone.now()) - max(SIGN_IN_BY_ACCOUNT.full_again, SIGN_IN_BY_ADDRESS.full_again)
    return TokenBucket.objects.filter(at__lt=oldest).delete()[0]
