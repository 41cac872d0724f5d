"""Numbers, money, dates, times and spans as an officer of each language writes them.

The rules are the term base's (numbers and units, money, dates and times); Babel writes what they leave to it. Every
function takes a
BCP 47 tag of `tidewaiter.refdata.languages`. Text comes back with no-break spaces where a break would part a number
from its unit.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import get_day_names

from tidewaiter.refdata.languages import CLDR

Number = int | float | Decimal

NBSP = "\u00a0"
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_PT = [
    "Janeiro",
    "Fevereiro",
    "Março",
    "Abril",
    "Maio",
    "Junho",
    "Julho",
    "Agosto",
    "Setembro",
    "Outubro",
    "Novembro",
    "Dezembro",
]
_DAYS_SHORT_PT = ("2.ª", "3.ª", "4.ª", "5.ª", "6.ª", "sáb.", "dom.")
_PORTUGUESE = {ord(","): NBSP, ord("."): ","}


def exact(value: Number) -> Decimal:
    """`value` as a decimal; a float by its shortest writing, so that 0.1 stays 0.1."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def number(value: Number, lang: str, *, decimals: int | None = None, table: bool = False) -> str:
    """`value` in figures. `decimals` fixes their count (rounding half up); without it all that the value has are shown.

    Simplified Chinese groups by three in tables only; Portuguese groups with a no-break space and marks decimals with
    a comma.
    """
    amount = exact(value)
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    places = max(0, -int(amount.as_tuple().exponent))
    group = "" if lang == "zh-Hans" and not table else ","
    written = format(amount, f"{group}.{places}f").replace("-", "−")
    return written.translate(_PORTUGUESE) if lang == "pt" else written


def large(value: Number, lang: str, *, decimals: int = 4) -> str:
    """A round large number in words and figures: 1.6 million, 160萬, 160万, 1,6 milhões. Small ones as `number` writes
    them."""
    amount = exact(value)
    size = abs(amount)
    steps: tuple[tuple[int, str, str], ...]
    if lang.startswith("zh"):
        wan, yi = ("万", "亿") if lang == "zh-Hans" else ("萬", "億")
        steps = ((10**8, yi, yi), (10**4, wan, wan))
    elif lang == "pt":
        steps = ((10**9, "mil milhões", "mil milhões"), (10**6, "milhão", "milhões"))
    else:
        steps = ((10**9, "billion", "billion"), (10**6, "million", "million"))
    for step, one, many in steps:
        if size >= step:
            shown = _trimmed(amount / step, decimals)
            space = "" if lang.startswith("zh") else NBSP
            return number(shown, lang) + space + (one if shown == 1 else many)
    return number(amount, lang)


def _trimmed(amount: Decimal, decimals: int) -> Decimal:
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP).normalize()
    return rounded.quantize(Decimal(1)) if int(rounded.as_tuple().exponent) > 0 else rounded


def percent(ratio: Number, lang: str, *, decimals: int = 1) -> str:
    """A ratio of 0 to 1 as per cent: 0.865 is 86.5%, in Portuguese 86,5%."""
    return number(_trimmed(exact(ratio) * 100, decimals), lang) + "%"


def file_size(octets: int, lang: str) -> str:
    """A size in decimal steps of a thousand: 1.2 MB."""
    size, unit = Decimal(octets), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return number(_trimmed(size, 0 if unit in {"B", "kB"} else 1), lang) + NBSP + unit


