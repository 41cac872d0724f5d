"""Between our records and the objects that nodes exchange: the plan, figures, controls."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from tidewaiter.consolidation import Figure, Finality, Key, Measure
from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.exchange import objects as wire
from tidewaiter.node.casework.queries.figures import Counted
from tidewaiter.node.operations.models import FocusLane, Operation, OperationParty

SHARED = {
    Measure.CASES: wire.Measure.CASES,
    Measure.SEIZURES: wire.Measure.SEIZURES,
    Measure.ITEMS: wire.Measure.ITEMS,
    Measure.VALUE: wire.Measure.VALUE,
    Measure.ARRESTS: wire.Measure.ARRESTS,
}
"""Measures of figures that are exchanged as figures; inspections and finds travel as counts of controls."""

RANDOM = "random"
"""Where counts of controls say which lane: this one is of the controls that chance alone chose."""

_PHASES = {
    "planned": wire.Phase.PLANNED,
    "agreed": wire.Phase.PLANNED,
    "running": wire.Phase.RUNNING,
    "closing": wire.Phase.CLOSED,
    "closed": wire.Phase.CLOSED,
    "cancelled": wire.Phase.CANCELLED,
}


def own() -> str:
    """The code of this node's administration."""
    return str(settings.CONFIG.administration)


def later(than: datetime | None = None) -> datetime:
    """This moment to the millisecond; one that is later than the version before, whatever the clock says."""
    present = wire.now()
    return present if than is None or present > than else than + timedelta(milliseconds=1)


def handling(operation: Operation) -> wire.Handling:
    """How objects of the operation are handled."""
    return wire.Handling(tlp=wire.Tlp(operation.tlp))


def head(operation: Operation, modified: datetime, created: datetime | None = None) -> dict[str, Any]:
    """What every object that this node makes for an operation has."""
    return {
        "author": wire.identity_of(own()),
        "created": created or modified,
        "modified": modified,
        "handling": handling(operation),
    }


def plan(operation: Operation, parties: Iterable[OperationParty], lanes: Iterable[FocusLane]) -> wire.Operation:
    """The plan as it is exchanged. Raises the vocabulary's Refused where it contradicts itself."""
    return wire.Operation(
        id=operation.object_id,
        author=wire.identity_of(operation.lead),
        created=operation.created,
        modified=operation.modified,
        handling=handling(operation),
        code=operation.code,
        names=operation.names,
        objective=operation.objective,
        phase=_PHASES[operation.state],
        starts_on=operation.starts_on,
        ends_on=operation.ends_on,
        cut_off=operation.cut_off.strftime("%H:%M"),
        utc_offset=operation.utc_offset,
        participants=tuple(
            wire.Participant(administration=one.administration, role=wire.Role(one.role)) for one in parties
        ),
        lanes=tuple(_lane(lane) for lane in lanes),
        capacity_percent=operation.capacity_percent,
    )


def _lane(lane: FocusLane) -> wire.FocusLane:
    return wire.FocusLane(
        code=lane.code,
        names=lane.names,
        regions=tuple(lane.regions),
        modes=tuple(TransportMode(mode) for mode in lane.modes),
        courier=lane.courier,
        categories=tuple(lane.categories),
        control_points=tuple(lane.control_points),
        profile=lane.profile,
    )


_NOT_THE_PLAN = ("modified", "phase")


def plan_digest(told: wire.Operation) -> str:
    """The digest of what is agreed to: all of the plan but the version's time and how far the operation has come."""
    plain = wire.to_stix(told)
    return wire.digest(_without(plain, _NOT_THE_PLAN))


def _without(value: Any, names: Iterable[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(held, names) for name, held in value.items() if name not in names}
    return [_without(held, names) for held in value] if isinstance(value, list) else value


def figures_out(counted: Iterable[Counted], day: date) -> tuple[wire.Figure, ...]:
    """Figures as they are exchanged. ``day`` is that on which values are stated; their methods stand on the records."""
    return tuple(_figure_out(one, day) for one in counted if one.figure.key.measure in SHARED)


def _figure_out(one: Counted, day: date) -> wire.Figure:
    key = one.figure.key
    is_value = key.measure is Measure.VALUE
    return wire.Figure(
        measure=SHARED[key.measure],
        amount=one.figure.amount,
        status=status(key.finality),
        unit=key.unit or None,
        currency=key.currency or None,
        basis=wire.Basis(key.basis) if key.basis else None,
        valued_on=day if is_value else None,
        method="as recorded on each seizure line" if is_value else None,
        stage=wire.Stage(key.stage) if key.stage else None,
        records=one.records,
    )


def status(finality: Finality) -> wire.Status:
    """Finality in the words of the exchange."""
    return wire.Status.CONFIRMED if finality is Finality.FINAL else wire.Status.PROVISIONAL


def plain_figures(figures: Iterable[wire.Figure]) -> list[dict[str, Any]]:
    """Exchanged figures as they are kept."""
    return [
        {
            "measure": one.measure.value,
            "amount": format(one.amount, "f"),
            "status": one.status.value,
            "unit": one.unit or "",
            "currency": one.currency or "",
            "basis": one.basis.value if one.basis else "",
            "stage": one.stage.value if one.stage else "",
            "records": one.records,
        }
        for one in figures
    ]


def plain_controls(controls: Iterable[wire.Controls]) -> list[dict[str, Any]]:
    """Exchanged counts of controls as they are kept."""
    return [
        {
            "inspections": one.inspections,
            "finds": one.finds,
            "no_finds": one.no_finds,
            "not_inspectable": one.not_inspectable,
            "lane": one.lane or "",
            "day": one.day.isoformat() if one.day else "",
            "office": one.office or "",
        }
        for one in controls
    ]


def figures_in(
    party: str, figures: Iterable[Mapping[str, Any]], controls: Iterable[Mapping[str, Any]], as_of: date
) -> tuple[Counted, ...]:
    """Kept figures and controls of an administration as figures that can be added; measures of other kinds stay out."""
    known = {shared.value: measure for measure, shared in SHARED.items()}
    found = [_figure_in(party, one, known[one["measure"]], as_of) for one in figures if one["measure"] in known]
    whole = next((one for one in controls if not (one["lane"] or one["day"] or one["office"])), None)
    if whole is not None:
        for measure, name in _OF_CONTROLS:
            key = Key(party, measure, finality=Finality.FINAL)
            found.append(Counted(Figure(key, Decimal(whole[name]), as_of=as_of), int(whole[name])))
    return tuple(one for one in found if one.figure.amount)


_OF_CONTROLS = (
    (Measure.INSPECTIONS, "inspections"),
    (Measure.FINDS, "finds"),
    (Measure.NO_FINDS, "no_finds"),
)


def _figure_in(party: str, one: Mapping[str, Any], measure: Measure, as_of: date) -> Counted:
    key = Key(
        party=party,
        measure=measure,
        unit=one["unit"],
        basis=one["basis"],
        currency=one["currency"],
        stage=one["stage"],
        finality=Finality.FINAL if one["status"] == "confirmed" else Finality.PROVISIONAL,
    )
    return Counted(Figure(key, Decimal(one["amount"]), as_of=as_of), int(one["records"] or 0))


def others_in(figures: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """What else was released: consignments, selections, tips, by name."""
    known = {shared.value for shared in SHARED.values()}
    return {one["measure"]: int(Decimal(one["amount"])) for one in figures if one["measure"] not in known}
