"""Invented content of the gallery's whole pages: a queue, a board, a step on a phone, a statement."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tidewaiter.node.ui import formats
from tidewaiter.node.ui.drawing.maps import Lane, LaneMap, Place
from tidewaiter.node.ui.frame import Alert, Clock, Contribution, Entry, Frame, Link, Operation
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.tables import Column, Table

Context = dict[str, Any]
PARTIES = ("CN-GD", "HK", "MO")


def frame(request: HttpRequest) -> Frame:
    """A full frame, as a node at work has it."""
    now = timezone.now()
    entries = (
        ("Queue", _("Queue"), "queue", 38),
        ("", _("Consignments"), "box", None),
        ("", _("Cases"), "case", 12),
        ("", _("Intelligence"), "tip", 4),
        ("", _("Joint operations"), "flag", None),
        ("", _("Rights and recordals"), "right", None),
        ("", _("Audit"), "audit", None),
    )
    lines = [
        Entry(label=label, url=request.path if key else f"#{icon}", icon=icon, order=i, count=count)
        for i, (key, label, icon, count) in enumerate(entries)
    ]
    clock = Clock(
        began=now - timedelta(hours=4),
        ends=now + timedelta(hours=3, minutes=46, seconds=20),
        event=_("the tip GD-HK-0931 expires"),
        law=_("sender’s limit"),
        url="#clock",
        level="due",
    )
    alert = Alert(text=_("Tip GD-HK-0931 waits for you"), url="#tip", at=now, level="intel")
    part = Contribution(
        entries=tuple(lines),
        alerts=(alert,),
        clocks=(clock,),
        operation=Operation(name=_("Slack Water 3/2026"), day=8, days=12, url="#operation"),
        menu=(Link(label=_("Sign out"), url="#out", icon="out"),),
        person="HO W S",
        role=_("Targeting analyst"),
        lines=(_("Neighbours: both connected"),),
    )
    return Frame(request, [part])


def queue(request: HttpRequest) -> Context:
    """A queue of a control point."""
    return {"frame": frame(request), "synthetic": True, "rows": _rows(), "facts": _facts()}


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "time": "09:40",
            "since": _("on the bridge"),
            "icon": "lorry",
            "ref": "粤Z·K417港",
            "what": _("48,350 knitted tops to Rotterdam"),
            "more": "WX 2208",
            "reasons": [
                ("tip", _("Tip"), "CN-GD", _("sports shoes behind the second pallet row"), _("tops as cover")),
                ("profile", _("Profile"), "", _("under HKD 2 a garment"), _("here 1.06; HK-P-118")),
                ("model", _("Ranking"), "", "", _("3rd of 412; much heavier than its category")),
            ],
            "state": ("warn", _("in 26 min")),
            "current": True,
        },
        {
            "time": "08:52",
            "since": _("22 min waiting"),
            "icon": "box",
            "ref": "HAWB 7714 0926 335",
            "what": _("214 parcels “gift” to Los Angeles"),
            "more": "Harbourline Express",
            "reasons": [
                ("indic", _("Indicator"), "", _("one telephone number"), _("214 parcels, 9 names of consignors")),
                (
                    "watch",
                    _("Watchlist"),
                    "",
                    _("Meriwane General Trading"),
                    _("the consignee’s name differs by one letter"),
                ),
            ],
            "state": ("", pgettext("consignment", "Waiting")),
        },
        {
            "time": "08:25",
            "since": _("49 min waiting"),
            "icon": "lorry",
            "ref": "粤Z·J190港",
            "what": _("18 pallets of bicycle parts to Hamburg"),
            "more": "TF 6642",
            "reasons": [
                ("random", _("Random"), "", _("No suspicion is recorded."), _("It measures what the profiles miss"))
            ],
            "state": ("", pgettext("consignment", "Waiting")),
            "quiet": True,
        },
        {
            "time": "08:04",
            "since": _("1 h 10 min waiting"),
            "icon": "lorry",
            "ref": "粤Z·C726港",
            "what": _("Household goods to Felixstowe"),
            "more": "HN 1180",
            "reasons": [("lane", _("Focus lane"), "", _("Europe, road, footwear"), _("lane 2 of the operation"))],
            "state": ("intel", _("For control")),
            "taken": "CHOI M H",
        },
    ]


def _facts() -> list[tuple[str, str]]:
    return [
        (_("Consignor"), "Dongguan Yuejing Apparel"),
        (_("Consignee"), "Waalkade Logistics B.V."),
        (_("Declarant"), "Pearlway Customs Brokers"),
        (_("So far"), _("4 crossings, 1 control, no find")),
    ]


def board(request: HttpRequest) -> Context:
    """The live board of an operation."""
    lang = tag()

    def count(value: int) -> str:
        return formats.number(value, lang, table=True)

    counts = {"CN-GD": (143, 412655, 18730, 2204), "HK": (17, 13904, 4210, 96), "MO": (2, 318, 22, 0)}
    return {
        "frame": frame(request),
        "synthetic": True,
        "parties": PARTIES,
        "days": [
            (
                date(2026, 11, 16) + timedelta(days=i),
                f"{58 + 7 * i}" if i < 8 else "",
                "done" if i < 7 else "now" if i == 7 else "todo",
            )
            for i in range(12)
        ],
        "items": [(code, [count(n) for n in row]) for code, row in counts.items()],
        "together": [count(sum(row[i] for row in counts.values())) for i in range(4)],
        "values": [
            ("GENUINE_RETAIL", count(6118000), "–", count(1264300)),
            ("STREET", "–", count(9842000), "–"),
            ("DECLARED", count(702450), "–", "–"),
            ("UNSTATED", _("no amount"), _("no amount"), "–"),
        ],
        "lanes": _lanes(),
        "lanes_table": Table(
            caption=_("Focus lanes of the operation"),
            columns=[Column(pgettext("place", "To")), Column(_("Controls"), figures=True)],
            rows=[["Los Angeles", count(3104)], ["Rotterdam", count(2870)], ["Jebel Ali", count(1812)]],
        ),
        "feed": [
            ("09:14", "HK", "", _("The lorry of tip GD-HK-0931 is on the bridge")),
            ("09:11", "CN-GD", "bad", _("Baiyun, courier: 84 pairs, lane 2")),
            ("09:02", "CN-GD", "good", _("Shenzhen Bay, X-ray, lane 1")),
            ("08:57", "HK", "good", _("Bridge, random control")),
        ],
        "controls": count(8426),
        "rate": formats.percent(0.079, lang),
        "began": timezone.now() - timedelta(hours=9),
        "ends": timezone.now() + timedelta(hours=8, minutes=46, seconds=30),
    }


def controls_in_words(count: int, lang: str) -> str:
    """How many controls, in words."""
    return ngettext("%(count)s control", "%(count)s controls", count) % {"count": formats.number(count, lang)}


def _lanes() -> LaneMap:
    ends = (("Los Angeles", 33.7, -118.3, 3104), ("Rotterdam", 51.9, 4.4, 2870), ("Jebel Ali", 25.0, 55.1, 1812))
    lang = tag()
    return LaneMap(
        title=_("Focus lanes of the operation"),
        places=[Place(name="Pearl River", latitude=22.5, longitude=113.7, admin="HK")]
        + [Place(name=name, latitude=a, longitude=o, note=controls_in_words(n, lang)) for name, a, o, n in ends],
        lanes=[
            Lane(through=("Pearl River", name), style=style, weight=2 + n / 600)
            for (name, _a, _o, n), style in zip(ends, ("lane", "now", "todo"), strict=True)
        ],
        width=720,
        height=460,
    )


def step(request: HttpRequest) -> Context:
    """One step of a control on a phone."""
    from tidewaiter.node.ui.gallery import SampleForm

    form = SampleForm(initial={"control": "part", "unit": "PR", "quantity": 840})
    return {"form": form, "synthetic": True, "steps": [1, 2, 3, 4], "step": 2}


def paper(request: HttpRequest) -> Context:
    """A joint statement."""
    lang = tag()
    return {
        "synthetic": True,
        "parties": PARTIES,
        "period": formats.period(date(2026, 11, 16), date(2026, 11, 27), lang),
        "rows": [
            ("CN-GD", "198", "GENUINE_RETAIL", 8204000, "CNY"),
            ("HK", "23", "STREET", 13420000, "HKD"),
            ("MO", "3", "GENUINE_RETAIL", 1611800, "MOP"),
        ],
        "controls": formats.number(12604, lang),
        "finds": formats.number(921, lang),
    }
