"""What sign-in keeps: who tried, who must wait, and how often an account or an address may still try."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.node.accounts.models.people import Person
from tidewaiter.node.accounts.queries.sign_in import SignInAttemptQuerySet


class SignInAttempt(models.Model):
    """One attempt. What was typed as username is kept as a keyed digest only: people type passwords there."""

    class Outcome(models.TextChoices):
        """How it ended."""

        SIGNED_IN = "signed_in", _("Signed in")
        REFUSED = "refused", pgettext_lazy("answer", "Refused")
        PAUSED = "paused", _("Refused: paused after too many attempts")

    at = models.DateTimeField()
    account = models.CharField(max_length=64)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="sign_in_attempts")
    address = models.GenericIPAddressField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    objects = SignInAttemptQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["person", "-id"], name="accounts_attempts"),
            models.Index(fields=["at"], name="accounts_attempt_time"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.outcome}"


class SignInLock(models.Model):
    """Failures in a row with one account, known or not, and until when it must wait. The key is a digest of it."""

    account = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.account[:12]


class TokenBucket(models.Model):
    """A rate limit: ``tokens`` are left of those that were there at ``at``."""

    key = models.CharField(max_length=80, primary_key=True)
    tokens = models.FloatField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
