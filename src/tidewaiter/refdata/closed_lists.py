"""The short closed lists of a case: right types, infringement types, statuses, value bases…, with their words."""

from functools import cache

from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import word
from tidewaiter.refdata.tables import rows


@cache
def lists() -> tuple[str, ...]:
    """The names of the closed lists, such as ``right_type``."""
    return tuple(_lists())


def codes(list_name: str) -> tuple[str, ...]:
    """The codes of one list, in its order. Raises UnknownCode for a list that does not exist."""
    return tuple(_list(list_name))


def name(list_name: str, code: str, language: str) -> str:
    """The word of ``code`` on that list in ``language``. Raises UnknownCode for an unknown list, code or language."""
    entries = _list(list_name)
    if code not in entries:
        raise UnknownCode(list_name.replace("_", " "), code, entries)
    return word(entries[code], language)


def _list(list_name: str) -> dict[str, dict[str, str]]:
    if list_name not in _lists():
        raise UnknownCode("closed list", list_name, _lists())
    return _lists()[list_name]


@cache
def _lists() -> dict[str, dict[str, dict[str, str]]]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows("closed_lists"):
        found.setdefault(row["list"], {})[row["code"]] = row
    return found
