"""The gallery: every component in every state, and whole pages, with invented content that is stamped synthetic."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from tidewaiter.node.ui import formats
from tidewaiter.node.ui.drawing.charts import Bars, Calendar, Line, Span
from tidewaiter.node.ui.drawing.maps import Lane, LaneMap, Place
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.sample_pages import board, controls_in_words, paper, queue, step
from tidewaiter.node.ui.tags.marks import icon_names
from tidewaiter.node.ui.tags.tables import Column, Table

Context = dict[str, Any]


class SampleForm(forms.Form):
    """Every kind of field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seal"] = forms.CharField(label=_("Seal number"), help_text=_("As printed on the seal"))
        self.fields["found"] = forms.DateField(
            label=_("Date of detection"), widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit"),
            choices=[("PR", _("pairs")), ("H87", _("pieces")), ("SET", _("sets")), ("KGM", _("kilograms"))],
        )
        self.fields["control"] = forms.ChoiceField(
            label=_("How was it controlled?"),
            widget=forms.RadioSelect,
            choices=[("part", _("Physical, part")), ("full", _("Physical, full")), ("papers", _("Papers only"))],
        )
        self.fields["goods"] = forms.MultipleChoiceField(
            label=_("Goods"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            choices=[("footwear", _("Footwear")), ("apparel", _("Clothing")), ("watches", _("Watches"))],
        )
        self.fields["quantity"] = forms.IntegerField(label=_("How many, about?"), min_value=1)
        self.fields["note"] = forms.CharField(
            label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["photo"] = forms.FileField(label=_("Photograph"), required=False)
        self.fields["sure"] = forms.BooleanField(label=_("I have checked the seal"))


def components(request: HttpRequest) -> Context:
    """The context of the gallery."""
    now = timezone.localtime().replace(hour=9, minute=14, second=22, microsecond=0)
    good = SampleForm(initial={"seal": "HK 0447 118", "unit": "PR", "control": "part", "quantity": 840}, auto_id="a_%s")
    bad = SampleForm({"seal": "HK 0447 118", "quantity": "many", "unit": "PR"}, auto_id="b_%s")
    bad.is_valid()
    return {
        "icons": sorted(icon_names()),
        "form": good,
        "bad_form": bad,
        "choice_notes": {"part": _("opened some of the load"), "full": _("unloaded"), "papers": _("not opened")},
        "clocks": _clocks(),
        "ladders": _ladders(),
        "events": _events(now),
        "facts": [(_("Consignor"), "Dongguan Yuejing Apparel"), (_("Gross weight"), f"15,420{formats.NBSP}kg")],
        "answers": [(_("Finding"), _("Suspected fakes"), "#forms"), (_("Seal number"), "HK 0447 118", "#forms")],
        "figures": [1234567.89, 16000000, 0.865, 48350, -12.5],
        "moments": [now, now - timedelta(days=3), now - timedelta(days=400)],
        "period": (date(2026, 11, 16), date(2026, 11, 27)),
        "spans": [timedelta(hours=3, minutes=46), timedelta(days=2, hours=4), timedelta(seconds=40)],
        "seizures": _seizures(),
        "page": Paginator(range(412), 50).page(3),
        "chart": _bars(),
        "chart_table": _bars_table(),
        "lines": _lines(),
        "calendar": _calendar(now.date()),
        "route": _route(),
        "legs": _legs(),
        "world": _world(),
        "world_table": _world_table(),
        "days": [(date(2026, 11, 16) + timedelta(days=i), _day_note(i), _day_state(i)) for i in range(12)],
        "rungs": _ladders()[1],
        "samples": sorted(SAMPLES),
        "with_frame": True,
    }


def _day_state(i: int) -> str:
    return "done" if i < 7 else "now" if i == 7 else "todo"


def _day_note(i: int) -> str:
    finds = 58 + 7 * i
    return ngettext("%(count)s find", "%(count)s finds", finds) % {"count": finds} if i < 8 else ""


def _clocks() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "began": now - timedelta(hours=4),
            "ends": now + timedelta(hours=3, minutes=46, seconds=30),
            "event": _("the tip GD-HK-0931 expires"),
            "law": _("sender’s limit"),
            "level": "due",
            "notches": 8,
        },
        {
            "began": now - timedelta(days=5),
            "ends": now + timedelta(days=29, hours=1),
            "event": _("the investigation ends"),
            "law": _("Order 395, Article 20"),
            "level": "",
            "notches": 30,
        },
        {
            "began": now - timedelta(days=6),
            "ends": now - timedelta(days=1, minutes=5),
            "event": _("the examiner’s statement"),
            "law": _("office order, not law"),
            "level": "over",
            "notches": 10,
        },
    ]


def _ladders() -> list[list[tuple[str, str, str]]]:
    words = (_("Received"), _("Stored"), _("Released"), _("Acted on"))
    states = (
        (("done", "07:52:08"), ("done", "07:52:08"), ("done", "08:10"), ("done", "10:31")),
        (("done", "07:52:08"), ("done", "07:52:08"), ("done", "08:10"), ("wait", "")),
        (("done", "07:04:12"), ("bad", "07:04:13"), ("none", ""), ("none", "")),
    )
    return [[(state, word, note) for (state, note), word in zip(rungs, words, strict=True)] for rungs in states]


def _events(now: datetime) -> list[tuple[datetime, str, str]]:
    return [
        (now, _("On the bridge, electronic lock intact"), "now"),
        (now - timedelta(hours=1), _("Tip passed on to this port"), ""),
        (now - timedelta(days=1), _("Road cargo declaration lodged"), ""),
    ]


