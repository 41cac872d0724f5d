"""The draw of the inspection lists: random share first, then mandatory hits, then the other candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import SelectionOrigin
from tidewaiter.refdata import messages
from tidewaiter.schemas import SELECTION, STRATUM
from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.checking import checked_candidates, checked_pool, checked_strata
from tidewaiter.selection.probability import bystander_probability, class_probabilities
from tidewaiter.selection.quota import DEFAULT_SHARE, KEY, quotas, table
from tidewaiter.selection.set_aside import SetAside, lifted

STATUSES = ("selected", "overflow", "not_selected")
"""The statuses of a row, in the order in which they stand in the result."""

_CLASS = ["stratum", "mandatory", "lifted", "priority", "order"]
_CLASS_DESCENDING = [False, True, True, True, False]
# The parts of a list, from the top. The random share stands above the candidates that need not be controlled: an office
# that does not get through its list on a short day would otherwise leave out the sample first.
_MANDATORY, _RANDOM, _OTHER, _FILL = range(4)


@dataclass(frozen=True, slots=True)
class Selection:
    """The lists of all offices and days of a run, and the strata from which they were drawn."""

    rows: pa.Table
    """``schemas.SELECTION``, its reasons empty; sorted by administration, office, day, status and rank."""
    strata: pa.Table
    """``schemas.STRATUM``, sorted by administration, office and day."""

    def alarms(self, language: str) -> list[str]:
        """Say, for each office and day where mandatory hits exceed the capacity, how many stand in overflow."""
        over = self.strata.filter(pc.greater(self.strata["overflow"], 0)).to_pylist()
        return [
            messages.text(
                "alarm.overflow",
                language,
                count=row["overflow"],
                office=row["office"] or messages.text("office.none", language),
                day=row["day"] or messages.text("day.none", language),
            )
            for row in over
        ]


def select(
    strata: pa.Table,
    candidates: pa.Table,
    random_pool: pa.Table,
    *,
    capacity: Capacity,
    seed: int,
    share: float = DEFAULT_SHARE,
    fill_with_random: bool = False,
    set_aside: Sequence[SetAside] = (),
    hits: pa.Table | None = None,
) -> Selection:
    """Draw the inspection list of each office and day. The same input, in any order, gives the same bytes.

    ``strata``: administration, office, day and population (consignments in force). ``candidates``: as
    ``candidates_from_hits`` gives them. ``random_pool``: administration, office, day, message_id, consignment_id, draw;
    at least the smallest ``pool_size`` draws among all consignments of each stratum, with or without a hit.

    The random share, ``share`` of the capacity, goes to the smallest draws of the whole stratum. The other places go to
    mandatory candidates by priority, then to those for which ``set_aside`` keeps a place (``hits``, with message_id and
    rule, tells which), then to the others by priority, watchlist before profile before term, each time
    the smaller draw first. Mandatory ones beyond the capacity have the status ``overflow``; the other candidates that
    were not reached are ``not_selected``. Places for which there is no candidate stay free, or go to further random
    rows with ``fill_with_random``.

    Raises SelectionError for tables that do not fit together or do not come from ``seed``, and for a share out of
    range; CapacityError for a stratum that the capacity does not cover.
    """
    places = quotas(checked_strata(strata), capacity=capacity, share=share).with_row_index("stratum")
    hit = checked_candidates(candidates, places, seed)
    hit = hit.with_columns(lifted(hit, candidates if hits is None else hits, set_aside, seed))
    pool = checked_pool(random_pool, hit, places, seed, fill_with_random=fill_with_random)
    listed = _second_stage(hit, pool)
    bystanders = _bystanders(pool, listed, places, fill_with_random=fill_with_random)
    rows = _ranked(pl.concat([listed, bystanders], how="diagonal"), places)
    return Selection(table(rows, SELECTION), table(_counted(listed, rows, places), STRATUM))


def _second_stage(hit: pl.DataFrame, pool: pl.DataFrame) -> pl.DataFrame:
    """Say of each candidate whether the random share took it, the places after that did, or neither, and how likely."""
    drawn = pool.filter(pl.col("place") < pl.col("random_share")).select(
        "stratum", "consignment_id", pl.lit(True).alias("drawn")
    )
    left = pl.col("capacity") - pl.col("random_share")
    return (
        hit.join(drawn, on=["stratum", "consignment_id"], how="left")
        .with_columns(pl.col("drawn").fill_null(False))
        .sort([*_CLASS, "draw", "consignment_id"], descending=[*_CLASS_DESCENDING, False, False])
        .with_columns((~pl.col("drawn")).cum_sum().over("stratum").alias("turn"))
        .with_columns(
            pl.when(pl.col("drawn") | (pl.col("turn") <= left))
            .then(pl.lit("selected"))
            .when("mandatory")
            .then(pl.lit("overflow"))
            .otherwise(pl.lit("not_selected"))
            .alias("status"),
            pl.when("mandatory").then(_MANDATORY).when("drawn").then(_RANDOM).otherwise(_OTHER).alias("part"),
            pl.when("drawn").then(pl.lit(SelectionOrigin.RANDOM.value)).otherwise("origin").alias("origin"),
            pl.when("drawn").then(None).otherwise("rule").alias("rule"),
        )
        .join(_class_chances(hit), on=_CLASS)
    )


def _class_chances(hit: pl.DataFrame) -> pl.DataFrame:
    """The probability of being selected for each class of candidates that only the draw tells apart."""
    classes = (
        hit.group_by(_CLASS)
        .agg(pl.len().cast(pl.Int64).alias("members"), pl.col("population", "capacity", "random_share").first())
        .sort(_CLASS, descending=_CLASS_DESCENDING)
        .with_columns((pl.col("members").cum_sum().over("stratum") - pl.col("members")).alias("before"))
    )
    number = {
        name: classes[name].to_numpy() for name in ("population", "capacity", "random_share", "before", "members")
    }
    chances = class_probabilities(
        number["population"],
        number["random_share"],
        number["capacity"] - number["random_share"],
        number["before"],
        number["members"],
    )
    return classes.select(*_CLASS, pl.Series("probability", chances, dtype=pl.Float64))


def _bystanders(
    pool: pl.DataFrame, listed: pl.DataFrame, places: pl.DataFrame, *, fill_with_random: bool
) -> pl.DataFrame:
    """The random rows without a hit: those of the share and, where asked for, those that fill places left over."""
    counts = listed.group_by("stratum").agg(
        pl.len().alias("candidates"),
        ((pl.col("status") == "selected") & ~pl.col("drawn")).sum().alias("taken"),
    )
    rows = (
        pool.join(listed, on=["stratum", "consignment_id"], how="anti")
        .join(counts, on="stratum", how="left")
        .with_columns(pl.col("candidates", "taken").fill_null(0).cast(pl.Int64))
        .with_columns((pl.col("place") < pl.col("random_share")).alias("drawn"))
        .sort("stratum", "place")
        .with_columns((~pl.col("drawn")).cum_sum().over("stratum").alias("turn"))
        .filter(pl.col("drawn") | (pl.col("turn") <= pl.col("capacity") - pl.col("random_share") - pl.col("taken")))
    )
    return rows.select(
        "stratum",
        "message_id",
        "consignment_id",
        "draw",
        pl.lit("selected").alias("status"),
        pl.when("drawn").then(_RANDOM).otherwise(_FILL).alias("part"),
        pl.lit(SelectionOrigin.RANDOM.value).alias("origin"),
        pl.lit(False).alias("mandatory"),
        _bystander_chances(rows, fill_with_random=fill_with_random).alias("probability"),
    )


def _bystander_chances(rows: pl.DataFrame, *, fill_with_random: bool) -> pl.Series:
    if not fill_with_random:
        return (rows["random_share"] / rows["population"]).cast(pl.Float64)
    numbers = ["population", "random_share", "capacity", "candidates"]
    chances = {
        case: bystander_probability(case[0], case[1], case[2] - case[1], case[3])
        for case in rows.select(numbers).unique().iter_rows()
    }
    return pl.Series([chances[case] for case in rows.select(numbers).iter_rows()], dtype=pl.Float64)


def _ranked(rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Put the rows in order and number those that are selected.

    Random rows keep the order of the draw among themselves, so that those reached on a short day are still a random
    sample.
    """
    by_draw = pl.col("part").is_in([_RANDOM, _FILL]) & (pl.col("status") == "selected")
    order = ["stratum", "state", "part", "height", "kind", "draw", "consignment_id"]
    return (
        rows.with_columns(
            pl.col("status").replace_strict({name: at for at, name in enumerate(STATUSES)}).alias("state"),
            pl.when(by_draw).then(0).otherwise("priority").alias("height"),
            pl.when(by_draw).then(0).otherwise("order").alias("kind"),
        )
        .sort(order, descending=[False, False, False, True, False, False, False])
        .with_columns(pl.int_range(1, pl.len() + 1).over("stratum", "state").alias("rank"))
        .with_columns(
            pl.when(pl.col("status") == "selected").then("rank").otherwise(None).alias("rank"),
            pl.lit([], dtype=pl.List(pl.String)).alias("reasons"),
        )
        .join(places.select("stratum", *KEY), on="stratum", maintain_order="left")
    )


def _counted(listed: pl.DataFrame, rows: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    drawn_from = listed.group_by("stratum").agg(pl.col("mandatory").sum(), pl.len().alias("candidates"))
    outcome = rows.group_by("stratum").agg(
        (pl.col("status") == "selected").sum().alias("selected"),
        (pl.col("status") == "overflow").sum().alias("overflow"),
    )
    counts = ["mandatory", "candidates", "selected", "overflow"]
    return (
        places.join(drawn_from, on="stratum", how="left")
        .join(outcome, on="stratum", how="left")
        .with_columns(pl.col(counts).fill_null(0))
        .sort("stratum")
    )
