"""Runs: what was read, with what, and how far it is."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting.queries.runs import RunFileQuerySet, RunQuerySet


def index_of(run_id: uuid.UUID) -> Path:
    """Where the index of the references of that run's result lies."""
    lake: Path = settings.CONFIG.lake
    return lake / "reference_index" / str(run_id)


class ScreeningRun(models.Model):
    """One run over some files. Its result lies in the lake under its id; the row says how it went.

    ``counts`` are those of `run.json`; ``criteria`` names for each kind the version and digest that was used;
    ``attempt`` counts how often the work was begun: a job that was killed begins again.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued", _("Waiting for a worker")
        RUNNING = "running", _("Running")
        DONE = "done", _("Finished")
        FAILED = "failed", _("Failed")

    class Origin(models.TextChoices):
        """Where the files came from."""

        UPLOAD = "upload", _("Uploaded")
        FOLDER = "folder", _("Watched folder")
        MENDED = "mended", _("Mended rejects")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.UPLOAD)
    mends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="mended_by")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    stage = models.CharField(max_length=20, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    attempt = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    mapping = models.CharField(max_length=100, blank=True)
    capacity = models.PositiveIntegerField(default=20)
    share = models.DecimalField(max_digits=5, decimal_places=4, default="0.1")
    seed = models.BigIntegerField(default=1)
    criteria = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    rejected_by_reason = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    alarms = models.JSONField(default=list)
    in_queue = models.PositiveIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0)
    synthetic = models.BooleanField(default=False)
    selection_digest = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=["office", "-created_at"], name="targeting_runs"),)

    def __str__(self) -> str:
        return self.number

    @property
    def folder(self) -> Path:
        """Where the files of the run lie."""
        files: Path = settings.CONFIG.files
        return files / "runs" / str(self.id)

    @property
    def result(self) -> Path:
        """Where the result lies, once the run is done."""
        lake: Path = settings.CONFIG.lake
        return lake / "runs" / str(self.id)

    @property
    def index(self) -> Path:
        """Where the index of the result's references lies."""
        return index_of(self.id)

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        """How far the present stage is, 0 to 100."""
        return 100 if self.state == self.State.DONE else min(100, self.done * 100 // self.total) if self.total else 0


class RunFile(models.Model):
    """One file of a run, as it came. ``name`` is what the sender called it; ``stored`` is our own name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ScreeningRun, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=220)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = RunFileQuerySet.as_manager()

    class Meta:
        ordering = ("stored",)
        constraints = (models.UniqueConstraint(fields=["run", "stored"], name="targeting_run_file"),)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.run.folder / "in" / self.stored
