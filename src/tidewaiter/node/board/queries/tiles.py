"""The board's figures as tiles: numbers with their addresses, tables, the map of the lanes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tidewaiter import reports
from tidewaiter.consolidation import Key, Measure
from tidewaiter.node.board.queries.board import Board
from tidewaiter.node.operations.exchanged import figures_in
from tidewaiter.node.operations.models import ReleasedFigures
from tidewaiter.node.operations.queries.records import code_of
from tidewaiter.node.operations.queries.statements import WRITER
from tidewaiter.node.ui import formats
from tidewaiter.node.ui.drawing.maps import Lane, LaneMap, Place
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.tables import Column
from tidewaiter.node.ui.tags.tables import Table as PageTable
from tidewaiter.refdata.offices import find, offices
from tidewaiter.refdata.places import find as find_place
from tidewaiter.reports.tables import Tables

_REGION_AT = {
    "north_america": (39.0, -98.0),
    "south_america": (-15.0, -58.0),
    "latin_america": (-5.0, -65.0),
    "americas": (25.0, -95.0),
    "europe": (50.0, 10.0),
    "middle_east": (26.0, 50.0),
    "africa": (2.0, 21.0),
    "central_africa": (0.0, 20.0),
    "southeast_asia": (8.0, 108.0),
    "japan_korea": (36.5, 135.0),
    "asia": (35.0, 85.0),
    "oceania": (-25.0, 140.0),
    "belt_and_road": (30.0, 62.0),
    "overseas_other": (-20.0, 60.0),
}
"""Where the end of a lane is drawn: the middle of a region, a picture and no statement about it."""

_START = (22.5, 113.7)


@dataclass(frozen=True, slots=True)
class Number:
    """A party's number and the address of what it counts; ``text`` says so where nothing was released."""

    party: str
    text: str
    link: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """Finds among controls."""

    finds: str
    controls: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """What the templates show, in words."""

    controls: str
    controls_by: tuple[Number, ...]
    rate: str
    drawn_rate: str
    with_find: str
    without: str
    targeted: Share
    drawn: Share
    links: dict[str, str]
    seizures: str
    seizures_by: tuple[Number, ...]
    all_suspected: bool
    tips: dict[str, int]
    days: list[tuple[Any, str, str]]
    activity: reports.Table | None
    items: reports.Table | None
    values: reports.Table | None
    lane_map: LaneMap | None
    lanes: PageTable


def of(board: Board) -> Tiles:
    """The tiles of a board in the language of the page."""
    lang = tag()

    def link(key: Key) -> str:
        return reverse("board:figure", args=[board.operation.pk, code_of(key)])

    def whole(measure: Measure, party: str = "") -> str:
        return link(Key(party, measure)) + "?all=1"

    tables = Tables(board.figures, board.codes, lang, WRITER, missing=board.missing, link=link)
    targeted, drawn = board.targeted, board.drawn
    finds = board.together(Measure.FINDS)
    return Tiles(
        controls=_number(board.together(Measure.INSPECTIONS)),
        controls_by=_by(board, Measure.INSPECTIONS, link, whole),
        rate=_rate(targeted.finds, targeted.inspections),
        drawn_rate=_rate(drawn.finds, drawn.inspections),
        with_find=_number(finds),
        without=_number(board.together(Measure.NO_FINDS)),
        targeted=Share(_number(targeted.finds), _number(targeted.inspections)),
        drawn=Share(_number(drawn.finds), _number(drawn.inspections)),
        links={
            one.value: whole(one) for one in (Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS, Measure.SEIZURES)
        },
        seizures=_number(board.together(Measure.SEIZURES)),
        seizures_by=_by(board, Measure.SEIZURES, link, whole),
        all_suspected=all(one.key.stage in {"", "suspected"} for one in board.figures),
        tips=board.tips(),
        days=_days(board),
        activity=tables.activity(),
        items=tables.quantities(),
        values=tables.values(),
        lane_map=_map(board),
        lanes=_lanes(board),
    )


