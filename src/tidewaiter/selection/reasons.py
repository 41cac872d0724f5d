"""Why a row stands on the list: up to five sentences in the officer's language, the one that decided first.

The sentences hold names, phone numbers and identifiers as declared: they are personal data like the consignment's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, SelectionOrigin
from tidewaiter.refdata import messages
from tidewaiter.schemas import SELECTION
from tidewaiter.selection.candidates import ORIGINS
from tidewaiter.selection.quota import KEY, SelectionError
from tidewaiter.selection.wording import Describers, hit_sentence, place_of

LIMIT = 5
_SLICE = 2_000
"""Rows whose consignments are held as Python objects at a time."""

Row = Mapping[str, Any]


def with_reasons(
    rows: pa.Table,
    strata: pa.Table,
    hits: pa.Table,
    consignments: pa.Table,
    describers: Describers,
    *,
    language: str,
    limit: int = LIMIT,
) -> pa.Table:
    """Give the rows (``schemas.SELECTION``) with their reasons filled where they are selected or in overflow.

    ``strata`` are those of the same selection, ``hits`` (``schemas.HIT``) and ``consignments``
    (``schemas.CONSIGNMENT``) hold at least what belongs to these rows. Raises SelectionError for a row whose
    consignment is not given, and what the describers raise for an entry, term or profile that they do not know.
    """
    listed = (
        pl.DataFrame(rows.drop_columns(["reasons"])).with_row_index("at").filter(pl.col("status") != "not_selected")
    )
    of_message = _grouped(pl.DataFrame(hits).join(listed, on="message_id", how="semi"))
    shares = _shares(listed, strata)
    place = {message: at for at, message in enumerate(consignments["message_id"].to_pylist())}
    reasons: list[list[str]] = [[] for _ in range(rows.num_rows)]
    for part in listed.iter_slices(_SLICE):
        missing = [message for message in part["message_id"] if message not in place]
        if missing:
            raise SelectionError(f"the consignment of message {missing[0]} is not given; its reasons cannot be told")
        held = consignments.take(pa.array([place[message] for message in part["message_id"]])).to_pylist()
        for row, consignment in zip(part.iter_rows(named=True), held, strict=True):
            reasons[row["at"]] = sentences(
                row,
                of_message.get(row["message_id"], []),
                consignment,
                shares[tuple(row[name] for name in KEY)],
                describers,
                language=language,
                limit=limit,
            )
    column = SELECTION.get_field_index("reasons")
    return rows.set_column(column, SELECTION.field(column), pa.array(reasons, pa.list_(pa.string()))).cast(SELECTION)


def sentences(
    row: Row,
    hits: Sequence[Row],
    consignment: Row,
    share: tuple[int, int],
    describers: Describers,
    *,
    language: str,
    limit: int = LIMIT,
) -> list[str]:
    """Say why one row stands where it stands, in at most ``limit`` sentences.

    ``row`` is a row of the selection, ``hits`` those of its message, ``consignment`` the message as a dict, ``share``
    the random rows on the list and the population that they were drawn from. Of several hits of one term or profile,
    and of one watchlist entry on the same kind of field, the first is told.
    """
    told: list[str] = []
    if row["origin"] == SelectionOrigin.RANDOM:
        key = "reason.random.with_hits" if hits else "reason.random"
        drawn = messages.text(key, language, share=share[0], population=share[1])
        told.append(messages.text("reason.stop", language, sentence=drawn))
    for hit in _in_order(hits, row["rule"]):
        if len(told) >= limit:
            break
        sentence = hit_sentence(hit, consignment, describers, language)
        if sentence not in told:
            told.append(sentence)
    return told[:limit]


def _in_order(hits: Iterable[Row], deciding: str | None) -> list[Row]:
    """The hits that are told: the deciding one, then the best of each other rule, then what else these rules met."""
    kinds = {kind.value: order for order, kind in enumerate(ORIGINS)}
    ranked = sorted(
        hits,
        key=lambda hit: (
            hit["rule"] != deciding,
            not hit["mandatory"],
            -hit["priority"],
            kinds[hit["kind"]],
            hit["rule"],
            hit["field"],
            hit["start"] or 0,
        ),
    )
    first: dict[tuple[str, str], Row] = {}
    further: dict[tuple[str, str, str], Row] = {}
    for hit in ranked:
        rule = (hit["kind"], hit["rule"])
        if rule not in first:
            first[rule] = hit
        elif hit["kind"] == HitKind.WATCHLIST and _part(hit) != _part(first[rule]):
            further.setdefault((*rule, _part(hit)), hit)
    return [*first.values(), *further.values()]


def _part(hit: Row) -> str:
    """The kind of field that a watchlist hit stands in; both names of a party are one."""
    return place_of(hit["field"])[2].removesuffix("_other")


def _grouped(hits: pl.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for hit in hits.iter_rows(named=True):
        found.setdefault(hit["message_id"], []).append(hit)
    return found


def _shares(listed: pl.DataFrame, strata: pa.Table) -> dict[tuple[Any, ...], tuple[int, int]]:
    """For each office and day the random rows on its list and its population."""
    random = listed.filter((pl.col("status") == "selected") & (pl.col("origin") == SelectionOrigin.RANDOM.value))
    counted = {row[:-1]: row[-1] for row in random.group_by(KEY).len().iter_rows()}
    held = pl.DataFrame(strata.select([*KEY, "population"]))
    return {row[:-1]: (counted.get(row[:-1], 0), row[-1]) for row in held.iter_rows()}
