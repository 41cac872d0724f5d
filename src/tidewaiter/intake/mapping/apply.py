"""Apply a mapping: a table of texts in, consignments, inspections and rejects out."""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake import identity
from tidewaiter.intake.mapping.assemble import Elements, Slot, arrow, constant, interleave, list_column, ordered
from tidewaiter.intake.mapping.column import Column
from tidewaiter.intake.mapping.language import Mapping
from tidewaiter.intake.mapping.targets import Target
from tidewaiter.intake.mapping.values import Values, cleaned, convert
from tidewaiter.intake.reading import ReadBatch
from tidewaiter.intake.rejects import Reason, Reject, reject_batch
from tidewaiter.schemas import CONSIGNMENT, GOODS_ITEM, INSPECTION, PARTY, ROUTE_LEG
from tidewaiter.schemas.nested import ordinal

MOST_ITEMS = 9_999
"""Rows that one declaration may have at the most; the rest is refused. No customs system takes more."""


@dataclass(frozen=True)
class Table:
    """Rows as texts: a string column for each name, and the position of each row in its source."""

    columns: dict[str, pl.Series]
    positions: np.ndarray

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.positions.size)


@dataclass(frozen=True)
class Origin:
    """Where a table comes from, and what to assume where it is silent."""

    source_name: str
    administration: str | None = None


def apply_mapping(mapping: Mapping, table: Table, origin: Origin) -> ReadBatch:
    """Turn rows into a batch; ``read`` is the number of rows.

    Consecutive rows of one group make one consignment (`group_starts`). A value that does not convert
    is null and flagged. Rows that no reference, goods or administration identifies are refused, with all rows of their
    consignment.
    """
    return _Application(mapping, table, origin).batch()


def group_starts(mapping: Mapping, table: Table) -> np.ndarray:
    """Give the first row of each consignment.

    Rows belong together while the first filled column of ``group`` and all columns of ``group_also`` stay the same.
    A row in which the former are all empty stands alone.
    """
    if not mapping.group or not table.rows:
        return np.arange(table.rows)
    wanted = dict.fromkeys((*mapping.group, *mapping.group_also))
    frame = pl.DataFrame([cleaned(table.columns[name], mapping.null).alias(name) for name in wanted])
    marked = [pl.concat_str(pl.lit(f"{at}:"), pl.col(name)) for at, name in enumerate(mapping.group)]
    frame = frame.select(
        pl.coalesce(marked).alias("key"), *[pl.col(name).alias(f":{name}") for name in mapping.group_also]
    )
    differs = pl.any_horizontal(pl.all().ne_missing(pl.all().shift(1))) | pl.col("key").is_null()
    new = frame.select(differs.alias("new"))["new"].to_numpy().copy()
    new[0] = True
    return np.flatnonzero(new)


