"""What must hold of the tables before anything is drawn from them. A list drawn from tables that do not fit together
would look like any other list, so each of these stops the run."""

import polars as pl
import pyarrow as pa

from tidewaiter.selection.candidates import CANDIDATE, ORIGINS
from tidewaiter.selection.draw import draws
from tidewaiter.selection.quota import KEY, SelectionError, frame, named

_PLACES = ["population", "capacity", "random_share"]


def checked_strata(strata: pa.Table) -> pl.DataFrame:
    """Take the strata as a frame; offices that are null become empty. Raises SelectionError where one stands twice."""
    found = frame(strata, [*KEY, "population"], "strata")
    found = found.with_columns(pl.col("office").fill_null(""), pl.col("population").cast(pl.Int64))
    twice = found.filter(pl.struct(KEY).is_duplicated()).unique(KEY).sort(KEY)
    if twice.height:
        raise SelectionError(f"the strata hold {named(twice.select(KEY).iter_rows())} twice; add up their populations")
    return found


def checked_candidates(candidates: pa.Table, places: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Take the candidates as a frame with their stratum and its places, and the ``order`` of kinds in their class.

    Mandatory candidates have no order of kinds: among them priority and draw decide.
    """
    found = frame(candidates, CANDIDATE.names, "candidates")
    required = [column for column in CANDIDATE.names if column not in {"office", "day", "channel"}]
    empty = [column for column in required if found[column].null_count()]
    if empty:
        raise SelectionError(
            f"the candidates have empty cells in {', '.join(empty)}; each candidate needs a value there"
        )
    kinds = {origin.value: order for order, origin in enumerate(ORIGINS.values())}
    unknown = sorted(set(found["origin"].unique()) - set(kinds))
    if unknown:
        raise SelectionError(
            f"the candidates have the unknown origin {', '.join(unknown)}; known are {', '.join(kinds)}"
        )
    found = _placed(found, places, "candidates", seed).with_columns(
        pl.when("mandatory")
        .then(0)
        .otherwise(pl.col("origin").replace_strict(kinds, return_dtype=pl.Int8))
        .alias("order")
    )
    counts = found.group_by("stratum").agg(pl.len().alias("held"), pl.col("population").first(), pl.col(KEY).first())
    many = counts.filter(pl.col("held") > pl.col("population")).sort(KEY)
    if many.height:
        raise SelectionError(f"{named(many.select(KEY).iter_rows())}: more candidates than consignments in force")
    return found.drop(KEY)


def checked_pool(
    pool: pa.Table, hit: pl.DataFrame, places: pl.DataFrame, seed: int, *, fill_with_random: bool
) -> pl.DataFrame:
    """Take the smallest draws of each stratum as a frame, numbered from 0 in ``place``; rows beyond need are dropped.

    Raises SelectionError where there are fewer than the random share needs, or where a candidate (``hit``) has a
    smaller draw than one of them and is not among them: then they are not the smallest of all.
    """
    found = _placed(
        frame(pool, [*KEY, "message_id", "consignment_id", "draw"], "random pool"), places, "random pool", seed
    ).sort("stratum", "draw", "consignment_id")
    needed = pl.min_horizontal("population", "capacity") if fill_with_random else pl.col("random_share")
    held = pl.int_range(pl.len()).over("stratum").alias("place")
    found = found.with_columns(held).filter(pl.col("place") < needed).drop(KEY)
    counts = found.group_by("stratum").agg(pl.len().alias("held"), pl.col("draw").max().alias("last"))
    short = places.join(counts, on="stratum", how="left").filter(pl.col("held").fill_null(0) < needed)
    if short.height:
        raise SelectionError(
            f"{named(short.select(KEY).iter_rows())}: the random pool holds too few consignments; it must hold the "
            "smallest draws of the whole office and day, as many as `pool_size` says"
        )
    below = hit.join(counts, on="stratum").filter(pl.col("draw") < pl.col("last"))
    missing = below.join(found, on=["stratum", "consignment_id"], how="anti").sort("consignment_id")
    if missing.height:
        raise SelectionError(
            f"consignment {missing['consignment_id'][0]} has a smaller draw than others of the random pool, but is not "
            "in it; the pool must hold the smallest draws of all consignments in force, hit or not"
        )
    return found


def _placed(rows: pl.DataFrame, places: pl.DataFrame, what: str, seed: int) -> pl.DataFrame:
    """Join rows to their stratum; every row must have one, stand there once, and have the draw of the seed."""
    rows = rows.with_columns(pl.col("office").fill_null(""))
    found = rows.join(places.select("stratum", *KEY, *_PLACES), on=KEY, how="left", nulls_equal=True)
    lost = found.filter(pl.col("stratum").is_null()).unique(KEY).sort(KEY)
    if lost.height:
        raise SelectionError(f"{what}: {named(lost.select(KEY).iter_rows())} is not among the strata")
    twice = found.filter(pl.col("consignment_id").is_duplicated()).sort("consignment_id")
    if twice.height:
        raise SelectionError(f"{what}: consignment {twice['consignment_id'][0]} stands there twice")
    due = draws(seed, found["consignment_id"].to_arrow(compat_level=pl.CompatLevel.oldest()))
    if not (found["draw"].to_numpy() == due).all():
        raise SelectionError(f"{what}: the draws do not come from the seed {seed}; draw them with `draws(seed, ids)`")
    return found
