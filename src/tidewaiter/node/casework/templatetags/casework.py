"""`{% load casework %}`: words of codes, clocks, and what may be done, for the pages of casework."""

from datetime import datetime, time, timedelta
from typing import Any

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tidewaiter.domain.state_machine import Transition
from tidewaiter.node.casework import words
from tidewaiter.node.casework.models import Disposal, Exhibit, SeizureLine
from tidewaiter.node.casework.models.lines import plain
from tidewaiter.node.casework.queries.page import Can
from tidewaiter.node.ui import formats
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.packages import counted_package
from tidewaiter.node.ui.tags.clocks import draw_staff
from tidewaiter.node.ui.tags.formatting import counted_unit
from tidewaiter.node.ui.tags.marks import status
from tidewaiter.procedures import Clock, Level, Note
from tidewaiter.procedures.rules import Unit, procedure_of
from tidewaiter.refdata import countries

register = Library()

_FINDINGS = {"find": ("bad", "seal"), "no_find": ("good", "check"), "not_inspectable": ("warn", "wait")}
_STATUS_LEVELS = {"draft": "", "provisional": "warn", "confirmed": "good", "released": "good", "void": ""}


@register.simple_tag
def word(listed: str, code: str) -> str:
    """`{% word "right_type" line.right_type %}`: the word of a closed list."""
    return words.of_list(listed, code)


@register.simple_tag
def told(what: str, detail: str) -> str:
    """`{% told "Record" action %}`: something and, behind a colon as the language writes it, what of it."""
    return _("%(what)s: %(detail)s") % {"what": what, "detail": detail}


@register.simple_tag
def finding(code: str) -> SafeString:
    """`{% finding control.finding %}`: a finding as a mark; a no find is good news."""
    level, icon = _FINDINGS[code]
    return status(level, words.of_list("finding", code), icon)


@register.simple_tag
def category_word(code: str) -> str:
    """The word of a product category."""
    return words.category(code)


@register.simple_tag
def extent_word(code: str) -> str:
    """The word of an extent."""
    return str(words.EXTENTS.get(code, ""))


@register.simple_tag
def no_find_word(code: str) -> str:
    """What it was, where nothing was found."""
    return str(words.NO_FIND_AS.get(code, ""))


@register.simple_tag
def shot_word(code: str) -> str:
    """What a picture shows."""
    return str(words.SHOTS.get(code) or _("Picture"))


@register.simple_tag
def regime_word(code: str) -> str:
    """The word of a regime; a dash for none."""
    return str(words.REGIMES.get(code, "–"))


@register.simple_tag
def event_word(code: str) -> str:
    """The word of a fact."""
    return str(words.EVENTS[code])


@register.simple_tag
def action_word(code: str) -> str:
    """The word of an action."""
    return str(words.ACTIONS.get(code, code))


@register.simple_tag
def case_state(code: str) -> SafeString:
    """The state of a case as a mark."""
    return status(words.CASE_LEVELS[code], str(words.CASE_STATES[code]))


@register.simple_tag
def record_status(code: str) -> SafeString:
    """How final a record is, as a mark."""
    return status(_STATUS_LEVELS[code], words.of_list("record_status", code), "pen")


@register.simple_tag
def stage(code: str) -> SafeString:
    """The stage of a line as a mark."""
    level = words.STAGE_LEVELS[code]
    return status(level, words.of_list("seizure_stage", code), "lock" if level == "bad" else "")


@register.simple_tag
def custody_state(code: str) -> SafeString:
    """Where an exhibit is in its custody, as a mark."""
    level = {"missing": "bad", "collected": "warn", "in_transit": "warn", "in_store": "good", "sealed": "good"}
    return status(level.get(code, "info"), str(words.CUSTODY_STATES[code]))


@register.simple_tag
def disposal_state(code: str) -> SafeString:
    """How far a disposal is, as a mark."""
    level = {"carried_out": "good", "approved": "info", "refused": "bad", "proposed": "warn", "on_hold": "warn"}
    return status(level.get(code, ""), str(words.DISPOSAL_STATES[code]))