def _number(amount: Decimal | int) -> str:
    return formats.number(amount, tag(), table=True)


def _rate(finds: int, inspections: int) -> str:
    return formats.percent(Decimal(finds) / inspections, tag()) if inspections else "–"


def _by(board: Board, measure: Measure, link: Any, whole: Any) -> tuple[Number, ...]:
    """Each party's number; one that has a provisional and a final part leads to both."""
    found = []
    for party in board.parties:
        amount = board.amount(party, measure)
        if amount is None:
            found.append(Number(party.party, _("not reported"), missing=True))
            continue
        keys = [one.key for one in party.figures if one.key.measure is measure]
        address = link(keys[0]) if len(keys) == 1 else whole(measure, party.party)
        found.append(Number(party.party, _number(amount), address if amount else ""))
    return tuple(found)


def _days(board: Board) -> list[tuple[Any, str, str]]:
    found = []
    for day, group, state in board.days():
        words = "" if state == "todo" else _finds(group.finds)
        found.append((day, words, state))
    return found


def _map(board: Board) -> LaneMap | None:
    """Each lane from the control points to the middle of its first region; control points of all parties."""
    lanes = [(lane, _REGION_AT[lane.regions[0]]) for lane in board.operation.lanes.all() if lane.regions]
    if not lanes:
        return None
    start = Place(name=_("Control points"), latitude=_START[0], longitude=_START[1], quiet=True)
    ends, lines = [], []
    styles = ("lane", "now", "todo")
    most = max((board.lane(lane).inspections for lane, _at in lanes), default=0) or 1
    for number, (lane, (latitude, longitude)) in enumerate(lanes):
        group = board.lane(lane)
        shift = 4.0 * sum(1 for other, at in lanes[:number] if at == (latitude, longitude))
        name = f"{lane.number} {lane.name}"
        ends.append(Place(name=name, latitude=latitude - shift, longitude=longitude, note=_note(group)))
        weight = 2 + 6 * group.inspections / most
        lines.append(Lane(through=(start.name, name), style=styles[number % 3], weight=round(weight, 1)))
    title = _("Focus lanes of the operation, with controls and finds")
    return LaneMap(title=title, places=[start, *_points(board), *ends], lanes=lines, width=720, height=460)


def _note(group: Any) -> str:
    words = ngettext("%(count)s control", "%(count)s controls", group.inspections)
    return f"{words % {'count': _number(group.inspections)}} · {_finds(group.finds)}"


def _finds(count: int) -> str:
    return ngettext("%(count)s find", "%(count)s finds", count) % {"count": _number(count)}


def _points(board: Board) -> list[Place]:
    """The parties themselves, where one of their offices has a place."""
    found = []
    for code in board.codes:
        places = (find_place(one.place) for one in offices() if one.administration == code and one.place)
        at = next((one for one in places if one is not None and one.lat is not None and one.lon is not None), None)
        office = find(code)
        if at is not None and office is not None and at.lat is not None and at.lon is not None:
            name = office.names[tag()]
            found.append(Place(name=name, latitude=at.lat, longitude=at.lon, admin=code, quiet=True))
    return found


def _lanes(board: Board) -> PageTable:
    rows = []
    for lane in board.operation.lanes.all():
        group = board.lane(lane)
        rows.append([f"{lane.number} {lane.name}", _number(group.inspections), _number(group.finds)])
    return PageTable(
        caption=_("Focus lanes"),
        columns=[Column(_("Lane")), Column(_("Controls"), figures=True), Column(_("Finds"), figures=True)],
        rows=rows,
    )


def release_row(released: ReleasedFigures, key: Key) -> dict[str, Any]:
    """A release and what it says of a figure: the amount and how many records it counts; None where it is silent."""
    counted = figures_in(released.administration, released.figures, released.controls, released.ends_on)
    one = next((held for held in counted if held.figure.key == key), None)
    return {
        "release": released,
        "amount": one.figure.amount if one else None,
        "records": one.records if one else None,
    }
