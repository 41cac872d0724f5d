"""Read JSON Lines: one object a line, in the shape of the consignment schema or as a mapping describes it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import MessageFunction, PartyRole, ReferenceType
from tidewaiter.intake.compression import DamagedInput
from tidewaiter.intake.encoding import Utf8Blocks
from tidewaiter.intake.identity import TRANSPORT_REFERENCES, consignment_id, message_id
from tidewaiter.intake.mapping import Mapping, MappingError, Origin, Table, apply_mapping, load_mapping
from tidewaiter.intake.reading import ReadBatch, ReadOptions, Source
from tidewaiter.intake.rejects import RAW_BYTES, SENTENCES, Reason, Reject, only_rejects, reject_batch
from tidewaiter.intake.shape import Misshapen, shaped
from tidewaiter.schemas import CONSIGNMENT

LINE_FIELDS = 4
"""A line may be this many times as long as a field may be."""
BATCH_LINES = 8_192
"""Lines that are held as Python objects at a time."""
LINE = "line"
"""Name of the column that holds together the rows of one line, when a mapping is applied."""


class RefusedLine(ValueError):
    """A line that cannot be used."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class _Line:
    number: int
    text: bytes
    too_long: bool = False
    damage: DamagedInput | None = None


class JsonLinesReader:
    """JSON objects, one a line, in UTF-8 (or UTF-16 with a byte order mark). Blank lines count for positions only."""

    name = "JSON Lines"

    def recognises(self, source: Source) -> bool:
        """Say whether the source is JSON Lines: by its suffix, or because it begins with an object."""
        if source.suffixes[-1:] in ((".jsonl",), (".ndjson",), (".json",)):
            return True
        return not source.suffixes and _begins_with(source, b"{")

    def read(self, source: Source, options: ReadOptions) -> Iterator[ReadBatch]:
        """Read the lines in batches. Positions are line numbers from 1."""
        try:
            mapping = load_mapping(options.mapping) if options.mapping is not None else None
        except MappingError as error:
            yield only_rejects([Reject(Reason.INVALID_MAPPING, source.name, "", str(error))])
            return
        if _begins_with(source, b"["):
            words = "this is one JSON list; write one object a line, without brackets and commas around them"
            yield only_rejects([Reject(Reason.UNKNOWN_FORMAT, source.name, "1", words, source.head(512))])
            return
        try:
            with source.open() as stream:
                blocks = Utf8Blocks(stream, mapping.encoding if mapping else "auto")
                for objects, rejects in _parsed_lines(blocks, source, options):
                    if mapping is None or mapping.columns_are_targets:
                        yield _in_shape(objects, rejects, source, options)
                    else:
                        yield _mapped(mapping, objects, rejects, source, options)
        except DamagedInput as error:
            yield only_rejects([Reject(error.reason, source.name, "", error.message)])


def _begins_with(source: Source, character: bytes) -> bool:
    return source.head(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == character


def _parsed_lines(
    blocks: Utf8Blocks, source: Source, options: ReadOptions
) -> Iterator[tuple[list[tuple[int, dict[str, Any]]], list[Reject]]]:
    """Give the objects with their line numbers, and the refused lines, some thousand at a time."""
    objects: list[tuple[int, dict[str, Any]]] = []
    rejects: list[Reject] = []
    for line in _lines(blocks, options.max_field_bytes * LINE_FIELDS):
        try:
            objects.append((line.number, _parse(line)))
        except RefusedLine as error:
            rejects.append(Reject(error.reason, source.name, str(line.number), str(error), line.text[:RAW_BYTES]))
        if len(objects) + len(rejects) >= min(BATCH_LINES, options.batch_rows):
            yield objects, rejects
            objects, rejects = [], []
    if objects or rejects:
        yield objects, rejects


def _lines(blocks: Utf8Blocks, longest: int) -> Iterator[_Line]:
    """Give the lines that are not blank; of one that is too long its start alone."""
    number, rest, passing_over = 1, b"", False
    while block := blocks.next_block():
        *whole, rest = (rest + block).split(b"\n")
        for text in whole:
            if not passing_over and text.strip():
                yield _Line(number, text, too_long=len(text) > longest)
            passing_over = False
            number += 1
        if len(rest) > longest:
            if not passing_over:
                yield _Line(number, rest[:RAW_BYTES], too_long=True)
            passing_over, rest = True, b""
    if blocks.damage is not None:
        yield _Line(number, rest, damage=blocks.damage)  # what stands here may be half an object: it is not used
    elif rest.strip() and not passing_over:
        yield _Line(number, rest)


def _parse(line: _Line) -> dict[str, Any]:
    if line.too_long:
        raise RefusedLine(Reason.ROW_TOO_LONG, "the line is longer than allowed")
    if line.damage is not None:
        raise RefusedLine(line.damage.reason, line.damage.message)
    if b"\0" in line.text or b"\\u0000" in line.text:
        raise RefusedLine(Reason.EMBEDDED_NULL, "the line holds a null character")
    try:
        text = line.text.decode()
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_not_json)
        if "\\ud" in text or "\\uD" in text:
            json.dumps(found, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise RefusedLine(Reason.WRONG_ENCODING, f"the line is not UTF-8 (byte {error.start + 1})") from error
    except UnicodeEncodeError as error:
        raise RefusedLine(Reason.WRONG_ENCODING, "the line holds half a surrogate pair") from error
    except RecursionError as error:
        raise RefusedLine(Reason.TOO_DEEP, "the object is nested too deeply") from error
    except json.JSONDecodeError as error:
        raise RefusedLine(Reason.MALFORMED_JSON, f"{error.msg} at character {error.pos + 1}") from error
    except RefusedLine:
        raise
    except ValueError as error:
        raise RefusedLine(Reason.MALFORMED_JSON, str(error)) from error  # a whole number of thousands of digits
    if not isinstance(found, dict):
        raise RefusedLine(Reason.WRONG_STRUCTURE, "the line is not an object")
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RefusedLine(Reason.DUPLICATE_KEY, f'the key "{twice[:100]}" occurs twice in one object')
    return found


def _not_json(word: str) -> None:
    raise RefusedLine(Reason.MALFORMED_JSON, f"{word} is not JSON")


def _in_shape(
    objects: list[tuple[int, dict[str, Any]]], rejects: list[Reject], source: Source, options: ReadOptions
) -> ReadBatch:
    rows: list[dict[str, Any]] = []
    for number, found in objects:
        try:
            rows.append(_completed(shaped(found), number, source, options))
        except (Misshapen, RefusedLine) as error:
            reason = error.reason if isinstance(error, RefusedLine) else Reason.WRONG_STRUCTURE
            rejects.append(Reject(reason, source.name, str(number), str(error), json.dumps(found)[:RAW_BYTES]))
    rejects.sort(key=lambda reject: int(reject.source_position))
    consignments = pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)
    return ReadBatch(len(rows) + len(rejects), len(rows), consignments, reject_batch(rejects))


