"""Take delimited text apart into rows, losing none.

A block of text that is well-formed throughout is parsed in bulk; a block that is not goes through the careful parser,
which refuses the rows that are broken and keeps the others. Both read a well-formed row alike.

Grammar (RFC 4180, with liberties): a field that begins with the quotation mark ends with one; inside, it is doubled.
A quotation mark within an unquoted field is text. A row ends with LF, CR LF or the end of the input. Blank rows count
for positions but are no rows. After a broken quotation the next physical line is taken for the next row.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tidewaiter.intake.encoding import Utf8Blocks
from tidewaiter.intake.rejects import RAW_BYTES, Reason, Reject

ROW_FIELDS = 4
"""A row may be this many times as long as a field may be."""
NEW_LINE = 10
PIECE_BYTES = 256 * 1024
"""Size of the pieces in which a block with a broken row is read."""


@dataclass(frozen=True)
class Dialect:
    """How the fields of a text are set apart. Both are one ASCII character; an empty ``quote`` means none."""

    delimiter: str = ","
    quote: str = '"'


@dataclass
class Rows:
    """Rows of a text: ``fields`` has a string column for each field, ``numbers`` the row numbers (the header is 1)."""

    fields: pa.Table
    numbers: np.ndarray
    rejects: list[Reject] = field(default_factory=list)


@dataclass(frozen=True)
class _Broken:
    """A row that is refused, and why."""

    reason: Reason
    message: str
    raw: bytes


class RecordStream:
    """The rows of one delimited text, block by block, in bounded memory."""

    def __init__(self, blocks: Utf8Blocks, dialect: Dialect, name: str, max_field_bytes: int) -> None:
        self._blocks = blocks
        self._dialect = dialect
        self._name = name
        self._max_field = max_field_bytes
        self._max_row = max_field_bytes * ROW_FIELDS
        self._delimiter = dialect.delimiter.encode()
        self._quote = dialect.quote.encode()
        self._rest = b""
        self._row = 1
        self._ended = False
        self._too_long: bytes | None = None
        self._cut_row = b""

    def header(self) -> list[str] | Reject:
        """Read the first row. Blank rows before it are passed over."""
        self._fill()
        while self._rest:
            end, parsed = self._one_row(self._rest, 0)
            if end < 0 and not self._ended and len(self._rest) <= self._max_row:
                self._fill()
                continue
            number, self._row = self._row, self._row + 1
            raw, self._rest = self._rest, self._rest[end:] if end >= 0 else b""
            if isinstance(parsed, _Broken):
                return self._reject(number, parsed)
            if parsed is None and end < 0:
                return self._reject(number, _Broken(Reason.ROW_TOO_LONG, "the header does not end", raw[:RAW_BYTES]))
            if parsed:
                return parsed
            if not self._rest:
                self._fill()
        return []

    def first_width(self) -> int:
        """Count the fields of the first row without consuming it, for a text without a header."""
        self._fill()
        lines = self._rest.lstrip(b"\r\n")
        _, parsed = self._one_row(lines, 0)
        if isinstance(parsed, list):
            return len(parsed)
        return lines.split(b"\n", 1)[0].count(self._delimiter) + 1 if lines else 0

    def rows(self, width: int) -> Iterator[Rows]:
        """Give the remaining rows, which must have ``width`` fields each."""
        while True:
            if self._too_long is not None:
                yield self._pass_over()
            limit = len(self._rest)
            while self._rest and self._too_long is None:
                before = len(self._rest)
                found = self._bulk(width, limit)
                if found is None:
                    # One broken row must not cost the whole block: go on in pieces.
                    found = self._bulk(width, PIECE_BYTES) if limit > PIECE_BYTES else None
                    limit = PIECE_BYTES
                found = found or self._careful(width, limit)
                if found.fields.num_rows or found.rejects:
                    yield found
                if len(self._rest) == before:
                    break
            if self._ended and not self._rest and self._too_long is None:
                break
            self._fill()
        if self._blocks.damage is not None:
            damage = self._blocks.damage
            yield _refused([Reject(damage.reason, self._name, str(self._row), damage.message, self._cut_row)])

    def _fill(self) -> None:
        block = self._blocks.next_block()
        self._rest += block
        if not block and not self._ended:
            self._ended = True
            if self._blocks.damage is not None:
                # What stands after the last whole line may be half a row: it is kept with the reject.
                whole = self._rest.rfind(b"\n") + 1
                self._rest, self._cut_row = self._rest[:whole], self._rest[whole : whole + RAW_BYTES]

    def _bulk(self, width: int, limit: int) -> Rows | None:
        """Parse all complete rows at once; None where the careful parser must look at them."""
        text = self._rest[:limit]
        final = self._ended and len(text) == len(self._rest)
        data = np.frombuffer(text, dtype=np.uint8)
        ends = np.flatnonzero(data == NEW_LINE)
        quotes = np.empty(0, dtype=np.int64)
        if self._quote and self._quote in text:
            quotes = np.flatnonzero(data == self._quote[0])
            ends = ends[np.searchsorted(quotes, ends) % 2 == 0]
        if final and text and text[-1] != NEW_LINE:
            ends = np.append(ends, len(text))
        if not ends.size:
            return None
        stop = min(int(ends[-1]) + 1, len(text))
        if _odd_rows(text[:stop], data, ends) or not self._well_quoted(data, quotes, stop):
            return None
        table = self._parse(text[:stop], width)
        if table is None or table.num_rows != ends.size:
            return None
        if any(_longest(column) > self._max_field for column in table.columns):
            return None
        numbers = np.arange(self._row, self._row + ends.size)
        self._row += int(ends.size)
        self._rest = self._rest[stop:]
        return Rows(table, numbers)

    def _well_quoted(self, data: np.ndarray, quotes: np.ndarray, stop: int) -> bool:
        """Say whether every quotation mark before ``stop`` opens or closes a field, or is one of a doubled pair."""
        quotes = quotes[: np.searchsorted(quotes, stop)]
        if quotes.size % 2:
            return False
        border = np.zeros(256, dtype=bool)
        border[[self._delimiter[0], NEW_LINE]] = True
        opening, closing = quotes[::2], quotes[1::2]
        doubled = np.zeros(opening.size, dtype=bool)
        doubled[1:] = opening[1:] == closing[:-1] + 1
        starts = doubled | (opening == 0) | border[data[opening - 1]]
        border[13] = True
        after = np.minimum(closing + 1, data.size - 1)
        stops = np.append(doubled[1:], False) | (closing + 1 >= stop) | border[data[after]]
        return bool(starts.all() and stops.all())

    def _parse(self, block: bytes, width: int) -> pa.Table | None:
        names = [str(number) for number in range(width)]
        quoting = self._dialect.quote or False
        try:
            return pa.csv.read_csv(
                pa.py_buffer(block),
                pa.csv.ReadOptions(column_names=names, block_size=len(block) + 1, use_threads=False),
                pa.csv.ParseOptions(
                    delimiter=self._dialect.delimiter, quote_char=quoting, newlines_in_values=bool(quoting)
                ),
                pa.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=True
                ),
            )
        except pa.ArrowInvalid:
            return None  # some row is broken: the careful parser finds out which

    def _careful(self, width: int, limit: int) -> Rows:
        text, at = self._rest, 0
        kept: list[list[str]] = []
        numbers: list[int] = []
        rejects: list[Reject] = []
        while at < min(limit, len(text)):
            end, parsed = self._one_row(text, at)
            if end < 0:
                if len(text) - at > self._max_row:
                    self._too_long, at = text[at : at + self._max_row], len(text)
                break
            number, self._row = self._row, self._row + 1
            if isinstance(parsed, list) and parsed and len(parsed) != width:
                words = f"the row has {len(parsed)} fields, the header {width}"
                parsed = _Broken(Reason.WRONG_FIELD_COUNT, words, text[at : min(end, at + RAW_BYTES)])
            if isinstance(parsed, _Broken):
                rejects.append(self._reject(number, parsed))
            elif parsed:
                kept.append(parsed)
                numbers.append(number)
            at = end
        self._rest = text[at:]
        columns = list(zip(*kept, strict=True)) or [()] * width
        arrays = [pa.array(column, pa.string()) for column in columns]
        table = pa.Table.from_arrays(arrays, [str(number) for number in range(width)])
        return Rows(table, np.array(numbers, dtype=np.int64), rejects)

    def _one_row(self, text: bytes, at: int) -> tuple[int, list[str] | _Broken | None]:
        """Parse the row that starts at a place.

        Gives where the next row starts (-1: the text ends before the row does, and more is to come) and the fields;
        None for a blank row.
        """
        line_end = text.find(b"\n", at)
        if line_end < 0:
            if not self._ended:
                return -1, None
            line_end = len(text)
        stop = min(line_end + 1, len(text))
        line = text[at:line_end].removesuffix(b"\r")
        if not line:
            return stop, None
        if len(line) > self._max_row:
            return stop, _Broken(*self._length_problem(line[: self._max_row]), line[:RAW_BYTES])
        if self._quote and self._quote in line:
            end, fields = self._quoted_row(text, at, line_end)
        else:
            end, fields = stop, line.split(self._delimiter)
        if isinstance(fields, list):
            return end, self._checked(fields, text[at:end])
        return (-1, None) if end < 0 else (stop, fields)

    def _quoted_row(self, text: bytes, at: int, line_end: int) -> tuple[int, list[bytes] | _Broken | None]:
        """Parse a row with quotation marks; where they are broken, its first line alone is refused."""
        start, first_line = at, text[at : min(line_end, at + RAW_BYTES)]
        fields: list[bytes] = []
        while True:
            if text[at : at + 1] == self._quote:
                close = self._closing_quote(text, at + 1)
                too_far = len(text) - start > self._max_row if close is None else close - start > self._max_row
                if too_far or (close is None and self._ended):
                    return 0, _Broken(Reason.UNCLOSED_QUOTE, "a quotation mark is not closed", first_line)
                if close is None:
                    return -1, None
                fields.append(text[at + 1 : close].replace(self._quote * 2, self._quote))
                end = close + 1
            else:
                end = self._unquoted_end(text, at)
                if end < 0:
                    return -1, None
                value = text[at:end]
                fields.append(value.removesuffix(b"\r") if text[end : end + 1] != self._delimiter else value)
            ends_row, at = self._after(text, end)
            if at < 0:
                return -1, None
            if at == end:
                return 0, _Broken(Reason.MALFORMED_QUOTE, "text follows a closing quotation mark", first_line)
            if ends_row:
                return min(at, len(text)), fields

    def _unquoted_end(self, text: bytes, at: int) -> int:
        line_end = self._line_end(text, at)
        delimiter = text.find(self._delimiter, at, line_end if line_end >= 0 else len(text))
        return delimiter if delimiter >= 0 else line_end

    def _after(self, text: bytes, end: int) -> tuple[bool, int]:
        """Say whether the row ends after a field, and where to go on: -1 not known yet, ``end`` neither ends there."""
        follows = text[end : end + 2]
        if follows[:1] == self._delimiter:
            return False, end + 1
        if follows[:1] == b"\n":
            return True, end + 1
        if follows == b"\r\n":
            return True, end + 2
        if follows in (b"", b"\r"):
            return True, end + 2 if self._ended else -1
        return False, end

    def _closing_quote(self, text: bytes, at: int) -> int | None:
        while True:
            at = text.find(self._quote, at)
            if at < 0:
                return None
            if text[at + 1 : at + 2] != self._quote:
                return at
            at += 2

    def _line_end(self, text: bytes, at: int) -> int:
        end = text.find(b"\n", at)
        return end if end >= 0 or not self._ended else len(text)

    def _checked(self, fields: list[bytes], raw: bytes) -> list[str] | _Broken:
        shown = raw[:RAW_BYTES]
        if any(len(value) > self._max_field for value in fields):
            words = f"a field is longer than {self._max_field} bytes"
            return _Broken(Reason.FIELD_TOO_LONG, words, shown)
        if b"\0" in raw:
            return _Broken(Reason.EMBEDDED_NULL, "the row holds a null character", shown)
        try:
            return [value.decode() for value in fields]
        except UnicodeDecodeError:
            words = f"the row is not in the encoding of the file ({self._blocks.encoding})"
            return _Broken(Reason.WRONG_ENCODING, words, shown)

    def _pass_over(self) -> Rows:
        """Go to the end of a line that is too long to hold, and refuse it."""
        start = self._too_long or b""
        while (end := self._rest.find(b"\n")) < 0 and not self._ended:
            self._rest = b""
            self._fill()
        self._rest = self._rest[end + 1 :] if end >= 0 else b""
        self._too_long = None
        reason, words = self._length_problem(start)
        number, self._row = self._row, self._row + 1
        return _refused([self._reject(number, _Broken(reason, words, start[:RAW_BYTES]))])

    def _length_problem(self, start: bytes) -> tuple[Reason, str]:
        if any(len(value) > self._max_field for value in start.split(self._delimiter)):
            return Reason.FIELD_TOO_LONG, f"a field is longer than {self._max_field} bytes"
        return Reason.ROW_TOO_LONG, f"the row is longer than {self._max_row} bytes"

    def _reject(self, number: int, broken: _Broken) -> Reject:
        raw: str | bytes = broken.raw.rstrip(b"\r\n")
        with suppress(UnicodeDecodeError):
            raw = broken.raw.rstrip(b"\r\n").decode("utf-8", "surrogatepass")
        return Reject(broken.reason, self._name, str(number), broken.message, raw)


def _refused(rejects: list[Reject]) -> Rows:
    return Rows(pa.table({}), np.empty(0, dtype=np.int64), rejects)


def _odd_rows(text: bytes, data: np.ndarray, ends: np.ndarray) -> bool:
    """Say whether there are null characters, lone carriage returns or blank rows."""
    if b"\0" in text or text.count(b"\r") != text.count(b"\r\n"):
        return True
    lengths = np.diff(ends, prepend=-1) - 1
    return bool(((lengths == 0) | ((lengths == 1) & (data[np.maximum(ends - 1, 0)] == 13))).any())


def _longest(column: pa.ChunkedArray) -> int:
    return pc.max(pc.binary_length(column)).as_py() or 0
