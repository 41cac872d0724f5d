"""Read Parquet files of consignments."""

import io
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.compression import DamagedInput, read_up_to
from tidewaiter.intake.conform import by_halves, conform, unfit_rows
from tidewaiter.intake.identity import source_digest
from tidewaiter.intake.reading import ReadBatch, ReadOptions, Source
from tidewaiter.intake.rejects import Reason, Reject, no_consignments, only_rejects, reject_batch
from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.schemas.versioned import name_and_version

MAGIC = b"PAR1"
IN_MEMORY = 256 << 20
"""A compressed file or a member of an archive is held in memory up to this size: Parquet cannot be read as a stream."""
VERSION = 1
NEEDED = ("consignment_id", "goods", "references")
"""Columns without which a file is not one of consignments. The others have a default, or may be null."""
OURS = ("source_file", "source_position", "source_rows")
"""Columns that say where a message came from: always set by this reader."""


class ParquetReader:
    """Parquet with the consignment schema, or with some of its columns, others, or types that cast to it.

    Row groups are read one after another; what is exact is not copied. Rows that lack a required value are refused.
    """

    name = "Parquet"

    def recognises(self, source: Source) -> bool:
        """Say whether the source is Parquet, by its suffix or its first bytes."""
        return source.suffixes[-1:] in ((".parquet",), (".pq",)) or source.head(4) == MAGIC

    def read(self, source: Source, options: ReadOptions) -> Iterator[ReadBatch]:
        """Read the rows in batches. Positions are row numbers from 1."""
        done = 0
        try:
            with _open(source) as file:
                problem = _schema_problem(file.schema_arrow, options)
                if problem:
                    columns = ", ".join(file.schema_arrow.names)[:2000]
                    words = f"{problem}; the columns are: {columns}"
                    yield only_rejects([Reject(Reason.UNKNOWN_SCHEMA, source.name, "", words)])
                    return
                if not file.metadata.num_rows:
                    yield ReadBatch(read=0, accepted=0, consignments=no_consignments())
                wanted = [name for name in file.schema_arrow.names if name in CONSIGNMENT.names and name not in OURS]
                for batch in _batches(file, options.batch_rows, wanted):
                    yield _conformed(batch, done, source, options)
                    done += batch.num_rows
        except DamagedInput as error:
            yield only_rejects([Reject(error.reason, source.name, "", error.message)])
        except (pa.ArrowException, OSError, ValueError, KeyError) as error:
            # The last two come from names and metadata that are not UTF-8 or contradict each other.
            words = f"the Parquet file is damaged from row {done + 1} on; the rows before were read ({error})"
            yield only_rejects([Reject(Reason.CORRUPT_FILE, source.name, str(done + 1), words)])


