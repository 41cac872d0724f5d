"""A list that people keep as a table (CSV), read into columns."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.screening.lists import careful, well_formed
from tidewaiter.screening.lists.problems import ListError, Problem


@dataclass(frozen=True)
class Table:
    """The lines of a list that have the right shape, and what is wrong with the others."""

    name: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    columns: Mapping[str, pa.DictionaryArray]
    """Strings without nulls, and without blanks at both ends. Equal strings need not have equal indices."""
    lines: NDArray[np.int64]
    """Number of the line on which each row begins."""
    problems: list[Problem]
    """In the order of the lines."""

    def __len__(self) -> int:
        return int(self.lines.size)


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """Read a CSV file in UTF-8 (a byte order mark may stand in front) whose first line names the columns, in any order.

    A line that is not UTF-8, or whose fields are more or fewer than the columns, is a problem; so is a column that is
    not known (its values are ignored). Raises ListError where the file is empty, lacks a column or names one twice,
    OSError where it cannot be read.
    """
    data = path.read_bytes()
    name = str(path)
    content = data.removeprefix(well_formed.BYTE_ORDER_MARK)
    problems: list[Problem] = []
    rows = well_formed.read(content)
    if rows is None:
        rows, problems = careful.read(content, name)
    header = [field.strip() for field in rows.header]
    unknown = _unknown_columns(header, columns, name)
    by_name = dict(zip(header, rows.columns, strict=True))
    return Table(
        name=name,
        digest=hashlib.sha256(data).hexdigest(),
        columns={column: _stripped(by_name[column]) for column in columns},
        lines=rows.lines,
        problems=unknown + problems,
    )


def table_of(rows: Iterable[Mapping[str, str]], columns: Sequence[str], name: str = "rows") -> Table:
    """Make a table of rows at hand. A column that a row lacks is empty; the digest is that of the same rows as CSV."""
    values = [[row.get(column, "").strip() for column in columns] for row in rows]
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([columns, *values])
    return Table(
        name=name,
        digest=hashlib.sha256(text.getvalue().encode()).hexdigest(),
        columns=dict(zip(columns, careful.columns_of(values, len(columns)), strict=True)),
        lines=np.arange(2, len(values) + 2),
        problems=[],
    )


def _unknown_columns(header: list[str], columns: Sequence[str], name: str) -> list[Problem]:
    """Report columns that are not known. Raises ListError where the first line cannot be used."""
    if not any(header):
        raise ListError(f"{name} is empty: its first line must name the columns {', '.join(columns)}.")
    if missing := [column for column in columns if column not in header]:
        raise ListError(f"{name}:1: no column {', '.join(missing)}. The columns are {', '.join(columns)}.")
    if twice := sorted({column for column in header if header.count(column) > 1}):
        raise ListError(f"{name}:1: the column {', '.join(twice)} is named more than once.")
    message = "this column is not known and was ignored"
    return [Problem(name, 1, column, message) for column in header if column not in columns]


def _stripped(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """Take blanks off both ends, as ``str.strip`` does."""
    bare = pc.utf8_trim(column.dictionary, characters=_blanks())
    return pa.DictionaryArray.from_arrays(column.indices, bare)


@cache
def _blanks() -> str:
    """All characters that Python calls blank; none lies beyond this range."""
    return "".join(character for character in map(chr, range(0x3001)) if character.isspace())