class _Application:
    """One mapping on one table: rows, then messages (groups of rows), then the columns of the schema."""

    def __init__(self, mapping: Mapping, table: Table, origin: Origin) -> None:
        self._table = table
        self._origin = origin
        self._starts = group_starts(mapping, table)
        counts = np.diff(np.append(self._starts, table.rows))
        self._counts = counts
        self._message = np.repeat(np.arange(self._starts.size), counts)
        self._grouped = self._starts.size < table.rows
        self._found: dict[Target, tuple[Column, Values]] = {}
        self._references_found: list[tuple[Target, pl.DataFrame]] = []
        for column in mapping.columns:
            if column.source in table.columns:
                self._take(column, cleaned(table.columns[column.source], mapping.null))
        self._constants = {target: self._constant(target, text) for target, text in mapping.constants}
        self._flags: list[tuple[np.ndarray, str, pa.Array]] = []

    @property
    def _messages(self) -> int:
        return int(self._starts.size)

    def batch(self) -> ReadBatch:
        goods = self._goods()
        references = self._references()
        administration = self._administration()
        identified = np.zeros(self._messages, dtype=bool)
        identified[references.message] = True
        identified[goods.message] = True
        placed = administration.is_not_null().to_numpy()
        kept = identified & placed & (self._counts <= MOST_ITEMS)
        columns = self._columns(administration, goods, references)
        consignments = pa.RecordBatch.from_arrays([columns[name] for name in CONSIGNMENT.names], schema=CONSIGNMENT)
        inspections = self._inspections(columns, kept)
        if not kept.all():
            consignments = consignments.filter(pa.array(kept))
        rejects = self._rejects(identified, placed, kept)
        accepted = int(self._counts[kept].sum())
        return ReadBatch(self._table.rows, accepted, consignments, rejects, inspections)

    def _take(self, column: Column, text: pl.Series) -> None:
        if column.target.section != "references":
            self._found[column.target] = (column, convert(text, column))
            return
        cells = pl.DataFrame({"message": self._message, "value": text})
        if column.split is not None:
            cells = cells.with_columns(pl.col("value").str.split(column.split)).explode("value")
            cells = cells.with_columns(pl.col("value").str.strip_chars()).filter(pl.col("value") != "")
        role = pl.lit(column.target.role).alias("type")
        self._references_found.append((column.target, cells.drop_nulls().with_columns(role)))

    def _constant(self, target: Target, text: str) -> object:
        return convert(pl.Series([text]), Column("", target)).value.to_list()[0]

    def _value(self, target: Target, kind: pa.DataType, *, rows: bool = False) -> pa.Array:
        """Give a place's values, one a message (or one a row); the constant where the cell is empty."""
        length = self._table.rows if rows else self._messages
        fixed = self._constants.get(target)
        if target not in self._found:
            return constant(fixed, kind, length)
        value = self._found[target][1].value
        if fixed is not None:
            value = value.fill_null(fixed)
        return arrow(value if rows or not self._grouped else value.gather(self._starts), kind)

    def _at_messages(self, series: pl.Series) -> pl.Series:
        return series.gather(self._starts) if self._grouped else series

    def _section(self, section: str) -> dict[Target, tuple[Column, Values]]:
        return {target: found for target, found in self._found.items() if target.section == section}

    def _goods(self) -> Elements:
        found = self._section("goods")
        present = np.zeros(self._table.rows, dtype=bool)
        for _, values in found.values():
            present |= values.present.to_numpy()
        rows = np.flatnonzero(present)
        message = self._message[rows]
        running = np.minimum(ordinal(message), MOST_ITEMS + 1)
        fields: dict[str, pa.Array] = {}
        for field in GOODS_ITEM:
            values = self._value(Target("goods", "", 1, field.name), field.type, rows=True)
            fields[field.name] = values if rows.size == self._table.rows else values.take(pa.array(rows))
        declared = pl.from_arrow(fields["sequence"])
        assert isinstance(declared, pl.Series)
        fields["sequence"] = arrow(declared.fill_null(pl.Series(running, dtype=pl.Int16)), pa.int16())
        sequence = np.zeros(self._table.rows, dtype=np.int64)
        sequence[rows] = fields["sequence"].to_numpy(zero_copy_only=False)
        for target, (_, values) in found.items():
            self._flag(values.bad.to_numpy(), values.flag, target, sequence)
        return Elements(message, fields)

    def _references(self) -> Elements:
        found = list(self._references_found)
        for target, text in self._constants.items():
            if target.section == "references":
                everywhere = {"message": np.arange(self._messages), "value": [text] * self._messages}
                found.append((target, pl.DataFrame(everywhere).with_columns(type=pl.lit(target.role))))
        if not found:
            return Elements(np.empty(0, dtype=np.int64), {})
        frames = [frame for _, frame in sorted(found, key=lambda pair: pair[0].rank)]
        frame = frames[0] if len(frames) == 1 else pl.concat(frames).sort("message", maintain_order=True)
        if self._grouped:
            # Each row of a declaration repeats its number; a second container is a second reference.
            frame = frame.unique(maintain_order=True)
        fields = {name: arrow(frame[name], pa.string()) for name in ("type", "value")}
        return Elements(frame["message"].to_numpy(), fields)

    def _slots(self, section: str, schema: pa.StructType) -> Elements:
        """Build the parties or the route: one slot for each role and number that a column fills."""
        by_slot: dict[tuple[str, int], list[Target]] = {}
        for target in sorted(self._section(section), key=lambda target: target.rank):
            by_slot.setdefault((target.role, target.number), []).append(target)
            _, values = self._found[target]
            self._flag(values.bad.to_numpy(), values.flag, target)
        for target in self._constants:
            if target.section == section and section == "route":
                by_slot.setdefault((target.role, target.number), [])
        slots = []
        for (role, number), targets in by_slot.items():
            present = np.full(self._messages, not targets)
            for target in targets:
                present |= self._at_messages(self._found[target][1].present).to_numpy()
            fields: dict[str, Slot] = {"role": role}
            for field in schema:
                if field.name not in ("role", "sequence"):
                    place = Target(section, role, number, field.name)
                    found = place in self._found
                    fields[field.name] = self._value(place, field.type) if found else self._constants.get(place)
            slots.append((present, fields))
        elements = interleave(self._messages, slots, schema)
        if section == "route" and slots:
            elements.fields["sequence"] = pa.array(ordinal(elements.message), pa.int16())
        return elements

    def _administration(self) -> pl.Series:
        value = pl.from_arrow(self._value(Target("", "", 1, "administration"), pa.string()))
        assert isinstance(value, pl.Series)
        return value if self._origin.administration is None else value.fill_null(self._origin.administration)

    def _columns(self, administration: pl.Series, goods: Elements, references: Elements) -> dict[str, pa.Array]:
        columns: dict[str, pa.Array] = {}
        for field in CONSIGNMENT:
            target = Target("", "", 1, field.name)
            if not pa.types.is_list(field.type):
                columns[field.name] = self._value(target, field.type)
            if target in self._found:
                values = self._found[target][1]
                self._flag(values.bad.to_numpy(), values.flag, target)
                self._flag_contradictions(target, values)
        for target, (_, values) in self._section("inspection").items():
            self._flag(values.bad.to_numpy(), values.flag, target)
        self._offsets(columns)
        columns["function"] = columns["function"].fill_null(MessageFunction.ORIGINAL.value)
        for name in ("partial", "synthetic"):
            columns[name] = columns[name].fill_null(False)
        columns["administration"] = arrow(administration.fill_null(""), pa.string())
        columns["source_file"] = constant(self._origin.source_name, pa.string(), self._messages)
        first = pl.Series("position", self._table.positions[self._starts])
        columns["source_position"] = arrow(first.cast(pl.String), pa.string())
        columns["source_rows"] = pa.array(self._counts, pa.int32())
        columns["goods"] = list_column("goods", goods, self._messages)
        columns["references"] = list_column("references", references, self._messages)
        parties = self._slots("parties", PARTY)
        columns["parties"] = list_column("parties", parties, self._messages)
        columns["route"] = list_column("route", self._slots("route", ROUTE_LEG), self._messages)
        self._identify(columns, first, references, parties)
        columns["flags"] = list_column("flags", self._all_flags(), self._messages)
        return columns

    def _offsets(self, columns: dict[str, pa.Array]) -> None:
        """Fill the offset beside each stamp, unless a column of its own does."""
        for stamp in ("lodged", "presented"):
            found = self._found.get(Target("", "", 1, f"{stamp}_at"))
            if found is not None and found[1].offset is not None:
                derived = arrow(self._at_messages(found[1].offset), pa.int16())
                columns[f"{stamp}_offset"] = pc.coalesce(columns[f"{stamp}_offset"], derived)

    def _identify(
        self, columns: dict[str, pa.Array], first: pl.Series, references: Elements, parties: Elements
    ) -> None:
        frame = pl.DataFrame({"administration": pl.from_arrow(columns["administration"]), "position": first})
        wanted = ("declaration_number", "functional_reference", *identity.TRANSPORT_REFERENCES)
        for kind in wanted:
            frame = frame.with_columns(_first_of(references, "type", kind, "value", self._messages))
        frame = frame.with_columns(
            _first_of(parties, "role", "declarant", "identifier", self._messages),
            message=identity.message_ids(self._origin.source_name, pl.col("position")),
        )
        ids = identity.consignment_ids(
            pl.col("administration"),
            pl.col("message"),
            declaration_number=pl.col("declaration_number"),
            functional_reference=pl.col("functional_reference"),
            declarant=pl.col("declarant"),
            transport={kind: pl.col(kind) for kind in identity.TRANSPORT_REFERENCES},
        )
        columns["message_id"] = arrow(frame["message"], pa.string())
        derived = arrow(frame.select(ids.alias("id"))["id"], pa.string())
        columns["consignment_id"] = pc.coalesce(columns["consignment_id"], derived)

    def _flag(self, bad: np.ndarray, code: str, target: Target, sequence: np.ndarray | None = None) -> None:
        rows = np.flatnonzero(bad)
        if not rows.size:
            return
        if sequence is None:
            where = constant(target.text, pa.string(), rows.size)
        else:
            names = pl.Series(sequence[rows]).cast(pl.String)
            where = arrow("goods[" + names + f"].{target.field}", pa.string())
        self._flags.append((self._message[rows], code, where))

    def _flag_contradictions(self, target: Target, values: Values) -> None:
        """Flag rows that say something else of the declaration than its first row, which counts."""
        if self._grouped:
            of_first = values.value.gather(self._starts[self._message])
            differs = values.value.ne_missing(of_first).to_numpy()
            once = np.unique(self._message[differs], return_index=True)[1]
            rows = np.zeros(self._table.rows, dtype=bool)
            rows[np.flatnonzero(differs)[once]] = True
            self._flag(rows, "contradicting_rows", target)

    def _all_flags(self) -> Elements:
        if not self._flags:
            return Elements(np.empty(0, dtype=np.int64), {})
        message = np.concatenate([rows for rows, _, _ in self._flags])
        codes = pa.concat_arrays([constant(code, pa.string(), rows.size) for rows, code, _ in self._flags])
        return ordered(message, {"code": codes, "field": pa.concat_arrays([where for _, _, where in self._flags])})

    def _inspections(self, columns: dict[str, pa.Array], kept: np.ndarray) -> pa.RecordBatch | None:
        finding = Target("inspection", "", 1, "finding")
        if finding not in self._found and self._constants.get(finding) is None:
            return None
        found = self._value(finding, pa.string(), rows=True)
        rows = np.flatnonzero(np.asarray(found.is_valid()) & kept[self._message])
        at, message = pa.array(rows), pa.array(self._message[rows])
        own = {"inspected_at", "channel", "finding", "severity", "office"}
        arrays: dict[str, pa.Array] = {
            field.name: self._value(Target("inspection", "", 1, field.name), field.type, rows=True).take(at)
            for field in INSPECTION
            if field.name in own
        }
        for name in ("consignment_id", "administration", "source_file", "synthetic"):
            arrays[name] = columns[name].take(message)
        arrays["office"] = pc.coalesce(arrays["office"], columns["office"].take(message))
        positions = pl.Series(self._table.positions[rows]).cast(pl.String)
        arrays["source_position"] = arrow(positions, pa.string())
        return pa.RecordBatch.from_arrays([arrays[name] for name in INSPECTION.names], schema=INSPECTION)

    def _rejects(self, identified: np.ndarray, placed: np.ndarray, kept: np.ndarray) -> pa.RecordBatch:
        rejects: list[Reject] = []
        for row in np.flatnonzero(~kept[self._message]).tolist():
            message = self._message[row]
            if not identified[message]:
                reason, words = Reason.NO_IDENTITY, ""
            elif not placed[message]:
                reason = Reason.MISSING_REQUIRED
                words = "no administration is named; give one with the input or in the mapping"
            else:
                reason = Reason.TOO_MANY_ITEMS
                words = f"the declaration has {self._counts[message]} rows, more than {MOST_ITEMS}"
            raw = "\t".join(str(column[row]) for column in self._table.columns.values() if column[row] is not None)
            rejects.append(Reject(reason, self._origin.source_name, str(self._table.positions[row]), words, raw))
        return reject_batch(rejects)


def _first_of(elements: Elements, key: str, wanted: str, field: str, messages: int) -> pl.Series:
    """Give, for each message, the field of its first element of one kind."""
    name = wanted
    if key not in elements.fields or field not in elements.fields:
        return pl.Series(name, [None] * messages, dtype=pl.String)
    hit = np.flatnonzero(pc.equal(elements.fields[key], wanted).to_numpy(zero_copy_only=False))
    message, first = np.unique(elements.message[hit], return_index=True)
    at = np.full(messages, -1)
    at[message] = hit[first]
    values = pl.from_arrow(elements.fields[field])
    assert isinstance(values, pl.Series)
    return values.gather(pl.Series(at).set(pl.Series(at) < 0, None)).alias(name)
