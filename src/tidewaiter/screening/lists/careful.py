"""Read CSV line by line, and say of each line that is no CSV, or not UTF-8, what is wrong with it."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tidewaiter.screening.lists.problems import ListError, Problem
from tidewaiter.screening.lists.well_formed import Rows

if TYPE_CHECKING:
    import _csv

# What decoding leaves where bytes are not UTF-8.
_UNDECODABLE = "\ufffd"


def read(data: bytes, name: str) -> tuple[Rows, list[Problem]]:
    """Read CSV that should be UTF-8; gives the rows that have a field for each of the first line, and the other lines.

    Raises ListError where the first line is no CSV.
    """
    text = data.decode(errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise ListError(f"{name}:1: the first line is not CSV ({error}).") from error
    problems: list[Problem] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, fields in _fields(reader, name, problems):
        if any(_UNDECODABLE in field for field in fields):
            message = "not UTF-8; save the file as UTF-8. The line was left out."
            problems.append(Problem(name, number, "", message))
        elif len(fields) == len(header):
            rows.append(fields)
            lines.append(number)
        elif any(fields):
            message = f"{len(fields)} fields where the first line names {len(header)}. The line was left out."
            problems.append(Problem(name, number, "", message))
    return Rows(header, columns_of(rows, len(header)), np.array(lines, np.int64)), problems


def columns_of(rows: list[list[str]], count: int) -> list[pa.DictionaryArray]:
    """Turn rows of so many fields into columns."""
    return [pa.array([row[place] for row in rows], pa.string()).dictionary_encode() for place in range(count)]


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
