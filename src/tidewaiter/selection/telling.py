"""The sentences of many hits at once: each different one is made once, by ``wording.hit_sentence``."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import HitKind
from tidewaiter.schemas.nested import ordinal
from tidewaiter.selection.candidates import ORIGINS
from tidewaiter.selection.wording import Describers, hit_sentence, kind_of_field, place_of

_SLICE = 2_000
"""Consignments that are held as Python objects at a time."""
_LARGEST = 2**31 - 1
_REMEMBERED = 50_000
"""Sentences that are remembered at most."""

Said = dict[tuple[Any, ...], str]
"""Sentences by what decides them."""

# What a sentence depends on: no two hits that agree in these differ in their words.
_DECIDES = ["kind", "rule", "manner", "place", "text", "role", "type", "whose"]


def in_telling_order(hits: pa.Table, listed: pl.DataFrame) -> pl.DataFrame:
    """Give the hits that are told of each row, in their order: what ``reasons._in_order`` does, for many rows at once.

    ``hits`` is ``schemas.HIT``; ``listed`` has ``at``, the number of a row, ``message_id`` and ``rule``, the one that
    decided. The result is sorted by ``at`` and ``turn`` (from 0 in each row), and has the columns of a hit that its
    sentence needs, with the parts of ``field`` as ``place_of`` gives them in ``where``, ``number`` and ``part``.
    """
    kinds = {kind.value: order for order, kind in enumerate(ORIGINS)}
    columns = ["message_id", "kind", "rule", "manner", "field", "text"]
    held = pl.DataFrame(hits.select([*columns, "mandatory", "priority", "start"]))
    ranked = (
        held.join(listed.select("at", "message_id", pl.col("rule").alias("deciding")), on="message_id")
        .join(_places(held["field"]), on="field")
        .with_columns(
            pl.col("rule").ne_missing(pl.col("deciding")).alias("further"),
            pl.col("kind").replace_strict(kinds, return_dtype=pl.Int8).alias("order"),
            pl.col("start").fill_null(0),
        )
        .sort(
            ["at", "further", "mandatory", "priority", "order", "rule", "field", "start"],
            descending=[False, False, True, True, False, False, False, False],
            maintain_order=True,
        )
    )
    # The same words often meet a term in each script of one brand: they are told once.
    repeated = (pl.col("kind") == HitKind.TERM.value) & ~pl.struct(
        "at", "kind", "field", "start", "text"
    ).is_first_distinct()
    ranked = ranked.filter(~repeated)
    rule = ["at", "kind", "rule"]
    first = pl.struct(rule).is_first_distinct()
    ranked = ranked.with_columns(first.alias("first"))
    told = (
        pl.concat([ranked.filter("first"), _other_parts(ranked)])
        .sort("at", ~pl.col("first"), maintain_order=True)
        .select("at", *columns, "where", "number", "part")
    )
    return told.with_columns(numbered(told["at"]).alias("turn"))


def numbered(at: pl.Series) -> pl.Series:
    """Number what belongs to each row from 0; ``at`` is the row of each, ascending."""
    return pl.Series(ordinal(at.to_numpy()) - 1, dtype=pl.Int32)


def _other_parts(ranked: pl.DataFrame) -> pl.DataFrame:
    """The first hit of each watchlist entry on each kind of field but that of its first hit."""
    entry = ["at", "rule"]
    listed = ranked.filter(pl.col("kind") == HitKind.WATCHLIST.value)
    begun = listed.filter("first").select(*entry, pl.col("sort").alias("told"))
    other = listed.join(begun, on=entry, maintain_order="left").filter(pl.col("sort") != pl.col("told"))
    return other.unique([*entry, "sort"], keep="first", maintain_order=True).drop("told")


def _places(fields: pl.Series) -> pl.DataFrame:
    """Take the different field paths apart; ``sort`` is the kind of field, in which both names of a party are one."""
    different = fields.unique().to_list()
    parts = [place_of(field) for field in different]
    return pl.DataFrame(
        {
            "field": different,
            "where": [where for where, _, _ in parts],
            "number": [number if 0 < number <= _LARGEST else None for _, number, _ in parts],
            "part": [part for _, _, part in parts],
            "sort": [kind_of_field(part) for _, _, part in parts],
        },
        schema={"field": pl.String, "where": pl.String, "number": pl.Int64, "part": pl.String, "sort": pl.String},
    )


class Teller:
    """Makes sentences, each different one once, and numbers them."""

    def __init__(
        self, consignments: pa.Table, filled_from: pa.Table, describers: Describers, language: str, said: Said
    ) -> None:
        """``consignments`` tell what parties and references are, the words of profiles are ``filled_from``.

        ``said`` remembers sentences from one teller to the next of the same describers and language.
        """
        self._consignments = consignments
        self._filled_from = filled_from
        self._describers = describers
        self._said = said
        self.language = language
        """The language of the sentences."""
        self._numbers: dict[str, int] = {}

    def number(self, sentence: str) -> int:
        """Give the number of a sentence, a new one for one that is new."""
        return self._numbers.setdefault(sentence, len(self._numbers))

    def sentences(self, numbers: pl.Series) -> pa.Array:
        """Give the sentences of numbers."""
        return pa.array(list(self._numbers), pa.string()).take(numbers.to_arrow())

    def tell(self, hits: pl.DataFrame) -> pl.DataFrame:
        """Give ``at``, ``turn`` and ``sentence``, its number, for hits as ``in_telling_order`` gives them."""
        keyed = self._keyed(hits)
        different = keyed.select(_DECIDES).unique(maintain_order=True)
        numbers = pl.Series("sentence", list(self._made(different)), dtype=pl.UInt32)
        return keyed.join(different.with_columns(numbers), on=_DECIDES, nulls_equal=True).select(
            "at", "turn", "sentence"
        )

    def _keyed(self, hits: pl.DataFrame) -> pl.DataFrame:
        """Add what decides the words: the part of the consignment that the hit stands in, and no more of it."""
        profile = pl.col("kind") == HitKind.PROFILE.value
        watchlist = (pl.col("kind") == HitKind.WATCHLIST.value) & (pl.col("where") != "")
        profiles = hits.filter(profile)["rule"].unique().to_list()
        filled_in = [rule for rule in profiles if self._describers.fills_in(rule, self.language)]
        # Every party is told as the first: a sentence does not say which it is, but what it does.
        part = pl.when(pl.col("part") == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit("."), "part"))
        first = pl.concat_str("where", pl.lit("[1]"), part)
        return hits.join(self._elements(hits.filter(watchlist)), on=["at", "turn"], how="left").with_columns(
            pl.when(profile).then(pl.lit("")).when(watchlist).then(first).otherwise("field").alias("place"),
            pl.when(profile & pl.col("rule").is_in(filled_in)).then("message_id").alias("whose"),
        )

    def _elements(self, hits: pl.DataFrame) -> pl.DataFrame:
        """Say what each hit on a party or reference stands in: its ``role``, its ``type`` (or its identifier's)."""
        found = []
        for column, role, kind in (("parties", "role", "identifier_type"), ("references", None, "type")):
            here = hits.filter(pl.col("where") == column)
            held = pl.DataFrame(self._consignments.select(["message_id", column]))
            element = pl.col(column).list.get(pl.col("number") - 1, null_on_oob=True).struct
            found.append(
                here.join(held, on="message_id").select(
                    "at",
                    "turn",
                    (element.field(role) if role else pl.lit(None)).cast(pl.String).alias("role"),
                    element.field(kind).cast(pl.String).alias("type"),
                )
            )
        return pl.concat(found)

    def _made(self, different: pl.DataFrame) -> Iterator[int]:
        """Make the sentences, in the order of the rows: a few thousand consignments are Python objects at a time."""
        for part in different.iter_slices(_SLICE):
            rows = _as_dicts(self._filled_from, part["whose"].drop_nulls().unique())
            for row in part.iter_rows(named=True):
                yield self.number(self._remembered(row) if row["whose"] is None else self._say(row, rows[row["whose"]]))

    def _remembered(self, row: Mapping[str, Any]) -> str:
        """Say what does not depend on whose consignment it is."""
        decides = tuple(row.values())
        if decides not in self._said:
            if len(self._said) >= _REMEMBERED:
                self._said.clear()
            element = {"role": row["role"], "identifier_type": row["type"], "type": row["type"]}
            self._said[decides] = self._say(row, {"parties": [element], "references": [element]})
        return self._said[decides]

    def _say(self, row: Mapping[str, Any], consignment: Mapping[str, Any]) -> str:
        return hit_sentence({**row, "field": row["place"]}, consignment, self._describers, self.language)


def _as_dicts(consignments: pa.Table, ids: pl.Series) -> dict[str, Mapping[str, Any]]:
    if ids.is_empty():
        return {}
    wanted = consignments.filter(pc.is_in(consignments.column("message_id"), value_set=_text(ids)))
    return {row["message_id"]: row for row in wanted.to_pylist()}


def _text(ids: pl.Series) -> pa.Array:
    return ids.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(pa.string())