def _batches(file: pq.ParquetFile, most: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    if file.num_row_groups == 1 and file.metadata.num_rows <= most:
        # The same in one go, which costs less.
        yield from file.read_row_group(0, columns, use_threads=False).combine_chunks().to_batches()
    else:
        yield from file.iter_batches(batch_size=most, columns=columns)


def _open(source: Source) -> pq.ParquetFile:
    if source.path is not None:
        # Not memory-mapped: a file that shrinks while it is read would end the process.
        return pq.ParquetFile(source.path, pre_buffer=False)
    with source.open() as stream:
        content, damage = read_up_to(stream, IN_MEMORY + 1)
    if damage is not None:
        raise damage
    if len(content) > IN_MEMORY:
        words = f"a compressed or archived Parquet file above {IN_MEMORY >> 20} MiB is not read; unpack it first"
        raise DamagedInput(Reason.UNKNOWN_FORMAT, words)
    return pq.ParquetFile(io.BytesIO(content), pre_buffer=False)


def _schema_problem(schema: pa.Schema, options: ReadOptions) -> str:
    """Say in words why a file is not one of consignments; empty if it is."""
    stamp = name_and_version(schema)
    if stamp is not None and (stamp[0] != "consignment" or stamp[1] > VERSION):
        return f"the file holds {stamp[0]}/{stamp[1]}, not consignment/{VERSION}"
    twice = sorted({name for name in schema.names if name in CONSIGNMENT.names and schema.names.count(name) > 1})
    if twice:
        return f"these columns occur more than once: {', '.join(twice)}"
    missing = [name for name in NEEDED if name not in schema.names]
    if "administration" not in schema.names and options.administration is None:
        missing.append("administration")
    if missing:
        return f"these columns of a consignment are missing: {', '.join(missing)}"
    for field in schema:
        if field.name in CONSIGNMENT.names and field.name not in OURS:
            wanted = CONSIGNMENT.field(field.name).type
            try:
                conform(pa.array([], field.type), wanted)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
                return f'the column "{field.name}" is {field.type}, which does not become {wanted}'
    return ""


def _conformed(batch: pa.RecordBatch, done: int, source: Source, options: ReadOptions) -> ReadBatch:
    def attempt(piece: pa.RecordBatch) -> pa.RecordBatch:
        return _in_schema(piece, source, options)

    pieces: list[pa.RecordBatch] = []
    rejects: list[Reject] = []
    named = "message_id" in batch.schema.names
    for start, conformed, original, problem in by_halves(batch, done, attempt):
        if conformed is None:
            rejects.append(_reject(Reason.WRONG_STRUCTURE, source, start, original, problem))
            continue
        placed = _placed(conformed, start, source, named=named)
        unfit = unfit_rows(placed)
        for row in np.flatnonzero(unfit).tolist():
            words = _missing(placed.slice(row, 1))
            rejects.append(_reject(Reason.MISSING_REQUIRED, source, start + row, original.slice(row, 1), words))
        pieces.append(placed.filter(pa.array(~unfit)) if unfit.any() else placed)
    if len(pieces) == 1:
        accepted = pieces[0]
    else:
        table = pa.Table.from_batches(pieces, CONSIGNMENT).combine_chunks()
        accepted = table.to_batches()[0] if table.num_rows else no_consignments()
    return ReadBatch(batch.num_rows, accepted.num_rows, accepted, reject_batch(rejects))


def _in_schema(batch: pa.RecordBatch, source: Source, options: ReadOptions) -> pa.RecordBatch:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    arrays: list[pa.Array] = []
    for field in CONSIGNMENT:
        if field.name in columns:
            arrays.append(conform(columns[field.name], field.type))
        else:
            arrays.append(_default(field, batch.num_rows, options))
    result = pa.RecordBatch.from_arrays(arrays, schema=CONSIGNMENT)
    result.validate(full=True)  # text that is not UTF-8 would stop a later step
    return result


def _default(field: pa.Field, length: int, options: ReadOptions) -> pa.Array:
    values: dict[str, object] = {
        "function": MessageFunction.ORIGINAL.value,
        "partial": False,
        "synthetic": False,
        "administration": options.administration,
        "source_rows": 1,
        # These are known once the row's place is (`_placed`).
        "message_id": "",
        "source_file": "",
        "source_position": "",
    }
    value = values.get(field.name)
    return pa.nulls(length, field.type) if value is None else pa.repeat(pa.scalar(value, field.type), length)


def _placed(batch: pa.RecordBatch, start: int, source: Source, *, named: bool) -> pa.RecordBatch:
    """Say where each row came from, and name the messages where the file does not."""
    positions = pa.array(np.arange(start + 1, start + 1 + batch.num_rows)).cast(pa.string())
    columns = dict(zip(CONSIGNMENT.names, batch.columns, strict=True))
    columns["source_file"] = pa.repeat(pa.scalar(source.name, pa.string()), batch.num_rows)
    columns["source_position"] = positions
    if not named:
        columns["message_id"] = pc.binary_join_element_wise(source_digest(source.name), positions, "-")
    return pa.RecordBatch.from_arrays(list(columns.values()), schema=CONSIGNMENT)


def _missing(row: pa.RecordBatch) -> str:
    names = [
        field.name
        for field, column in zip(CONSIGNMENT, row.columns, strict=True)
        if not field.nullable and column.null_count
    ]
    return f"required but null: {', '.join(names) or 'a field of a reference, party or leg'}"


def _reject(reason: Reason, source: Source, row: int, original: pa.RecordBatch, words: str) -> Reject:
    try:
        raw = str(original.to_pylist()[0])
    except (UnicodeDecodeError, ValueError, OverflowError):
        raw = ""  # text that is not UTF-8, or a time that has no name: there are no words for it
    return Reject(reason, source.name, str(row + 1), words, raw)


READER = ParquetReader()
