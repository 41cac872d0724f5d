"""Settle the declarations whose messages leave no doubt by a few columns, many at once.

That is nearly all of them: one original, and amendments, reports or cancellations that name it by nothing but what it
bears itself. The rules are those of `resolve`, which settles the others; where both can, both come to the same.
"""

from dataclasses import dataclass

import polars as pl

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.intake.versions.joining import MISSING
from tidewaiter.intake.versions.keys import AS_NUMBER, AS_REFERENCE, WAYS
from tidewaiter.intake.versions.resolution import AMENDED, CANCELLED, LATER, STATE, SUPERSEDED, WAITING

__all__ = ["Plain", "settle_alone", "settle_plain"]

_ORIGINAL = pl.col("function") == MessageFunction.ORIGINAL.value
_TIMES = ("issued_at", "lodged_at", "presented_at")
_PLACE = ("file", "row", "component", "place")
_REFERRED = (pl.col("key") & int(AS_NUMBER | AS_REFERENCE)) != 0

_NOTHING = "nothing"
_MISSING = "missing"
_CANCELLED = "cancelled"
_AMENDED = "amended"
_DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Plain:
    """What was settled, and what must be read whole.

    ``states`` has the columns of `STATE`. ``unsettled`` has ``file``, ``row`` and ``component`` of messages to be read
    whole, and ``place``: from 0, the place in the chain that makes the version in force; -1 where the component is for
    `resolve`.
    """

    states: pl.DataFrame
    unsettled: pl.DataFrame


def settle_alone(messages: pl.DataFrame, as_of: int | None) -> pl.DataFrame:
    """Give the states of messages that share no name with any other and are not originals: all of them wait."""
    reason = pl.when(_later(as_of)).then(pl.lit(LATER)).otherwise(pl.lit(MISSING))
    return _states(messages, pl.lit(WAITING), reason)


def settle_plain(messages: pl.DataFrame, keys: pl.DataFrame, as_of: int | None) -> Plain:
    """Settle messages as of a moment (microseconds since 1970; None: all count).

    ``messages`` has the columns of ``lake.related.FEW`` and ``component``, and holds all messages of each component
    that it has any of; ``keys`` has ``message`` and ``key``, once for each key of each of them.
    """
    messages = messages.with_columns(later=_later(as_of))
    kinds = _kinds(messages, keys)
    referred = keys.filter(_REFERRED).group_by("message").agg(bears=pl.len())
    messages = messages.join(referred, on="message", how="left").with_columns(pl.col("bears").fill_null(0))
    messages = messages.join(kinds, on="component", how="left")
    of_kind = {
        str(kind): rows.filter(~pl.col("later"))
        for (kind,), rows in messages.filter(pl.col("kind") != _DOUBTFUL).partition_by("kind", as_dict=True).items()
    }
    none = messages.clear()
    amended = _in_order(of_kind.get(_AMENDED, none))
    gone = pl.when(_ORIGINAL).then(pl.lit(CANCELLED)).otherwise(pl.lit(SUPERSEDED))
    states = [
        _states(
            messages.filter(pl.col("later") & pl.col("kind").ne_missing(_DOUBTFUL)), pl.lit(WAITING), pl.lit(LATER)
        ),
        _states(of_kind.get(_MISSING, none), pl.lit(WAITING), pl.lit(MISSING)),
        _states(of_kind.get(_CANCELLED, none), gone, pl.lit(CANCELLED)),
        _states(amended.filter(~pl.col("stands") | ~pl.col("last")), pl.lit(SUPERSEDED), pl.lit(AMENDED)),
    ]
    doubtful = messages.filter(pl.col("kind") == _DOUBTFUL).with_columns(place=pl.lit(-1, pl.Int32))
    unsettled = [amended.filter(~pl.col("stands")).select(_PLACE), doubtful.select(_PLACE)]
    return Plain(pl.concat(states), pl.concat(unsettled))


def _later(as_of: int | None) -> pl.Expr:
    if as_of is None:
        return pl.lit(False)
    return (pl.col("issued_at").dt.epoch("us") > as_of).fill_null(False)