def _completed(row: dict[str, Any], number: int, source: Source, options: ReadOptions) -> dict[str, Any]:
    """Fill what is required and follows from the place of the line or from its references."""
    if not row["references"] and not row["goods"] and not row["consignment_id"]:
        raise RefusedLine(Reason.NO_IDENTITY, SENTENCES[Reason.NO_IDENTITY])
    row["administration"] = row["administration"] or options.administration
    if row["administration"] is None:
        words = "no administration is named; give one with the input or in the object"
        raise RefusedLine(Reason.MISSING_REQUIRED, words)
    message = message_id(source.name, number)
    by_type: dict[str, str] = {}
    for reference in row["references"]:
        by_type.setdefault(reference["type"], reference["value"])
    declarants = (party["identifier"] for party in row["parties"] if party["role"] == PartyRole.DECLARANT)
    transport = next(((kind, by_type[kind]) for kind in TRANSPORT_REFERENCES if kind in by_type), None)
    row["consignment_id"] = row["consignment_id"] or consignment_id(
        row["administration"],
        message,
        declaration_number=by_type.get(ReferenceType.DECLARATION_NUMBER),
        functional_reference=by_type.get(ReferenceType.FUNCTIONAL_REFERENCE),
        declarant=next(declarants, None),
        transport=transport,
    )
    row["message_id"] = row["message_id"] or message
    row["function"] = row["function"] or MessageFunction.ORIGINAL.value
    row["partial"], row["synthetic"] = bool(row["partial"]), bool(row["synthetic"])
    row["source_file"], row["source_position"], row["source_rows"] = source.name, str(number), 1
    return row


def _mapped(
    mapping: Mapping,
    objects: list[tuple[int, dict[str, Any]]],
    rejects: list[Reject],
    source: Source,
    options: ReadOptions,
) -> ReadBatch:
    """Apply a mapping whose columns are dotted paths. A path through a list gives one row an element."""
    names = {column.source for column in mapping.columns}
    rows: list[dict[str, str | None]] = []
    positions: list[int] = []
    for number, found in objects:
        cells = {name: _at(found, name.split(".")) for name in names}
        for at in range(max([1, *(len(cell) for cell in cells.values() if isinstance(cell, list))])):
            row = {name: _cell(cell, at) for name, cell in cells.items()}
            rows.append({**row, LINE: str(number)})
            positions.append(number)
    frame = pl.DataFrame(rows, schema=dict.fromkeys((*sorted(names), LINE), pl.String))
    table = Table({column.name: column for column in frame.get_columns()}, np.array(positions, dtype=np.int64))
    one_a_line = replace(mapping, group=(LINE,), group_also=())
    batch = apply_mapping(one_a_line, table, Origin(source.name, options.administration))
    at = CONSIGNMENT.get_field_index("source_rows")
    ones = pa.repeat(pa.scalar(1, pa.int32()), batch.consignments.num_rows)
    consignments = batch.consignments.set_column(at, CONSIGNMENT.field(at), ones)
    refused = {reject["source_position"]: reject for reject in batch.rejects.to_pylist()}
    raw = {str(number): found for number, found in objects}
    for position, reject in refused.items():
        shown = json.dumps(raw[position], ensure_ascii=False)
        rejects.append(Reject(Reason(reject["code"]), source.name, position, reject["message"], shown))
    read = len(objects) + len(rejects) - len(refused)
    return ReadBatch(read, consignments.num_rows, consignments, reject_batch(rejects), batch.inspections)


def _at(found: Any, path: list[str]) -> Any:
    """Give what stands at a path; through a list, what stands there in each element."""
    if isinstance(found, list):
        return [_at(element, path) for element in found]
    if not path:
        return found
    return _at(found.get(path[0]), path[1:]) if isinstance(found, dict) else None


def _cell(value: Any, at: int) -> str | None:
    if isinstance(value, list):
        value = value[at] if at < len(value) else None
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


READER = JsonLinesReader()