def long_date(day: date, lang: str) -> str:
    """3 November 2025, 2025年11月3日, 3 de Novembro de 2025."""
    if lang.startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    if lang == "pt":
        return f"{day.day}{NBSP}de {_MONTHS_PT[day.month - 1]} de {day.year}"
    return f"{day.day}{NBSP}{_MONTHS_EN[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """2025-11-03, in every language: a date with strokes is read in two ways."""
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def day_month(day: date, lang: str) -> str:
    """The day without its year, where the year is plain: 3 Nov, 11月3日, 3 Nov."""
    if lang.startswith("zh"):
        return f"{day.month}月{day.day}日"
    months = _MONTHS_PT if lang == "pt" else _MONTHS_EN
    return f"{day.day}{NBSP}{months[day.month - 1][:3]}"


def weekday(day: date, lang: str, *, short: bool = False) -> str:
    """The day of the week: Monday, 星期一, segunda-feira; short Mon, 周一 or 星期一, 2.ª."""
    if short and lang == "pt":
        return _DAYS_SHORT_PT[day.weekday()]
    if short and lang == "zh-Hans":
        return "周" + "一二三四五六日"[day.weekday()]
    if lang.startswith("zh"):
        return "星期" + "一二三四五六日"[day.weekday()]
    return str(get_day_names("abbreviated" if short else "wide", locale=CLDR[lang])[day.weekday()])


def full_date(day: date, lang: str) -> str:
    """The long date with its weekday: Monday, 3 November 2025; 2025年11月3日（星期一）."""
    if lang.startswith("zh"):
        return f"{long_date(day, lang)}（{weekday(day, lang)}）"
    return f"{weekday(day, lang)}, {long_date(day, lang)}"


def period(first: date, last: date, lang: str) -> str:
    """From day to day, saying month and year once: 18 to 31 July 2025; 2025年7月18日至31日; de 18 a 31 de Julho de
    2025."""
    if first == last:
        return long_date(first, lang)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if lang.startswith("zh"):
        end = f"{last.month}月{last.day}日" if same_year else long_date(last, lang)
        return f"{long_date(first, lang)}至{f'{last.day}日' if same_month else end}"
    months, of = (_MONTHS_PT, f"{NBSP}de ") if lang == "pt" else (_MONTHS_EN, NBSP)
    start = f"{first.day}" if same_month else f"{first.day}{of}{months[first.month - 1]}"
    if not same_year:
        start = long_date(first, lang)
    return f"de {start} a {long_date(last, lang)}" if lang == "pt" else f"{start} to {long_date(last, lang)}"


def clock_time(moment: datetime, lang: str, *, zone: bool = False) -> str:
    """14:05; with its zone 14:05 (UTC+8), in Chinese 14:05（UTC+8）. `moment` already stands in the zone that is
    shown."""
    written = f"{moment.hour:02d}:{moment.minute:02d}"
    if not zone:
        return written
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a time without a zone cannot say its zone")
    minutes = int(offset.total_seconds()) // 60
    name = f"UTC{'−' if minutes < 0 else '+'}{abs(minutes) // 60}" + (
        f":{abs(minutes) % 60:02d}" if minutes % 60 else ""
    )
    return f"{written}（{name}）" if lang.startswith("zh") else f"{written}{NBSP}({name})"


def duration(span: timedelta, lang: str) -> str:
    """A span by its two largest steps, rounded down: 3 h 46 min, 3小時46分鐘, 2 days 4 h. Below a minute: 40 s. Its
    sign
    is left out."""
    seconds = abs(int(span.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        return _join(lang, days_of(days, lang), _step(hours, "h", lang) if hours and days < 7 else "")
    if hours:
        return _join(lang, _step(hours, "h", lang), _step(minutes, "min", lang) if minutes else "")
    return _step(minutes, "min", lang) if minutes else _step(seconds, "s", lang)


_STEPS = {
    "zh-Hans": {"h": "小时", "min": "分钟", "s": "秒"},
    "zh-Hant": {"h": "小時", "min": "分鐘", "s": "秒"},
    "zh-Hant-MO": {"h": "小時", "min": "分鐘", "s": "秒"},
}


def _step(count: int, unit: str, lang: str) -> str:
    return f"{count}{_STEPS[lang][unit]}" if lang in _STEPS else f"{count}{NBSP}{unit}"


def _join(lang: str, *parts: str) -> str:
    return ("" if lang.startswith("zh") else NBSP).join(part for part in parts if part)


def days_of(count: int, lang: str, *, working: bool = False) -> str:
    """A count of days; `working` says working days: 3 working days, 3個工作天, 3个工作日, 3個工作日, 3 dias úteis."""
    if lang.startswith("zh"):
        plain = "日" if lang == "zh-Hant" else "天"
        worked = {"zh-Hant": "個工作天", "zh-Hans": "个工作日", "zh-Hant-MO": "個工作日"}[lang]
        return f"{count}{worked if working else plain}"
    if lang == "pt":
        unit = ("dia útil" if count == 1 else "dias úteis") if working else ("dia" if count == 1 else "dias")
    else:
        unit = ("working " if working else "") + ("day" if count == 1 else "days")
    return f"{count}{NBSP}{unit}"
