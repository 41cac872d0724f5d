"""Lists for people: CSV that a spreadsheet opens without running what stands in a declaration.

A declared text may be an attack on the officer who opens the list: a cell that begins with ``=`` is a formula to a
spreadsheet (OWASP, "CSV injection"). The file is RFC 4180 in UTF-8 with a byte order mark, by which spreadsheets know
the encoding.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import polars as pl

CELL_CHARACTERS = 32_000
"""Longer cells are cut: spreadsheets hold 32 767 characters and let the rest run over into other cells."""
CUT = " […]"

# The two libraries read these pieces alike: Python's, cell by cell, and the one of Polars, column by column.
_INVISIBLE = r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f-\x9f\ufffd]*"
_TRIGGER = r"[=+\-@＝＋－＠]"
# At the start of the cell, behind characters that a spreadsheet may skip; and behind what begins a new cell or row
# where it splits at semicolons, as it does in Portuguese, or at tabs.
_FORMULA = re.compile(rf"(?:^|(?<=[;\t\r\n]))(?={_INVISIBLE}{_TRIGGER})|^(?=[\t\r\n])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNSAFE = rf"(?:^|[;\t\r\n]){_INVISIBLE}{_TRIGGER}|^[\t\r\n]|{_CONTROL.pattern}"
"""Found in whatever ``_FORMULA`` or ``_CONTROL`` would change, and in nothing else."""
# Between these, Polars writes a number as Python does.
_PLAIN_NUMBERS = (1e-4, 1e16)


class SheetWriter:
    """Write one list as CSV, batch by batch. Use it as a context manager.

    ``target`` is a path, written anew, or a binary file, which stays open. Raises ValueError for a row that has not as
    many cells as there are ``columns``, OSError where the disk does not take it.
    """

    def __init__(self, target: str | Path | BinaryIO, columns: Sequence[str]) -> None:
        self._columns = len(columns)
        self._own = isinstance(target, str | Path)
        # The writer itself is the context manager that closes the file.
        raw = Path(target).open("wb") if isinstance(target, str | Path) else target  # noqa: SIM115
        self._text = io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
        self._text.write("\ufeff")
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        self._csv.writerow([cell(name) for name in columns])

    def write(self, rows: Iterable[Sequence[object]] | pl.DataFrame) -> int:
        """Add rows of cells in the order of the columns, or a frame with these columns. Gives their number."""
        if isinstance(rows, pl.DataFrame) and rows.width == self._columns > 1:
            self.add(as_lines(rows))
            return rows.height
        count = 0
        for row in rows.iter_rows() if isinstance(rows, pl.DataFrame) else rows:
            if len(row) != self._columns:
                raise ValueError(f"row {count + 1} of this batch has {len(row)} cells; the sheet has {self._columns}")
            self._csv.writerow([cell(value) for value in row])
            count += 1
        return count

    def add(self, lines: bytes) -> None:
        """Add what ``as_lines`` made of a frame with the sheet's columns."""
        # All that went through the text layer is beneath it already: it writes through.
        self._text.buffer.write(lines)

    def close(self) -> None:
        """Finish the sheet: close the file that was opened here, leave the one that was given open."""
        if self._own:
            self._text.close()
        elif not self._text.closed:
            self._text.detach()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def write_sheet(
    target: str | Path | BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[object]] | pl.DataFrame
) -> int:
    """Write a whole sheet with the heads ``columns``; gives the number of rows. Raises as ``SheetWriter`` does."""
    with SheetWriter(target, columns) as sheet:
        return sheet.write(rows)


def cell(value: object) -> str:
    """Give a value as the text of a cell.

    None is empty, numbers and dates stand as they are, a list is one line an entry. Text that a spreadsheet would take
    for a formula gets an apostrophe before it, control characters become U+FFFD, and what is too long is cut.
    """
    if value is None:
        return ""
    if isinstance(value, int | float) and isfinite(value):
        return repr(value)
    text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    if len(text) > CELL_CHARACTERS:
        text = text[:CELL_CHARACTERS] + CUT
    return _FORMULA.sub("'", _CONTROL.sub("\ufffd", text))


def as_lines(rows: pl.DataFrame) -> bytes:
    """Give a frame of two columns or more as lines of a sheet, each value as ``cell`` gives it."""
    lines = io.BytesIO()
    cells = rows.select(as_cells(column) for column in rows.iter_columns())
    cells.write_csv(lines, include_header=False, line_terminator="\r\n", quote_style="necessary")
    return lines.getvalue()


def as_cells(column: pl.Series) -> pl.Series:
    """Give a column as the texts of cells, as ``cell`` does for each value; null for an empty cell."""
    kind = column.dtype
    if kind == pl.String:
        text = _safe(column)
    elif kind.is_integer() or kind == pl.Date:
        text = column.cast(pl.String)
    elif kind.is_float():
        least, most = _PLAIN_NUMBERS
        size = column.abs()
        text = _replaced(column.cast(pl.String), ~(((size >= least) & (size < most)) | (size == 0)), column)
    else:
        text = pl.Series(column.name, [cell(value) for value in column.to_list()], dtype=pl.String)
    return text.set(text == "", None)


def _safe(text: pl.Series) -> pl.Series:
    return _replaced(text, text.str.contains(_UNSAFE) | (text.str.len_chars() > CELL_CHARACTERS), text)


def _replaced(text: pl.Series, where: pl.Series, values: pl.Series) -> pl.Series:
    """Put in place of some texts what ``cell`` makes of their values."""
    places = where.fill_null(False).arg_true()
    if places.is_empty():
        return text
    different = values.gather(places)
    return text.scatter(places, pl.Series([cell(value) for value in different.to_list()], dtype=pl.String))
