"""Tips: one row is one object for one pair of administrations, ours to a neighbour or a neighbour's to us."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.domain.machines import TIP
from tidewaiter.exchange.objects import new_id
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.intelligence.queries.tips import TipQuerySet
from tidewaiter.node.partners.models import InboxObject, Peer


class Tip(models.Model):
    """One tip. ``id`` is that of the object on both sides; ``number`` is of the series of the pair: GD-HK-0931.

    ``office`` decides who sees it: the author's for one of ours, the desk that it concerns for a neighbour's. ``group``
    holds together what one draft became for several neighbours, each an object of its own, and never leaves the node.
    ``level`` counts the steps that it has climbed unacknowledged; ``climbs_at`` is when it climbs next.
    """

    class Direction(models.TextChoices):
        """Whose tip it is."""

        OUT = "out", _("Sent")
        IN = "in", _("Received")

    class State(models.TextChoices):
        """As in `domain.machines.TIP`."""

        DRAFTED = "drafted", _("Draft")
        SENT = "sent", _("Sent")
        DELIVERED = "delivered", _("Delivered")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ACTED_ON = "acted_on", _("Acted on")
        ANSWERED = "answered", _("Answered")
        EXPIRED = "expired", _("Expired")
        RECALLED = "recalled", _("Recalled")
        REFUSED = "refused", _("Refused")

    class Asked(models.TextChoices):
        """What the sender asks for."""

        CONTROL = "control", _("Control it")
        OBSERVE = "observe", _("Watch it, do not stop it")
        CONTACT_FIRST = "contact_first", _("Contact us before you act")
        INFORM = "inform", _("Nothing: for information")

    class Tlp(models.TextChoices):
        """The labels of TLP 2.0; never translated."""

        RED = "red", "TLP:RED"
        AMBER_STRICT = "amber+strict", "TLP:AMBER+STRICT"
        AMBER = "amber", "TLP:AMBER"
        GREEN = "green", "TLP:GREEN"
        CLEAR = "clear", "TLP:CLEAR"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    peer = models.ForeignKey(Peer, on_delete=models.PROTECT, related_name="tips")
    number = models.CharField(max_length=40)
    group = models.UUIDField(default=uuid.uuid4, db_index=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFTED)
    state_at = models.DateTimeField(default=timezone.now)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tips")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="tips_written")
    source = models.ForeignKey(InboxObject, null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12, default="en")
    title = models.CharField(max_length=200)
    what = models.TextField(blank=True)
    where_office = models.CharField(max_length=64, blank=True)
    where_words = models.CharField(max_length=200, blank=True)
    references = models.JSONField(default=list)
    mode = models.SmallIntegerField(null=True)
    categories = models.JSONField(default=list)
    brands = models.JSONField(default=list)
    expected_from = models.DateTimeField(null=True)
    expected_until = models.DateTimeField(null=True)
    asked = models.CharField(max_length=16, choices=Asked.choices, default=Asked.CONTROL)
    answer_by = models.DateTimeField(null=True)
    tlp = models.CharField(max_length=16, choices=Tlp.choices, default=Tlp.AMBER)
    caveats = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    certainty = models.PositiveSmallIntegerField(null=True)
    nominal = models.BooleanField(default=False)
    operation = models.CharField(max_length=60, blank=True)
    queue_item = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    modified = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    result_words = models.CharField(max_length=2000, blank=True)
    duty_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(default=0)
    climbs_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=20, blank=True)
    synthetic = models.BooleanField(default=False)

    objects = TipQuerySet.as_manager()

    class Meta:
        ordering = ("-state_at", "id")
        indexes = (
            models.Index(fields=["office", "direction", "state"], name="intelligence_tips"),
            models.Index(
                fields=["climbs_at"], name="intelligence_climbing", condition=models.Q(climbs_at__isnull=False)
            ),
            models.Index(fields=["state", "expires_at"], name="intelligence_expiring"),
        )
        constraints = (
            models.UniqueConstraint(fields=["direction", "peer", "number"], name="intelligence_number_once"),
        )

    def __str__(self) -> str:
        return self.number

    def audit_label(self) -> str:
        """Its number: never what it says."""
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("intelligence:tip", args=[self.pk])

    @property
    def object_id(self) -> str:
        """Its identifier as an exchanged object."""
        return new_id("indicator", self.pk)

    @property
    def is_ours(self) -> bool:
        """Whether we sent it, or will."""
        return self.direction == self.Direction.OUT

    @property
    def sender(self) -> str:
        """The code of the administration that sends it."""
        return str(settings.CONFIG.administration) if self.is_ours else str(self.peer_id)

    @property
    def receiver(self) -> str:
        """The code of the administration that gets it."""
        return str(self.peer_id) if self.is_ours else str(settings.CONFIG.administration)

    @property
    def is_withheld(self) -> bool:
        """Whether its sender took it back, so that what it said is not shown any more."""
        return not self.is_ours and self.state == self.State.RECALLED

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state in TIP.final or self.state in {self.State.ANSWERED, self.State.EXPIRED}


class TipEvent(models.Model):
    """One thing that happened to a tip, as its page tells it. ``actor`` is empty where no person here did it."""

    class Kind(models.TextChoices):
        """What happened."""

        DRAFTED = "drafted", _("Drafted")
        SENT = "sent", _("Sent")
        ARRIVED = "arrived", _("Arrived")
        DELIVERED = "delivered", _("Delivered")
        REFUSED = "refused", _("Refused")
        CLIMBED = "climbed", _("Unacknowledged: it climbed")
        SENDER_TOLD = "sender_told", _("The sender was told that nobody has acknowledged it")
        UNACKNOWLEDGED = "unacknowledged", _("The receiver says that nobody has acknowledged it yet")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        PASSED = "passed", _("Passed on")
        ACTED_ON = "acted_on", _("Acted on")
        ANSWERED = "answered", _("Answered")
        EXPIRED = "expired", _("Expired")
        RECALLED = "recalled", _("Recalled")
        RECALL_FOLLOWED = "recall_followed", _("The receiver has taken it out of use")

    id = models.BigAutoField(primary_key=True)
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    actor = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    target = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} {self.tip_id}"


class TipNumber(models.Model):
    """The last number of our series to one neighbour. The lock on its row makes numbers unique."""

    peer = models.OneToOneField(Peer, primary_key=True, on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.peer_id} {self.last}"
