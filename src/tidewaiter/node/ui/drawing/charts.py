"""Bar and line charts, and the calendar of clocks, as SVG; all geometry in attributes, all words from the caller."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from tidewaiter.node.ui import formats

Value = int | float | Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars of one unit, one currency, one basis. Rows are (label, value, admin or ""); a missing value is no nought
    and stays open."""

    title: str
    unit: str
    rows: Sequence[tuple[str, Value, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value over time with its usual band. `points` are (label, value); the last is the present one; `alarm` marks
    it."""

    title: str
    unit: str
    points: Sequence[tuple[str, Value]]
    band: tuple[float, float] | None = None
    alarm: bool = False
    shaded: int = 0
    """How many of the last points lie in the operation."""
    width: int = 260
    height: int = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One clock on a calendar."""

    label: str
    began: date
    ends: date
    words: str
    admin: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Several clocks on one calendar, with the weekends shaded."""

    title: str
    today: date
    spans: Sequence[Span]
    now_word: str
    width: int = 1090


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape or word of a drawing: an element name, its attributes, its text."""

    element: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing ready for its template."""

    title: str
    width: int
    height: int
    shapes: list[Shape] = field(default_factory=list)

    def rect(self, css: str, x: float, y: float, width: float, height: float, admin: str = "") -> None:
        """Add a rectangle; `admin` colours it as that administration."""
        where = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{max(width, 0):.1f}", "height": f"{height:.1f}"}
        self.shapes.append(Shape("rect", ({"data-admin": admin} if admin else {"class": css}) | where))

    def path(self, css: str, d: str) -> None:
        """Add a path."""
        self.shapes.append(Shape("path", {"class": css, "d": d}))

    def dot(self, css: str, x: float, y: float, r: float) -> None:
        """Add a circle."""
        self.shapes.append(Shape("circle", {"class": css, "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{r:g}"}))

    def word(self, x: float, y: float, text: str, css: str = "", anchor: str = "start") -> None:
        """Add words."""
        where = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}
        self.shapes.append(Shape("text", where | ({"class": css} if css else {}), text))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length of 100 (empty where nothing was reported), its value in words, whose it is."""

    label: str
    length: str
    words: str
    admin: str


def bars(chart: Bars, lang: str) -> list[Bar]:
    """Horizontal bars from nought. Words stand beside the drawing, so that they keep their size on a phone."""
    most = max((float(value) for _, value, _ in chart.rows if value is not None), default=0.0) or 1.0
    return [
        Bar(label, "", "–", admin)
        if value is None
        else Bar(label, f"{max(float(value) / most * 100, 0.6):.1f}", formats.number(value, lang, table=True), admin)
        for label, value, admin in chart.rows
    ]


def line(chart: Line, lang: str) -> Picture:
    """A small line with its band; gaps stay gaps; an alarm is a hollow dot (a word stands beside the chart)."""
    picture = Picture(chart.title, chart.width, chart.height)
    left, right, top, bottom = 4.0, chart.width - 10.0, 8.0, chart.height - 20.0
    known = [float(value) for _, value in chart.points if value is not None] + list(chart.band or ())
    most = (max(known, default=1.0) or 1.0) * 1.08
    step = (right - left) / max(len(chart.points) - 1, 1)

    def height(value: float) -> float:
        return bottom - value / most * (bottom - top)

    if chart.shaded:
        start = right - step * chart.shaded
        picture.rect("op", start, 4, right - start + 6, bottom - 4)
    if chart.band:
        low, high = height(chart.band[0]), height(chart.band[1])
        picture.rect("band", left, high, right - left + 6, low - high)
    picture.path("axis", f"M{left:g} {bottom + 0.5:g}H{right + 6:g}")
    way, drawing = "", False
    for i, (_, value) in enumerate(chart.points):
        if value is None:
            drawing = False
            continue
        way += f"{'L' if drawing else 'M'}{left + i * step:.1f} {height(float(value)):.1f}"
        drawing = True
    picture.path("line alarm" if chart.alarm else "line", way)
    last = chart.points[-1][1] if chart.points else None
    if last is not None:
        picture.dot("dot alarm" if chart.alarm else "dot", right, height(float(last)), 5 if chart.alarm else 3.5)
    if chart.points:
        picture.word(left, chart.height - 4, chart.points[0][0])
        picture.word(right + 6, chart.height - 4, chart.points[-1][0], anchor="end")
    return picture


def calendar(chart: Calendar, lang: str) -> Picture:
    """One row a clock: what has run is filled, what is left is pale, the end in words; a line at the present day."""
    row, head, top = 28, 160, 22
    first = min([span.began for span in chart.spans] + [chart.today]) - timedelta(days=2)
    last = max([span.ends for span in chart.spans] + [chart.today]) + timedelta(days=4)
    days = (last - first).days
    picture = Picture(chart.title, chart.width, top + row * len(chart.spans) + 24)
    wide = (chart.width - head - 90) / days

    def at(day: date) -> float:
        return head + (day - first).days * wide

    foot = top + row * len(chart.spans)
    for i in range(days):
        day = first + timedelta(days=i)
        if day.weekday() >= 5:
            picture.rect("op", at(day), top, wide, foot - top)
        if day.weekday() == 0 and ((day - first).days // 7) % max(1, days // 49 + 1) == 0:
            picture.word(at(day), 14, formats.day_month(day, lang))
    for i, span in enumerate(chart.spans):
        y = top + i * row + 9
        if span.admin:
            picture.rect("", 0, y - 2, 5, 15, span.admin)
        picture.word(12, y + 10, span.label, "strong")
        picture.rect("wait", at(span.began), y, at(span.ends) - at(span.began) + wide, 11)
        run = min(chart.today, span.ends)
        picture.rect(
            "due" if span.level else "run", at(span.began), y, max(0.0, at(run) - at(span.began) + wide / 2), 11
        )
        picture.word(
            max(at(span.ends) + wide, at(chart.today) if span.ends <= chart.today else 0) + 6,
            y + 10,
            span.words,
            "strong",
        )
    here = at(chart.today) + wide / 2
    picture.path("now", f"M{here:.1f} {top - 2}V{foot + 6}")
    picture.word(here + 4, foot + 16, chart.now_word, "strong")
    return picture