def _seizures() -> Table:
    lang = tag()
    return Table(
        caption=_("Seized items, a column a unit"),
        columns=[
            Column(_("Party")),
            Column(_("Cases"), figures=True),
            Column(_("Pieces"), figures=True),
            Column(_("Pairs"), figures=True),
        ],
        rows=[
            [name, *(formats.number(n, lang, table=True) for n in counts)]
            for name, counts in (
                (_("Guangdong"), (143, 412655, 18730)),
                (_("Hong Kong"), (17, 13904, 4210)),
                (_("Macao"), (2, 318, 22)),
            )
        ],
        foot=[[_("Together"), *(formats.number(n, lang, table=True) for n in (162, 426877, 22962))]],
    )


_BARS = (("CN-GD", 143), ("HK", 17), ("MO", 2))


def _bars() -> Bars:
    names = {"CN-GD": _("Guangdong"), "HK": _("Hong Kong"), "MO": _("Macao")}
    rows = [(names[code], count, code) for code, count in _BARS]
    return Bars(title=_("Seizures by party, cases"), unit=_("cases"), rows=[*rows, (_("Not yet reported"), None, "")])


def _bars_table() -> Table:
    names = {"CN-GD": _("Guangdong"), "HK": _("Hong Kong"), "MO": _("Macao")}
    return Table(
        caption=_("Seizures by party, cases"),
        columns=[Column(_("Party")), Column(_("Cases"), figures=True)],
        rows=[[names[code], str(count)] for code, count in _BARS],
    )


def _lines() -> list[Line]:
    quiet = [46, 49, 51, 47, 44, 47, 48, 45, 50, 52, 49, 47, 53, 56]
    rising = [9, 8, 10, 9, 7, 8, 9, 10, 15, 21, 26, 31, 36, 41]
    return [
        Line(
            title=title,
            unit=_("a week"),
            points=[(f"W{i + 34}", n) for i, n in enumerate(values)],
            band=band,
            alarm=alarm,
            shaded=1,
        )
        for title, values, band, alarm in (
            (_("Courier to North America, leather goods"), quiet, (38.0, 58.0), False),
            (_("Mail to Southeast Asia, toys"), rising, (5.0, 13.0), True),
        )
    ]


def _calendar(today: date) -> Calendar:
    lang = tag()

    def span(label: str, start: int, days: int, admin: str, level: str) -> Span:
        ends = today + timedelta(days=start + days)
        words = formats.day_month(ends, lang)
        return Span(label=label, began=today + timedelta(days=start), ends=ends, words=words, admin=admin, level=level)

    return Calendar(
        title=_("All clocks on one calendar"),
        today=today,
        now_word=_("now"),
        spans=[
            span(_("Reply of the holder"), -4, 5, "CN-GD", "due"),
            span(_("Investigation"), -3, 42, "CN-GD", ""),
            span(_("Examiner’s statement"), -4, 14, "HK", ""),
        ],
    )


_HERE = gettext_lazy("Hong Kong")
_STOPS = (
    ("Dongguan", 23.02, 113.75),
    ("Zhuhai", 22.21, 113.55),
    (_HERE, 22.31, 113.94),
)


def _route() -> LaneMap:
    places = [Place(name=str(name), latitude=lat, longitude=lon) for name, lat, lon in _STOPS]
    return LaneMap(
        title=_("Route from Dongguan by road to Zhuhai, then over the bridge to Hong Kong"),
        places=places,
        lanes=[
            Lane(through=("Dongguan", "Zhuhai"), style="done", weight=4),
            Lane(through=("Zhuhai", str(_HERE)), style="now", weight=4),
        ],
        height=300,
    )


def _legs() -> Table:
    return Table(
        caption=_("Legs of the route"),
        columns=[Column(pgettext("place", "From")), Column(pgettext("place", "To")), Column(_("State"))],
        rows=[["Dongguan", "Zhuhai", _("travelled")], ["Zhuhai", str(_HERE), _("under way")]],
    )


_LANES = (
    ("Los Angeles", 33.7, -118.3, 3104, "lane"),
    ("Rotterdam", 51.9, 4.4, 2870, "now"),
    ("Jebel Ali", 25.0, 55.1, 1812, "todo"),
)


def _world() -> LaneMap:
    lang = tag()
    ends = [
        Place(name=name, latitude=lat, longitude=lon, note=controls_in_words(n, lang))
        for name, lat, lon, n, _style in _LANES
    ]
    return LaneMap(
        title=_("Focus lanes of the operation"),
        places=[Place(name=str(_HERE), latitude=22.3, longitude=113.9, admin="HK"), *ends],
        lanes=[Lane(through=(str(_HERE), name), style=style, weight=2 + n / 700) for name, _a, _o, n, style in _LANES],
        height=400,
    )


def _world_table() -> Table:
    lang = tag()
    return Table(
        caption=_("Focus lanes of the operation"),
        columns=[Column(pgettext("place", "To")), Column(_("Controls"), figures=True)],
        rows=[[name, formats.number(n, lang, table=True)] for name, _a, _o, n, _s in _LANES],
    )


SAMPLES: dict[str, tuple[str, Callable[[HttpRequest], Context]]] = {
    "queue": ("ui/gallery/queue.html", queue),
    "board": ("ui/gallery/board.html", board),
    "step": ("ui/gallery/step.html", step),
    "paper": ("ui/gallery/paper.html", paper),
}
"""Whole pages: address -> template and its context."""
