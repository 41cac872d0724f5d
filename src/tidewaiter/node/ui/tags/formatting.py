"""Filters: numbers, money, dates, times and spans in the language of the page and the zone of the office."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.template import Library
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from tidewaiter.node.ui import formats, money
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import units

register = Library()

_MISSING = "–"


def counted_unit(unit: str, count: int) -> str:
    """The word of a unit after a number; the units of everyday have a plural, the others stand as reference data has
    them."""
    match unit:
        case "PR":
            return ngettext("pair", "pairs", count)
        case "H87":
            return ngettext("piece", "pieces", count)
        case "SET":
            return ngettext("set", "sets", count)
        case "KGM":
            return ngettext("kilogram", "kilograms", count)
        case "LTR":
            return ngettext("litre", "litres", count)
        case _:
            return units.unit_name(unit, tag())


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return formats.exact(value) if isinstance(value, int | float | Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value if isinstance(value, date) else None


@register.filter
def number(value: object, decimals: int | None = None) -> str:
    """`{{ n|number }}` in running text: 1,234,567. A dash where there is no number."""
    amount = _decimal(value)
    return _MISSING if amount is None else formats.number(amount, tag(), decimals=decimals)


@register.filter
def cell(value: object, decimals: int | None = None) -> str:
    """`{{ n|cell }}` in a table: always grouped, so that columns stand under each other."""
    amount = _decimal(value)
    return _MISSING if amount is None else formats.number(amount, tag(), decimals=decimals, table=True)


@register.filter
def large(value: object) -> str:
    """`{{ n|large }}`: 1.6 million, 160萬."""
    amount = _decimal(value)
    return _MISSING if amount is None else formats.large(amount, tag())


@register.filter
def percent(ratio: object, decimals: int = 1) -> str:
    """`{{ share|percent }}` of a ratio of 0 to 1."""
    amount = _decimal(ratio)
    return _MISSING if amount is None else formats.percent(amount, tag(), decimals=decimals)


@register.filter
def file_size(octets: int) -> str:
    """`{{ file.size|file_size }}`: 1.2 MB."""
    return formats.file_size(octets, tag())


@register.simple_tag
def money_cell(amount: object, currency: str) -> str:
    """`{% money_cell line.amount line.currency %}`: HKD 16,000,000.00, for tables."""
    value = _decimal(amount)
    return _MISSING if value is None else money.in_table(value, currency, tag())


@register.simple_tag
def money_words(amount: object, currency: str) -> str:
    """`{% money_words 16000000 "HKD" %}`: HK$16 million, for sentences."""
    value = _decimal(amount)
    return _MISSING if value is None else money.in_sentence(value, currency, tag())


@register.simple_tag
def quantity(amount: object, unit: str) -> str:
    """`{% quantity 840 "PR" %}`: number and unit, a code of UN/ECE Recommendation 20."""
    value = _decimal(amount)
    lang = tag()
    space = "" if lang.startswith("zh") else formats.NBSP
    return (
        _MISSING
        if value is None
        else f"{formats.number(value, lang)}{space}{counted_unit(unit, 1 if value == 1 else 2)}"
    )


@register.filter
def unit_word(code: str) -> str:
    """`{{ "PR"|unit_word }}`: the word of a unit, as it stands under a figure or in a column: pairs."""
    return counted_unit(code, 2)


@register.filter
def long_date(value: object) -> str:
    """`{{ day|long_date }}`: 3 November 2025."""
    day = _day(value)
    return _MISSING if day is None else formats.long_date(day, tag())


@register.filter
def full_date(value: object) -> str:
    """`{{ day|full_date }}`: Monday, 3 November 2025."""
    day = _day(value)
    return _MISSING if day is None else formats.full_date(day, tag())


@register.filter
def short_date(value: object) -> str:
    """`{{ day|short_date }}`: 2025-11-03."""
    day = _day(value)
    return _MISSING if day is None else formats.short_date(day)


@register.filter
def day_month(value: object) -> str:
    """`{{ day|day_month }}`: 3 Nov, where the year is plain."""
    day = _day(value)
    return _MISSING if day is None else formats.day_month(day, tag())


@register.filter
def weekday_short(value: object) -> str:
    """`{{ day|weekday_short }}`: Mon, 周一, 2.ª."""
    day = _day(value)
    return _MISSING if day is None else formats.weekday(day, tag(), short=True)


@register.simple_tag
def period(first: date, last: date) -> str:
    """`{% period operation.first operation.last %}`: 18 to 31 July 2025."""
    return formats.period(first, last, tag())


@register.filter
def span(value: timedelta) -> str:
    """`{{ waited|span }}`: 3 h 46 min."""
    return formats.duration(value, tag())


@register.filter
def working_days(count: int) -> str:
    """`{{ 3|working_days }}`: 3 working days."""
    return formats.days_of(count, tag(), working=True)


@register.filter
def days(count: int) -> str:
    """`{{ 3|days }}`: 3 days."""
    return formats.days_of(count, tag())


@register.simple_tag
def when(moment: datetime | None, style: str = "auto") -> SafeString:
    """`{% when event.at %}` as a `time` element in the office's zone.

    Style: auto (the time today, day and time this year, else date and time), time, date, stamp (date, time and zone),
    ago.
    """
    if moment is None:
        return format_html("{}", _MISSING)
    local = timezone.localtime(moment)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), _written(local, style))


def _written(local: datetime, style: str) -> str:
    lang = tag()
    clock = formats.clock_time(local, lang)
    now = timezone.localtime()
    if style == "time" or (style == "auto" and local.date() == now.date()):
        return clock
    if style == "date":
        return formats.short_date(local.date())
    if style == "stamp":
        return f"{formats.short_date(local.date())} {formats.clock_time(local, lang, zone=True)}"
    if style == "ago":
        return formats.duration(now - local, lang)
    if local.year == now.year:
        return f"{formats.day_month(local.date(), lang)} {clock}"
    return f"{formats.short_date(local.date())} {clock}"
