"""Clocks and receipts: the tide staff, the deadline chip, the ladder, the days of an operation."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tidewaiter.node.ui import formats
from tidewaiter.node.ui.languages import tag

register = Library()

_WIDTH = 48.0
_MOST_NOTCHES = 24


def draw_staff(share: float, notches: int) -> SafeString:
    """The tide staff: `share` (0 to 1) of its length stands under water, one notch a step of the period."""
    share = min(1.0, max(0.0, share))
    steps = max(1, min(notches, _MOST_NOTCHES))
    every = 5 if steps > 5 else steps
    ticks = "".join(f"M{1 + _WIDTH * i / steps:.1f} 17V{7 if i % every == 0 else 11}" for i in range(steps + 1))
    water = max(0.6, _WIDTH * share)
    return format_html(
        '<svg class="tw-staff" viewBox="0 0 50 18" width="50" height="18" aria-hidden="true">'
        '<rect class="w" x="1" y="7" width="{}" height="10"/><path class="t" d="M1 17H49{}"/>'
        '<path class="l" d="M{} 1V18"/></svg>',
        f"{water:.1f}",
        ticks,
        f"{1 + water:.1f}",
    )


@register.simple_tag
def staff(share: float, notches: int = 10) -> SafeString:
    """`{% staff 0.4 20 %}`: the staff alone; words stand beside it."""
    return draw_staff(float(share), notches)


@register.inclusion_tag("ui/components/deadline.html")
def deadline(
    began: datetime,
    ends: datetime,
    event: str,
    law: str = "",
    url: str = "",
    level: str = "",
    notches: int = 0,
    left: str = "",
) -> dict[str, Any]:
    """`{% deadline clock.began clock.ends event law url level %}`: how long, what happens, which law.

    `level` is "", due or over, the app's decision; a clock past its end is always over. `notches` is the number of
    working days where
    the law counts them, else the days or hours of the period. `left` replaces the words of the time left.
    """
    now = timezone.now()
    whole = max((ends - began).total_seconds(), 1.0)
    over = now > ends
    return {
        "staff": draw_staff((now - began).total_seconds() / whole, notches or _notches(ends - began)),
        "level": "over" if over else level,
        "left": left or time_left(ends, now),
        "event": event,
        "law": law,
        "url": url,
        "ends": timezone.localtime(ends),
    }


def _notches(whole: timedelta) -> int:
    return whole.days if whole.days > 1 else max(1, int(whole.total_seconds() // 3600))


def time_left(ends: datetime, now: datetime) -> str:
    """The time to `ends` in words of the page's language, or by how much it is over."""
    spans = formats.duration(ends - now, tag())
    if now > ends:
        return _("%(span)s over") % {"span": spans}
    return _("%(span)s left") % {"span": spans}


_RUNGS = {"done": "check", "wait": "clock", "none": "wait", "bad": "cross"}


@register.inclusion_tag("ui/components/ladder.html")
def ladder(rungs: Iterable[tuple[str, str, str]], label: str) -> dict[str, Any]:
    """`{% ladder rungs _("Receipts") %}`: rungs are (state, word, note); state is done, wait, none or bad.

    Rungs that were not asked for are shown as "none", never left out.
    """
    return {
        "rungs": [
            {"state": state, "icon": _RUNGS[state], "word": word, "note": note, "spoken": _spoken(state)}
            for state, word, note in rungs
        ],
        "label": label,
    }


def _spoken(state: str) -> str:
    return {"done": _("done"), "wait": _("waiting"), "none": _("not asked for"), "bad": _("failed")}[state]


@register.inclusion_tag("ui/components/days.html")
def operation_days(days: Iterable[tuple[Any, str, str]], label: str) -> dict[str, Any]:
    """`{% operation_days days _("Days of the operation") %}`: days are (date, note, state); state is done, now or
    todo."""
    return {"days": [{"day": day, "note": note, "state": state} for day, note, state in days], "label": label}


@register.simple_tag
def operation_bar(day: int, of: int) -> SafeString:
    """`{% operation_bar 8 12 %}`: the days of the running operation as bars, the present one tallest."""
    shown = max(1, min(of, 31))
    step = 72 / shown
    bars = ""
    for i in range(1, shown + 1):
        height, faint = (12, "") if i == day else (10, "") if i < day else (4, ' opacity="0.45"')
        where = f'x="{(i - 1) * step:.1f}" y="{12 - height}" width="{step * 0.74:.1f}" height="{height}"'
        bars += f'<rect {where} fill="currentColor"{faint}/>'
    return format_html('<svg viewBox="0 0 72 12" aria-hidden="true">{}</svg>', SafeString(bars))
