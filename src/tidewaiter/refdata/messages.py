"""The sentences and labels that officers read, in the languages of ``languages.LANGUAGES`` (``data/messages.csv``).

A message holds ``{placeholders}``, the same in every language. Words follow the term base; numbers, dates and quotation
marks follow the rules of its section on each language.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from string import Formatter

from tidewaiter.refdata.languages import column, word
from tidewaiter.refdata.tables import rows

Value = str | int | date

_CURLY = ("“”", "‘’")
_QUOTES = {"en": ('""', "''"), "zh-Hant": ("「」", "『』"), "zh-Hans": _CURLY, "zh-Hant-MO": _CURLY, "pt": _CURLY}
_THOUSANDS = {"en": ",", "zh-Hant": ",", "zh-Hans": "", "zh-Hant-MO": ",", "pt": "\N{NO-BREAK SPACE}"}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "pt": "Janeiro Fevereiro Março Abril Maio Junho Julho Agosto Setembro Outubro Novembro Dezembro",
}


class MessageError(LookupError):
    """A message that is not in the catalogue, or one that was not given all its values."""


def text(key: str, language: str, **values: Value) -> str:
    """Give the message ``key`` in ``language``, its placeholders filled with ``values``.

    Text stands as it is; whole numbers and dates are written in the manner of the language. Where ``count`` is 1 and
    the catalogue holds ``<key>.one``, that message is given. Raises MessageError for an unknown key or a placeholder
    without a value, UnknownCode for an unknown language.
    """
    if values.get("count") == 1 and f"{key}.one" in _catalogue():
        key = f"{key}.one"
    template, wanted = _template(key, language)
    if not wanted <= values.keys():
        raise MessageError(f"message {key!r} needs a value for {', '.join(sorted(wanted - values.keys()))}")
    return template.format_map({name: shown(value, language) for name, value in values.items()})


def keys(prefix: str = "") -> tuple[str, ...]:
    """The keys that begin with ``prefix``, in the order of the catalogue."""
    return tuple(key for key in _catalogue() if key.startswith(prefix))


def has(key: str) -> bool:
    """Say whether the catalogue holds a message."""
    return key in _catalogue()


@cache
def placeholders(template: str) -> frozenset[str]:
    """The names in braces of a message."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name is not None)


def shown(value: Value, language: str) -> str:
    """Write a value as it stands in a sentence: numbers with their thousands, dates in words, text as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return _long_date(value, language)
    return f"{value:,}".replace(",", _THOUSANDS[language])


def quoted(words: str, language: str) -> str:
    """Put words between the quotation marks of the language; the same marks within them give way to inner ones.

    So declared words cannot end the quotation and go on as if they were ours. Raises UnknownCode for a language.
    """
    opened, closed, within = _quotes(language)
    return opened + words.translate(within) + closed


@cache
def _quotes(language: str) -> tuple[str, str, dict[int, int]]:
    column(language)
    outer, inner = _QUOTES[language]
    return outer[0], outer[1], str.maketrans(outer, inner)


@cache
def _template(key: str, language: str) -> tuple[str, frozenset[str]]:
    """A message as the catalogue has it, and its placeholders. A list of a day asks for the same few many times."""
    row = _catalogue().get(key)
    if row is None:
        raise MessageError(f"no message {key!r} in messages.csv")
    template = word(row, language)
    return template, placeholders(template)


def _long_date(day: date, language: str) -> str:
    if language not in _MONTHS:
        return f"{day.year}年{day.month}月{day.day}日"
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "pt" else f"{day.day} {month} {day.year}"


@cache
def _catalogue() -> Mapping[str, Mapping[str, str]]:
    return {row["key"]: row for row in rows("messages")}
