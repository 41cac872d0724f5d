"""From hits to candidates: one row for each consignment that drew attention, with the hit that decides."""

import polars as pl
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, SelectionOrigin
from tidewaiter.selection.draw import draws
from tidewaiter.selection.quota import SelectionError, frame, table

CANDIDATE = pa.schema(
    [
        ("administration", pa.string()),
        ("office", pa.string()),
        ("day", pa.date32()),
        ("message_id", pa.string()),
        ("consignment_id", pa.string()),
        ("mandatory", pa.bool_()),
        ("priority", pa.int16()),
        ("origin", pa.string()),
        ("rule", pa.string()),
        ("channel", pa.string()),
        ("draw", pa.float64()),
    ]
)
"""What ``candidates_from_hits`` gives and ``select`` takes; all but day and channel are filled."""

ORIGINS = {
    HitKind.WATCHLIST: SelectionOrigin.WATCHLIST,
    HitKind.PROFILE: SelectionOrigin.PROFILE,
    HitKind.TERM: SelectionOrigin.TERM,
}
"""Kind of the deciding hit -> origin, in the order that breaks ties of priority: a watchlist entry names this very
party or container, a profile describes a pattern, a term is a word."""


def candidates_from_hits(hits: pa.Table, consignments: pa.Table, seed: int) -> pa.Table:
    """Reduce hits (``schemas.HIT``) to one candidate (``CANDIDATE``) a consignment, in the order of consignment ids.

    ``consignments`` holds message_id, consignment_id, administration, office and day of the versions in force; hits on
    other messages are left out. The deciding hit is a mandatory one before others, then that of the highest priority,
    then watchlist before profile before term, then the smallest rule id. ``priority`` is the highest of all hits of the
    consignment; ``channel`` is that of the first hit, in the same order, that asks for one.

    Raises SelectionError for a kind of hit that is unknown, or a message that stands twice among ``consignments``.
    """
    places = frame(consignments, ["message_id", "consignment_id", "administration", "office", "day"], "consignments")
    if places["message_id"].is_duplicated().any():
        twice = places.filter(places["message_id"].is_duplicated()).sort("message_id")
        raise SelectionError(
            f"message {twice['message_id'][0]} stands twice among the consignments in force; each may stand there once"
        )
    found = frame(hits, ["message_id", "kind", "rule", "mandatory", "priority", "channel"], "hits")
    kinds = {kind.value: order for order, kind in enumerate(ORIGINS)}
    unknown = set(found["kind"].unique()) - set(kinds)
    if unknown:
        raise SelectionError(f"hits of the unknown kind {', '.join(sorted(unknown))}; known are {', '.join(kinds)}")
    deciding = (
        found.with_columns(pl.col("kind").replace_strict(kinds, return_dtype=pl.Int8).alias("order"))
        .sort(
            ["message_id", "mandatory", "priority", "order", "rule", "channel"],
            descending=[False, True, True, False, False, False],
            nulls_last=True,
        )
        .group_by("message_id", maintain_order=True)
        .agg(
            pl.col("mandatory", "kind", "rule").first(),
            pl.col("priority").max(),
            pl.col("channel").drop_nulls().first(),
        )
    )
    named = (
        deciding.join(places, on="message_id", how="inner")
        .with_columns(
            pl.col("kind")
            .replace_strict({kind.value: origin.value for kind, origin in ORIGINS.items()})
            .alias("origin"),
            pl.col("office").fill_null(""),
        )
        .sort("consignment_id", "message_id")
    )
    drawn = draws(seed, named["consignment_id"].to_arrow(compat_level=pl.CompatLevel.oldest()))
    return table(named.with_columns(pl.Series("draw", drawn, dtype=pl.Float64)), CANDIDATE)
