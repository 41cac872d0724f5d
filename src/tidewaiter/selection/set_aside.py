"""Controls that are set aside for some rules, such as the focus lanes of a joint operation.

Of the places that mandatory hits leave, candidates of these rules get the first ones, up to a share of the capacity;
what they do not need goes to the others. The random share is drawn before, from all consignments alike, and is not
touched. Which candidates are lifted follows from hits and seed alone, never from the draw of the random share, so that
the logged probabilities stay exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl
import pyarrow as pa

from tidewaiter.selection.draw import draws
from tidewaiter.selection.quota import SelectionError

_OTHER_SEED = 0x5E7A51DE
"""Mixed into the seed, so that which candidates are lifted has nothing to do with which of them the draw takes."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A share of each capacity, from 0 to 1, for candidates that a hit of one of ``rules`` names.

    Raises SelectionError for another share.
    """

    name: str
    rules: frozenset[str]
    share: float

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        if not 0 <= self.share <= 1:
            raise SelectionError(f"{self.name}: a share of {self.share:g} cannot be set aside; it must be from 0 to 1")


def lifted(candidates: pl.DataFrame, hits: pa.Table, wanted: Sequence[SetAside], seed: int) -> pl.Series:
    """Say of each candidate (``consignment_id``, ``message_id``, ``stratum``, ``mandatory``, ``priority``, ``order``,
    ``capacity``) whether a place is set aside for it.

    Those of a higher priority come first; among equals a draw of its own decides. Mandatory ones need no place here.
    ``hits`` holds message_id and rule.
    """
    found = pl.Series("lifted", [False] * candidates.height, dtype=pl.Boolean)
    if not wanted or not candidates.height:
        return found
    rules = pl.DataFrame(hits.select(["message_id", "rule"]))
    ids = candidates["consignment_id"].to_arrow(compat_level=pl.CompatLevel.oldest())
    rows = candidates.with_columns(pl.Series("turn", draws(seed ^ _OTHER_SEED, ids))).with_row_index("at")
    for one in wanted:
        named = rules.filter(pl.col("rule").is_in(sorted(one.rules))).select("message_id").unique()
        chosen = (
            rows.join(named, on="message_id", how="semi")
            .filter(~pl.col("mandatory"))
            .sort(
                ["stratum", "priority", "order", "turn", "consignment_id"],
                descending=[False, True, False, False, False],
            )
            .with_columns(pl.int_range(1, pl.len() + 1).over("stratum").alias("number"))
            .filter(pl.col("number") <= (pl.col("capacity") * one.share + 0.5).floor())
        )
        found = found | pl.Series("lifted", rows["at"].is_in(chosen["at"].to_list()))
    return found.alias("lifted")
