"""Read a list that people keep as a table (CSV), and say of every line that cannot be used what is wrong with it."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tidewaiter.domain.vocabulary import ControlChannel

if TYPE_CHECKING:
    import _csv

_CHANNELS = {str(channel): str(channel) for channel in ControlChannel}
_YES_NO = {"yes": True, "no": False, "": False}
# What decoding leaves where bytes are not UTF-8.
_UNDECODABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a list that was left out, or one thing about it that someone should look at."""

    file: str
    line: int
    """From 1, where the line begins; 0 where the problem concerns the file as a whole."""
    column: str
    """Name of the column; empty where the problem concerns the line as a whole."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class ListError(ValueError):
    """A list cannot be used at all: it is empty, or columns are missing. The text says which and where."""


class LineError(ValueError):
    """A line cannot be used: raised with the column and the message, and turned into a `Problem`."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


class Line(NamedTuple):
    """A line of the right shape: its values, stripped, by column."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class TableFile:
    """A list to be read once: its lines, and what is wrong with it, which grows while the lines are read."""

    name: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    lines: Iterator[Line]
    problems: list[Problem]


def read_table(path: Path, columns: Sequence[str]) -> TableFile:
    """Read a CSV file in UTF-8 (a byte order mark may stand in front) whose first line names the columns, in any order.

    A line that is not UTF-8, or whose fields are more or fewer than the columns, is a problem; so is a column that is
    not known (its values are ignored). Raises ListError where the file is empty, lacks a column or names one twice,
    OSError where it cannot be read.
    """
    data = path.read_bytes()
    name = str(path)
    text = data.decode("utf-8-sig", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [field.strip() for field in next(reader, [])]
    except csv.Error as error:
        raise ListError(f"{name}:1: the first line is not CSV ({error}).") from error
    if not any(header):
        raise ListError(f"{name} is empty: its first line must name the columns {', '.join(columns)}.")
    if missing := [column for column in columns if column not in header]:
        raise ListError(f"{name}:1: no column {', '.join(missing)}. The columns are {', '.join(columns)}.")
    if twice := sorted({column for column in header if header.count(column) > 1}):
        raise ListError(f"{name}:1: the column {', '.join(twice)} is named more than once.")
    problems = [
        Problem(name, 1, column, "this column is not known and was ignored")
        for column in header
        if column not in columns
    ]
    lines = _lines(reader, header, name, problems)
    return TableFile(name, hashlib.sha256(data).hexdigest(), lines, problems)


def _lines(reader: "_csv.Reader", header: list[str], name: str, problems: list[Problem]) -> Iterator[Line]:
    for number, fields in _fields(reader, name, problems):
        if any(_UNDECODABLE in field for field in fields):
            message = "not UTF-8; save the file as UTF-8. The line was left out."
            problems.append(Problem(name, number, "", message))
        elif len(fields) == len(header):
            yield Line(number, dict(zip(header, map(str.strip, fields), strict=True)))
        elif any(fields):
            message = f"{len(fields)} fields where the first line names {len(header)}. The line was left out."
            problems.append(Problem(name, number, "", message))


def table_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str], name: str = "rows") -> TableFile:
    """Make a table of rows at hand. A column that a row lacks is empty; the digest is that of the same rows as CSV."""
    values = [[row.get(column, "").strip() for column in columns] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([columns, *values])
    lines = (Line(number, dict(zip(columns, row, strict=True))) for number, row in enumerate(values, start=2))
    return TableFile(name, hashlib.sha256(text.getvalue().encode()).hexdigest(), lines, [])


def _fields(reader: "_csv.Reader", name: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Give the fields of each line with the number of the line it begins on; a line that is no CSV is a problem."""
    while True:
        number = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            extent = f"lines {number} to {reader.line_num} were" if reader.line_num > number else "The line was"
            problems.append(Problem(name, number, "", f"not CSV ({error}); {extent} left out."))
            continue
        yield number, fields


def required(line: Line, column: str) -> str:
    """Give a value that must be there. Raises LineError."""
    value = line.values[column]
    if not value:
        raise LineError(column, "nothing stands here")
    return value


def one_of(line: Line, column: str, choices: Mapping[str, str]) -> str:
    """Give one of a few values. Raises LineError."""
    value = line.values[column]
    if value not in choices:
        raise LineError(column, f"'{value}' is none of {', '.join(filter(None, choices))}")
    return choices[value]


def mandatory(line: Line) -> bool:
    """Whether a hit must be controlled: yes or no; empty is no. Raises LineError."""
    value = line.values["mandatory"].lower()
    if value not in _YES_NO:
        raise LineError("mandatory", f"'{value}' is neither yes nor no")
    return _YES_NO[value]


def priority(line: Line) -> int:
    """Give the priority, 0 to 100; empty is 0. Raises LineError."""
    value = line.values["priority"]
    if not value:
        return 0
    if not (value.isascii() and value.isdigit() and int(value) <= 100):
        raise LineError("priority", f"'{value}' is not a whole number from 0 to 100")
    return int(value)


def channel(line: Line) -> str | None:
    """Give the kind of control asked for; None where the column is empty. Raises LineError."""
    return one_of(line, "channel", _CHANNELS) if line.values["channel"] else None
