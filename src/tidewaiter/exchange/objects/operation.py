"""A joint operation under one shared identifier, its focus lanes, and the tasks of offices in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.exchange.objects.exchanged import Exchanged, in_order
from tidewaiter.exchange.objects.identifiers import (
    AdministrationCode,
    Code,
    OperationId,
    Paragraph,
    Short,
    identity_of,
)
from tidewaiter.exchange.objects.parts import Count
from tidewaiter.exchange.objects.wire import Many, Text, Whole
from tidewaiter.exchange.refusal import Reason, Refused


class Phase(StrEnum):
    """How far an operation has come."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """What a participant does in it."""

    LEAD = "lead"
    PARTY = "party"
    OBSERVER = "observer"


@dataclass(frozen=True, kw_only=True)
class Participant:
    """An administration that takes part."""

    administration: AdministrationCode
    role: Role = Role.PARTY


@dataclass(frozen=True, kw_only=True)
class FocusLane:
    """Where an operation concentrates. ``profile`` is the rule that runs, in the profile language; the codes before it
    (regions, modes, categories, control points) say the same for plans and maps. ``courier`` is a flag, not a mode.
    """

    code: Code
    names: Mapping[str, Short]
    regions: Annotated[tuple[Code, ...], Many(30)] = ()
    modes: Annotated[tuple[TransportMode, ...], Many(10)] = ()
    courier: bool | None = None
    categories: Annotated[tuple[Code, ...], Many(40)] = ()
    control_points: Annotated[tuple[Code, ...], Many(100)] = ()
    profile: Annotated[str, Text(32_000)] | None = None


@dataclass(frozen=True, kw_only=True)
class Operation(Exchanged):
    """The plan that all participants share. Days are inclusive and, with ``cut_off``, in the zone of ``utc_offset``.

    ``capacity_percent`` is the share of each office's controls that is set aside for it.
    """

    kind: ClassVar[str] = "operation"
    stix_type: ClassVar[str] = "grouping"

    code: Code
    names: Mapping[str, Short]
    objective: Mapping[str, Paragraph]
    phase: Phase
    starts_on: date
    ends_on: date
    cut_off: Annotated[str, Text(5, r"^([01]\d|2[0-3]):[0-5]\d$")]
    utc_offset: Annotated[str, Text(6, r"^[+-](0\d|1[0-4]):[0-5]\d$")]
    participants: Annotated[tuple[Participant, ...], Many(250, least=1)]
    lanes: Annotated[tuple[FocusLane, ...], Many(20)] = ()
    capacity_percent: Annotated[int, Whole(0, 100)] = 0

    def __post_init__(self) -> None:
        """Refuse a plan that contradicts itself."""
        Exchanged.__post_init__(self)
        in_order(self.starts_on, self.ends_on, "ends_on")
        _once([one.administration for one in self.participants], "participants")
        _once([one.code for one in self.lanes], "lanes")

    def bound(self) -> dict[str, Any]:
        """The participants."""
        refs = [identity_of(one.administration) for one in self.participants]
        return {"context": "unspecified", "object_refs": refs}

    def shown(self) -> dict[str, Any]:
        """Name and objective in the object's language."""
        return {"name": _in(self.names, self.language), "description": _in(self.objective, self.language)}


@dataclass(frozen=True, kw_only=True)
class Tasking(Exchanged):
    """What one office does in an operation: lanes, controls a day, and by when it reports."""

    kind: ClassVar[str] = "tasking"
    stix_type: ClassVar[str] = "course-of-action"
    native: ClassVar[Mapping[str, str]] = {"title": "name", "instructions": "description"}

    operation: OperationId
    administration: AdministrationCode
    office: Code
    title: Short
    instructions: Paragraph
    starts_on: date
    ends_on: date
    lanes: Annotated[tuple[Code, ...], Many(20)] = ()
    controls_a_day: Count | None = None
    report_by: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a task that ends before it begins."""
        Exchanged.__post_init__(self)
        in_order(self.starts_on, self.ends_on, "ends_on")


def _once(codes: list[str], name: str) -> None:
    if len(set(codes)) != len(codes):
        raise Refused(Reason.CONTRADICTORY, "the same one stands there twice", name)


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()))