def _states(messages: pl.DataFrame, state: pl.Expr, reason: pl.Expr) -> pl.DataFrame:
    return messages.select("message_id", state.alias("state"), reason.alias("reason"), "consignment_id").select(
        STATE.names
    )


def _kinds(messages: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Say of each component with messages that count what it is, and how many references name it."""
    counted = messages.filter(~pl.col("later"))
    follower = ~_ORIGINAL
    in_time = pl.col("version").is_not_null() & pl.col("issued_at").is_not_null()
    facts = counted.group_by("component").agg(
        messages=pl.len(),
        originals=_ORIGINAL.sum(),
        cancelled=(pl.col("function") == MessageFunction.CANCELLATION.value).any(),
        # Messages that differ in one of these do not repeat each other.
        different=pl.struct("function", "version", "issued_at").n_unique() == pl.len(),
        one_name=(pl.col("consignment_id").n_unique() == 1)
        & ~pl.col("consignment_id").str.contains("~", literal=True).any()
        & (pl.col("administration").n_unique() == 1),
        ordered=(pl.len() <= 2)
        | (in_time.filter(follower).all() & ~pl.struct("version", "issued_at").filter(follower).is_duplicated().any()),
    )
    # Two messages of one id, even if one is yet to come, cannot be told apart by it.
    of_one_id = messages.filter(pl.col("message").is_duplicated()).select("component").unique()
    kind = (
        pl.when(pl.col("repeats"))
        .then(pl.lit(_DOUBTFUL))
        .when((pl.col("originals") == 0) & pl.col("different"))
        .then(pl.lit(_MISSING))
        .when((pl.col("originals") == 1) & (pl.col("messages") == 1))
        .then(pl.lit(_NOTHING))
        .when((pl.col("originals") != 1) | ~pl.all_horizontal("different", "one_name", "ordered", "known"))
        .then(pl.lit(_DOUBTFUL))
        .when("cancelled")
        .then(pl.lit(_CANCELLED))
        .otherwise(pl.lit(_AMENDED))
    )
    return (
        facts.join(_names(counted, keys), on="component")
        .join(of_one_id.with_columns(repeats=pl.lit(True)), on="component", how="left")
        .with_columns(pl.col("repeats").fill_null(False))
        .select("component", "references", kind.alias("kind"))
    )


def _names(counted: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Count the references that name each component, and say whether its originals bear all names in it."""
    borne = (
        keys.filter((pl.col("key") & int(WAYS)) != 0)
        .join(counted.select("message", "component", original=_ORIGINAL), on="message")
        .with_columns(name=pl.col("key") & int(~WAYS))
        .with_columns(known=pl.col("original").any().over("component", "name"))
    )
    return borne.group_by("component").agg(
        references=pl.col("name").filter(_REFERRED).n_unique(), known=pl.col("known").all()
    )


def _in_order(amended: pl.DataFrame) -> pl.DataFrame:
    """Put originals with what amends them in order; ``stands`` where the last is in force as it stands.

    That is a whole message after which nothing of those before it stays true that it does not say itself.
    """
    lost = [pl.col(time).is_not_null().any() & pl.col(time).last().is_null() for time in _TIMES]
    stands = (
        (pl.col("bears") == pl.col("references")).last()
        & pl.col("has_goods").last()
        & ~pl.col("partial").last()
        & (pl.col("synthetic").last() | ~pl.col("synthetic").any())
        & ~pl.any_horizontal(lost)
    )
    ordered = amended.sort("component", ~_ORIGINAL, "version", "issued_at", nulls_last=True)
    verdict = ordered.group_by("component").agg(stands=stands, messages=pl.len())
    return ordered.join(verdict, on="component", how="left", maintain_order="left").with_columns(
        place=pl.int_range(pl.len(), dtype=pl.Int32).over("component"),
        last=pl.int_range(1, pl.len() + 1).over("component") == pl.col("messages"),
    )
