"""Read delimited text (CSV, TSV) with a mapping."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import polars as pl
import pyarrow as pa

from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.encoding import Utf8Blocks
from tidewaiter.intake.mapping import (
    Mapping,
    MappingError,
    Origin,
    Table,
    apply_mapping,
    fits,
    for_header,
    group_starts,
    load_mapping,
    mapping_for,
    shipped_mappings,
)
from tidewaiter.intake.reading import ReadBatch, ReadOptions, Source
from tidewaiter.intake.records import Dialect, RecordStream
from tidewaiter.intake.rejects import Reason, Reject, no_consignments, only_rejects, reject_batch

SUFFIXES = {".csv", ".tsv", ".tab", ".psv", ".txt"}
DELIMITERS = (",", ";", "\t", "|")


class Refused(Exception):
    """The whole source is refused, for the reason in its reject."""

    def __init__(self, reject: Reject) -> None:
        super().__init__(reject.message)
        self.reject = reject


@dataclass(frozen=True)
class _Opening:
    """What the header of a text settles."""

    mapping: Mapping
    dialect: Dialect
    header: list[str]


class DelimitedReader:
    """Text with a delimiter, one row a line, and a header unless the mapping says that there is none."""

    name = "CSV"

    def recognises(self, source: Source) -> bool:
        """Say whether the source is delimited text: by its suffix, or by a header that a shipped mapping knows."""
        if source.suffixes[-1:] and source.suffixes[-1] in SUFFIXES:
            return True
        head = source.head(16 * 1024)
        if head[:1] in (b"<", b"{", b"[") or head[:4] == b"PAR1":
            return False
        first_line = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip("\ufeff\r")
        return any(mapping_for(_plain_header(first_line, delimiter)) for delimiter in DELIMITERS)

    def read(self, source: Source, options: ReadOptions) -> Iterator[ReadBatch]:
        """Read the rows in batches. Positions are row numbers as a spreadsheet counts them: the header is row 1."""
        try:
            with source.open() as stream:
                yield from self._batches(source, stream, options)
        except DamagedInput as error:
            yield only_rejects([Reject(error.reason, source.name, "", error.message)])
        except Refused as error:
            yield only_rejects([error.reject])

    def _batches(self, source: Source, stream: BinaryIO, options: ReadOptions) -> Iterator[ReadBatch]:
        named = _named_mapping(source, options)
        blocks = Utf8Blocks(stream, named.encoding if named else "auto")
        opening, records = _open(source, blocks, named, options)
        if opening is None:
            yield from _without_header(source, blocks)
            return
        mapping, width = opening.mapping, len(opening.header)
        origin = Origin(source.name, options.administration)
        held: Table | None = None
        for rows in records.rows(width):
            if rows.rejects:
                rejects = reject_batch(rows.rejects)
                yield ReadBatch(rejects.num_rows, 0, no_consignments(), rejects)
            if not rows.fields.num_rows:
                continue
            table = _table(opening.header, rows.fields, rows.numbers)
            table = table if held is None else _joined(held, table)
            table, held = _whole_groups(mapping, table)
            yield from _in_batches(mapping, table, origin, options.batch_rows)
        if held is not None:
            yield from _in_batches(mapping, held, origin, options.batch_rows)


def _named_mapping(source: Source, options: ReadOptions) -> Mapping | None:
    if options.mapping is None:
        return None
    try:
        return load_mapping(options.mapping)
    except MappingError as error:
        raise Refused(Reject(Reason.INVALID_MAPPING, source.name, "", str(error))) from error


def _open(
    source: Source, blocks: Utf8Blocks, named: Mapping | None, options: ReadOptions
) -> tuple[_Opening | None, RecordStream]:
    """Settle delimiter, header and mapping; None for a text without any row."""
    quote = named.quote if named else '"'
    sniffed = blocks.peek()
    delimiter = (named and named.delimiter) or _delimiter(sniffed, named)
    dialect = Dialect(delimiter, quote)
    records = RecordStream(blocks, dialect, source.name, options.max_field_bytes)
    if named is not None and not named.header:
        width = records.first_width()
        return (_opening(source, named, dialect, [str(at + 1) for at in range(width)]) if width else None), records
    header = records.header()
    if isinstance(header, Reject):
        raise Refused(header)
    if not header:
        return None, records
    header = [name.strip() for name in header]
    mapping = named or mapping_for(header)
    if mapping is None:
        shown = ", ".join(header)[:400]
        words = (
            f"no shipped mapping ({', '.join(shipped_mappings())}) fits the columns {shown}; name one with --mapping"
        )
        raise Refused(Reject(Reason.NO_MAPPING, source.name, "1", words, dialect.delimiter.join(header)))
    return _opening(source, mapping, dialect, header), records


def _opening(source: Source, mapping: Mapping, dialect: Dialect, header: list[str]) -> _Opening:
    def refuse(reason: Reason, words: str) -> Refused:
        return Refused(Reject(reason, source.name, "1", words, dialect.delimiter.join(header)))

    try:
        mapping = for_header(mapping, header)
    except MappingError as error:
        raise refuse(Reason.INVALID_MAPPING, str(error)) from error
    used = {column.source for column in mapping.columns} | {*mapping.group, *mapping.group_also}
    twice = sorted(name for name in used if header.count(name) > 1)
    if twice:
        raise refuse(Reason.DUPLICATE_HEADER, f"the header has more than one column {_quoted(twice)}")
    needed = {column.source for column in mapping.columns if column.required} | {*mapping.group, *mapping.group_also}
    missing = sorted(needed - set(header))
    if missing:
        words = f"the mapping {mapping.name} needs the columns {_quoted(missing)}, which are not there"
        raise refuse(Reason.MISSING_COLUMN, words)
    return _Opening(mapping, dialect, header)


def _delimiter(sample: bytes, named: Mapping | None) -> str:
    """Find the delimiter under which the first line is the header of a mapping; else the most frequent one in it."""
    line = sample.lstrip(b"\r\n").split(b"\n", 1)[0].decode("utf-8", "replace").strip("\r")
    for delimiter in DELIMITERS:
        header = _plain_header(line, delimiter)
        if fits(named, header) if named is not None else mapping_for(header):
            return delimiter
    return max(DELIMITERS, key=line.count)


def _plain_header(line: str, delimiter: str) -> list[str]:
    return [name.strip().strip('"') for name in line.split(delimiter)]


def _without_header(source: Source, blocks: Utf8Blocks) -> Iterator[ReadBatch]:
    if blocks.damage is not None:
        yield only_rejects([Reject(blocks.damage.reason, source.name, "1", blocks.damage.message)])
    else:
        yield ReadBatch(read=0, accepted=0, consignments=no_consignments())


def _table(header: list[str], fields: pa.Table, numbers: np.ndarray) -> Table:
    frame = pl.from_arrow(fields)
    assert isinstance(frame, pl.DataFrame)
    return Table(dict(zip(header, frame.get_columns(), strict=True)), numbers)


def _joined(first: Table, second: Table) -> Table:
    columns = {name: pl.concat([first.columns[name], second.columns[name]]) for name in second.columns}
    return Table(columns, np.concatenate([first.positions, second.positions]))


def _slice(table: Table, start: int, stop: int) -> Table:
    columns = {name: column[start:stop] for name, column in table.columns.items()}
    return Table(columns, table.positions[start:stop])


def _whole_groups(mapping: Mapping, table: Table) -> tuple[Table, Table | None]:
    """Hold back the rows of the last consignment: more of them may follow."""
    if not mapping.group:
        return table, None
    last = int(group_starts(mapping, table)[-1])
    return _slice(table, 0, last), _slice(table, last, table.rows)


def _in_batches(mapping: Mapping, table: Table, origin: Origin, size: int) -> Iterator[ReadBatch]:
    """Apply the mapping to pieces of at most ``size`` rows that cut no consignment in two, unless one is larger."""
    starts = np.append(group_starts(mapping, table), table.rows)
    at = 0
    while at < starts.size - 1:
        upto = max(int(np.searchsorted(starts, starts[at] + size, side="right")) - 1, at + 1)
        yield apply_mapping(mapping, _slice(table, int(starts[at]), int(starts[upto])), origin)
        at = upto


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


READER = DelimitedReader()
