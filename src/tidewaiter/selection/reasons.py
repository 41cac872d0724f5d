"""Why a row stands on the list: up to five sentences in the officer's language, the one that decided first.

The sentences hold names, phone numbers and identifiers as declared: they are personal data like the consignment's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, SelectionOrigin
from tidewaiter.refdata import messages
from tidewaiter.schemas import SELECTION
from tidewaiter.selection.candidates import ORIGINS
from tidewaiter.selection.quota import KEY, SelectionError
from tidewaiter.selection.telling import Said, Teller, in_telling_order, numbered
from tidewaiter.selection.wording import Describers, hit_sentence, kind_of_field, place_of

LIMIT = 5
READ_FROM = ("parties.list.element.role", "parties.list.element.identifier_type", "references.list.element.type")
"""The Parquet columns of consignments that reasons look at; ``message_id`` and what profiles name beside them."""

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
    filled_from: pa.Table | None = None,
    said: Said | None = None,
) -> pa.Table:
    """Give the rows (``schemas.SELECTION``) with their reasons filled where they are selected or in overflow.

    ``strata`` are those of the same selection, ``hits`` (``schemas.HIT``) and ``consignments`` hold at least what
    belongs to these rows. Of the consignments message_id, parties (role, identifier_type) and references (type) are
    looked at. The words of profiles are ``filled_from`` the same consignments with all that profiles may name; where
    that is not given, ``consignments`` must hold it. ``said`` remembers sentences for the next call with the same
    describers and language.

    The sentences are those of ``sentences``. Raises SelectionError for a row whose consignment is not given, and what
    the describers raise for an entry, term or profile that they do not know.
    """
    listed = (
        pl.DataFrame(rows.select([*KEY, "status", "message_id", "origin", "rule"]))
        .with_row_index("at")
        .filter(pl.col("status") != "not_selected")
    )
    lost = listed.join(pl.DataFrame(consignments.select(["message_id"])), on="message_id", how="anti")
    if lost.height:
        raise SelectionError(
            f"the consignment of message {lost['message_id'][0]} is not given; its reasons cannot be told"
        )
    teller = Teller(consignments, filled_from or consignments, describers, language, {} if said is None else said)
    hit = in_telling_order(hits, listed)
    told = _first_ones(pl.concat([_openings(listed, strata, hit, teller), _told(hit, teller, limit)]), limit)
    reasons = _lists(told["at"].to_numpy(), rows.num_rows, teller.sentences(told["sentence"]))
    column = SELECTION.get_field_index("reasons")
    return rows.set_column(column, SELECTION.field(column), reasons).cast(SELECTION)


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
        told.append(opening(*share, with_hits=bool(hits), language=language))
    for hit in _in_order(hits, row["rule"]):
        if len(told) >= limit:
            break
        sentence = hit_sentence(hit, consignment, describers, language)
        if sentence not in told:
            told.append(sentence)
    return told[:limit]


def opening(share: int, population: int, *, with_hits: bool, language: str) -> str:
    """Say that a row was drawn at random, one of ``share`` from ``population``."""
    key = "reason.random.with_hits" if with_hits else "reason.random"
    drawn = messages.text(key, language, share=share, population=population)
    return messages.text("reason.stop", language, sentence=drawn)


def _in_order(hits: Iterable[Row], deciding: str | None) -> list[Row]:
    """The hits that are told: the deciding one, then the best of each other rule, then what else these rules met.

    ``telling.in_telling_order`` does the same for many rows at once.
    """
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
    words: set[tuple[str, int, str]] = set()
    for hit in ranked:
        # The same words often meet a term in each script of one brand: they are told once.
        if hit["kind"] == HitKind.TERM:
            place = (hit["field"], hit["start"] or 0, hit["text"])
            if place in words:
                continue
            words.add(place)
        rule = (hit["kind"], hit["rule"])
        if rule not in first:
            first[rule] = hit
        elif hit["kind"] == HitKind.WATCHLIST and _sort(hit) != _sort(first[rule]):
            further.setdefault((*rule, _sort(hit)), hit)
    return [*first.values(), *further.values()]


def _sort(hit: Row) -> str:
    return kind_of_field(place_of(hit["field"])[2])


def _openings(listed: pl.DataFrame, strata: pa.Table, hit: pl.DataFrame, teller: Teller) -> pl.DataFrame:
    """The first sentence of the random rows."""
    drawn = listed.filter(pl.col("origin") == SelectionOrigin.RANDOM.value)
    on_list = drawn.filter(pl.col("status") == "selected").group_by(KEY).agg(pl.len().alias("share"))
    shares = (
        pl.DataFrame(strata.select([*KEY, "population"]))
        .join(on_list, on=KEY, how="left", nulls_equal=True)
        .with_columns(pl.col("share").fill_null(0))
    )
    said = (
        drawn.join(hit.select("at", pl.lit(True).alias("with_hits")).unique("at"), on="at", how="left")
        .with_columns(pl.col("with_hits").fill_null(False))
        .join(shares, on=KEY, nulls_equal=True)
        .select("at", "share", "population", "with_hits")
    )
    different = said.select("share", "population", "with_hits").unique(maintain_order=True)
    numbers = [
        teller.number(opening(share, population, with_hits=with_hits, language=teller.language))
        for share, population, with_hits in different.iter_rows()
    ]
    return said.join(
        different.with_columns(pl.Series("sentence", numbers, dtype=pl.UInt32)), on=different.columns
    ).select("at", pl.lit(-1, pl.Int32).alias("turn"), "sentence")


def _told(hit: pl.DataFrame, teller: Teller, limit: int) -> pl.DataFrame:
    """Tell the first hits of each row; where some of them say the same, the others too."""
    told = teller.tell(hit.filter(pl.col("turn") < limit))
    later = hit.filter(pl.col("turn") >= limit)
    if later.height:
        counts = told.group_by("at").agg(pl.col("sentence").n_unique())
        short = counts.filter(pl.col("sentence") < limit)
        told = pl.concat([told, teller.tell(later.join(short, on="at", how="semi"))])
    return told


def _first_ones(told: pl.DataFrame, limit: int) -> pl.DataFrame:
    """Keep the first ``limit`` different sentences of each row, in their order."""
    different = told.sort("at", "turn").unique(["at", "sentence"], keep="first", maintain_order=True)
    return different.filter(numbered(different["at"]) < limit)


def _lists(at: npt.NDArray[np.uint32], rows: int, words: pa.Array) -> pa.ListArray:
    """Give each of ``rows`` rows the list of its words; ``at`` is the row of each word, ascending."""
    ends = np.cumsum(np.bincount(at, minlength=rows))
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]), pa.int32()), words)
