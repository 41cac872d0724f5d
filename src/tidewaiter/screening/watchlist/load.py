"""Read watchlist.csv."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from sys import intern

from tidewaiter.names.characters import fold_character, is_letter_or_digit
from tidewaiter.screening.terms.table_file import (
    Line,
    LineError,
    Problem,
    TableFile,
    channel,
    mandatory,
    one_of,
    priority,
    read_table,
    required,
)
from tidewaiter.screening.watchlist.keys import KINDS, PHONE, TYPES, Key

COLUMNS = (
    "entry",
    "kind",
    "type",
    "value",
    "label",
    "mandatory",
    "priority",
    "channel",
    "valid_from",
    "valid_until",
    "source",
    "grading",
    "reason",
)
_KINDS = {kind: kind for kind in KINDS}
_FEWEST_DIGITS = 5


def read_watchlist(path: Path, as_of: date | None) -> tuple[list[Key], str, list[Problem]]:
    """Read a watchlist as it is in force on a day (None: all of it, whatever its dates).

    Returns the keys in force, the SHA-256 of the file, and the lines that were left out and why. A key out of force is
    no problem. Raises ListError where the file is empty or lacks a column, OSError where it cannot be read.
    """
    table = read_table(path, COLUMNS)
    return keys_of(table, as_of), table.digest, table.problems


def keys_of(table: TableFile, as_of: date | None) -> list[Key]:
    """Make keys of the lines of a table; a line that cannot be used is added to the problems of the table."""
    keys = []
    for line in table.lines:
        try:
            key = _key(line)
            if as_of is None or key.counts_on(as_of):
                keys.append(key)
        except LineError as error:
            message = f"{error.message}. The line was left out."
            table.problems.append(Problem(table.name, line.number, error.column, message))
    return keys


def _key(line: Line) -> Key:
    kind = one_of(line, "kind", _KINDS)
    type_ = line.values["type"]
    if type_ and type_ not in TYPES.get(kind, ()):
        allowed = f"none of {', '.join(sorted(TYPES[kind]))}" if kind in TYPES else f"not used with the kind '{kind}'"
        raise LineError("type", f"'{type_}' is {allowed}")
    value = required(line, "value")
    _check_value(kind, value)
    first, last = _day(line, "valid_from"), _day(line, "valid_until")
    if first and last and last < first:
        raise LineError("valid_until", f"{last} is before valid_from, {first}")
    return Key(
        entry=required(line, "entry"),
        kind=kind,
        type=type_,
        value=value,
        label=line.values["label"],
        mandatory=mandatory(line),
        priority=priority(line),
        channel=channel(line),
        # The same few words on thousands of lines are kept once.
        source=intern(line.values["source"]),
        grading=intern(line.values["grading"]),
        reason=line.values["reason"],
        valid_from=first,
        valid_until=last,
    )


def _check_value(kind: str, value: str) -> None:
    if kind == PHONE:
        if sum(character.isdigit() for character in value) < _FEWEST_DIGITS:
            raise LineError("value", f"'{value}' has fewer than {_FEWEST_DIGITS} digits")
    elif not any(is_letter_or_digit(part) for character in value for part in fold_character(character)):
        raise LineError("value", f"'{value}' has no letter or digit to compare")


def _day(line: Line, column: str) -> date | None:
    value = line.values[column]
    try:
        return _date(value) if value else None
    except ValueError:
        raise LineError(column, f"'{value}' is no date such as 2026-05-31") from None


_date = lru_cache(date.fromisoformat)
"""A list has few different dates."""
