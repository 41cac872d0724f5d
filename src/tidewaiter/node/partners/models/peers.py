"""Neighbours: where they are reached, whose signature is theirs, what was agreed with them."""

import uuid
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tidewaiter.exchange.objects import identity_of
from tidewaiter.exchange.releasability import Agreement
from tidewaiter.exchange.signing import PublicKey
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.models.offices import TAGS
from tidewaiter.node.partners.collections import inbox_of
from tidewaiter.node.partners.queries.lanes import PeerQuerySet
from tidewaiter.refdata import offices as refdata


class Peer(models.Model):
    """A neighbouring administration, by its code. ``root_url`` is the TAXII API root of its node.

    The lane to it keeps its own account: failures in a row and until when it waits, what went wrong last, when it last
    answered and when it last gave a receipt. ``stopped_by`` is empty where the lane stopped by itself.
    """

    class State(models.TextChoices):
        """Whether anything goes to it or is taken from it."""

        ACTIVE = "active", _("Active")
        STOPPED = "stopped", _("Stopped")

    administration = models.CharField(max_length=32, primary_key=True)
    names = models.JSONField(default=dict, blank=True)
    root_url = models.URLField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    state_at = models.DateTimeField(default=timezone.now)
    stop_reason = models.CharField(max_length=500, blank=True)
    stopped_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    failures = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    last_error_detail = models.CharField(max_length=200, blank=True)
    last_error_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    last_receipt_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    """When it last sent something that was taken."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PeerQuerySet.as_manager()

    class Meta:
        ordering = ("administration",)

    def __str__(self) -> str:
        return self.administration

    @property
    def identity(self) -> str:
        """Its identifier in exchanged objects."""
        return identity_of(self.administration)

    @property
    def short(self) -> str:
        """The last part of its code, for number series: GD, HK, MO."""
        return short_code(self.administration)

    @property
    def name(self) -> str:
        """Its name in the language of the page; the code where nobody has named it."""
        known = refdata.find(self.administration)
        names = known.names if known else self.names
        tag = TAGS.get(get_language() or "en", "en")
        return str(names.get(tag) or names.get("en") or self.administration)

    @property
    def is_active(self) -> bool:
        """Whether anything goes to it or is taken from it."""
        return self.state == self.State.ACTIVE

    @property
    def inbox_url(self) -> str:
        """Where it takes objects from us."""
        inbox = inbox_of(self.administration, str(settings.CONFIG.administration))
        return urljoin(self.root_url, f"collections/{inbox}/objects/")

    def agreement_at(self, moment: datetime, kind: str, purpose: str) -> Agreement | None:
        """The agreement under which a kind may go to it for a purpose; else any in force, else None."""
        held = [one.plain() for one in self.agreements.all()]
        live = [one for one in held if one.in_force(moment.date())]
        fitting = [one for one in live if kind in one.kinds and purpose in one.purposes]
        return next(iter([*fitting, *live]), None)


def short_code(administration: str) -> str:
    """The last part of an administration's code: CN-GD is GD."""
    return administration.rsplit("-", 1)[-1]


class PeerKey(models.Model):
    """A public key of a neighbour and when it is valid. Several while keys are rotated; revoked, never deleted."""

    key_id = models.CharField(max_length=64, primary_key=True)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="keys")
    jwk = models.JSONField()
    not_before = models.DateTimeField(null=True, blank=True)
    not_after = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.key_id

    def public(self) -> PublicKey:
        """The key as the signatures need it."""
        validity = {"not_before": self.not_before, "not_after": self.not_after, "revoked_at": self.revoked_at}
        return PublicKey.from_jwk(self.jwk, self.peer.identity, **validity)


class PeerAgreement(models.Model):
    """What was agreed with a neighbour: legal basis, kinds, purposes, personal data, passing on, validity."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="agreements")
    legal_basis = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    purposes = models.JSONField(default=list)
    nominal = models.BooleanField(default=False)
    onward = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    """Whether the administration's lawyers have confirmed it; shown, because unsure law is marked."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("peer", "valid_from", "id")

    def __str__(self) -> str:
        return self.legal_basis

    def plain(self) -> Agreement:
        """The agreement as the rules of releasability read it."""
        return Agreement(
            id=str(self.pk),
            parties=frozenset({identity_of(str(settings.CONFIG.administration)), self.peer.identity}),
            legal_basis=self.legal_basis,
            kinds=frozenset(self.kinds),
            purposes=frozenset(self.purposes),
            valid_from=self.valid_from,
            until=self.valid_until,
            nominal=self.nominal,
            onward=self.onward,
        )