@register.simple_tag
def quantity_of(number: Any, unit: str) -> str:
    """A number without idle zeros, and its unit."""
    if number is None:
        return "–"
    space = "" if tag().startswith("zh") else formats.NBSP
    words = counted_unit(unit, 1 if number == 1 else 2)
    return f"{formats.number(plain(number), tag(), table=True)}{space}{words}"


@register.simple_tag
def packages_of(count: int | None, kind: str) -> str:
    """So many packages of a kind; empty where nobody counted them."""
    if count is None:
        return ""
    number = formats.number(count, tag(), table=True)
    space = "" if tag().startswith("zh") else formats.NBSP
    return f"{number}{space}{counted_package(kind, count)}" if kind else number


@register.filter
def plain_number(number: Any) -> str:
    """`{{ line.quantity|plain_number }}`: without idle zeros, grouped."""
    return formats.number(plain(number), tag(), table=True)


@register.filter
def leg_words(leg: dict[str, str]) -> str:
    """`{{ leg|leg_words }}`: a leg of a route: country and place."""
    return " ".join(part for part in (countries.name(leg["country"], tag()), leg.get("place", "")) if part)


@register.filter
def concealment_words(codes: list[str]) -> str:
    """`{{ case.concealment|concealment_words }}`"""
    comma = "、" if tag().startswith("zh") else ", "
    return comma.join(words.of_list("concealment", code) for code in codes) or "–"


@register.simple_tag
def clock(found: Clock) -> SafeString:
    """`{% clock clock %}`: the deadline chip of a clock: the staff, the days left, what must happen, the law."""
    law = f"{found.law.instrument.text(tag())} {found.law.article}".strip()
    left = days_left(found)
    level = {Level.DUE: "due", Level.OVER: "over"}.get(found.level, "")
    mark = format_html(' data-level="{}"', level) if level else ""
    return format_html(
        '<span class="tw-deadline"{}>{}<span><b>{}</b> {} <cite>{}</cite></span></span>',
        mark,
        _staff(found),
        left,
        found.title.text(tag()),
        law,
    )


def _staff(found: Clock) -> SafeString:
    if found.start is None or found.due is None:
        return SafeString("")
    whole = max((found.due - found.start).days, 1)
    gone = (timezone.localdate() - found.start).days
    return draw_staff(1.0 if found.level is Level.MET else gone / whole, found.length or whole)


def days_left(found: Clock) -> str:
    """The days that a clock leaves, in words: in the unit in which the law counts."""
    if found.level is Level.MET:
        return _("Met")
    if found.days_left is None:
        return _("Not confirmed") if found.level is Level.UNKNOWN else _("Not started")
    if found.days_left == 0:
        return _("Today is the last day")
    count = formats.days_of(abs(found.days_left), tag(), working=found.unit is Unit.WORKING_DAY)
    return _("%(days)s over") % {"days": count} if found.days_left < 0 else count


@register.filter
def note_words(note: Note) -> str:
    """`{{ note|note_words }}`: a remark of a clock."""
    return note.text(tag())


@register.filter
def in_words(text: Any) -> str:
    """`{{ clock.on_expiry|in_words }}`: a text of the rules in the language of the page."""
    return str(text.text(tag()))


@register.simple_tag
def next_clock(code: str, due: Any, administration: str) -> SafeString:
    """The clock of a row of the list: what ends when."""
    if not code:
        return SafeString("–")
    rule = next((one for one in procedure_of(administration).rules if one.code == code), None)
    end = timezone.make_aware(datetime.combine(due, time.min)) + timedelta(days=1)
    level = "bad" if end < timezone.now() else "warn" if due == timezone.localdate() else ""
    title = code if rule is None else rule.title.text(tag())
    return format_html("{}<br><span class='tw-small'>{}</span>", status(level, formats.short_date(due), "clock"), title)


@register.simple_tag
def stages_of(can: Can, line: SeizureLine) -> list[Transition]:
    """`{% stages_of can line as steps %}`: what may be done with the stage of a line."""
    return can.stages(line)


@register.simple_tag
def disposals_of(can: Can, disposal: Disposal) -> list[Transition]:
    """`{% disposals_of can disposal as steps %}`"""
    return can.disposals(disposal)


@register.simple_tag
def custody_of(can: Can, exhibit: Exhibit) -> list[Transition]:
    """`{% custody_of can exhibit as steps %}`"""
    return can.custody(exhibit)
