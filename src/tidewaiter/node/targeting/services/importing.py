"""From the result of a run to the queues: selected and overflowing consignments become lines, once each.

A line is known by its run and its message, so that a second attempt adds nothing. Where an older line for the same
consignment still waits, the new one stands for it and keeps its tips; where somebody has taken the older one, that
one stays in hand and the new one is not shown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tidewaiter.lake.layout import Partition
from tidewaiter.lake.queries import partitions
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.live.services import announce
from tidewaiter.node.search.services import index
from tidewaiter.node.targeting import summary
from tidewaiter.node.targeting.criteria import Gathered
from tidewaiter.node.targeting.models import QueueReference, ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.reasons import Reason, kinds_of, origin_of, tips_in, told, with_tips
from tidewaiter.node.targeting.references import keys_of
from tidewaiter.node.targeting.services.arriving import attach_expected
from tidewaiter.runs.request import Progress

BATCH = 1_000
"""Lines that are written in one transaction."""

TOPIC = "queue"
_LISTED = ("selected", "overflow")


@dataclass
class Imported:
    """What came of it: lines of this node, rows of other administrations, what an analyst must be told."""

    in_queue: int = 0
    elsewhere: int = 0
    alarms: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class _Context:
    run: ScreeningRun
    gathered: Gathered
    offices: Mapping[str, Office]
    top: Office

    def office(self, code: str | None) -> Office:
        """The office of that code; the whole administration where there is none, so that nothing is lost."""
        return self.offices.get(code or "", self.top)


def import_selection(run: ScreeningRun, gathered: Gathered, tell: Callable[[Progress], None]) -> Imported:
    """Put what ``run`` selected for this administration into its queues; rows of others are counted only."""
    own = settings.CONFIG.administration
    offices = {office.code: office for office in Office.objects.all()}
    context = _Context(run, gathered, offices, offices[own])
    outcome = Imported()
    attach_expected(run)
    found = partitions(run.result)
    for number, partition in enumerate(found):
        tell(Progress("queue", number, len(found)))
        if partition.administration != own:
            outcome.elsewhere += _listed(run.result, partition).height
            continue
        for batch in _prepared(context, partition):
            _write(run, batch)
            outcome.in_queue += len(batch)
        outcome.alarms += _overflows(run.result, partition)
    outcome.alarms += _unknown_offices(context)
    if outcome.elsewhere:
        outcome.alarms.append({"code": "elsewhere", "count": outcome.elsewhere})
    return outcome


def _listed(root: Path, partition: Partition) -> pl.DataFrame:
    found = _table(root, partition, "selection")
    if found is None:
        return pl.DataFrame()
    return found.filter(pl.col("status").is_in(_LISTED)).sort("day", "office", "rank", nulls_last=True).collect()


def _table(root: Path, partition: Partition, name: str) -> pl.LazyFrame | None:
    files = sorted(partition.folder(root, name).glob("*.parquet"))
    return pl.scan_parquet(files, hive_partitioning=False, glob=False) if files else None


def _prepared(context: _Context, partition: Partition) -> Iterator[list[SelectedConsignment]]:
    """Give the lines of a partition, batch by batch, ready to be written."""
    root = context.run.result
    rows = _listed(root, partition)
    if not rows.height:
        return
    describers = context.gathered.files.load()[0].describers()
    declared, hits = _of_messages(root, partition, "consignment", rows), _of_messages(root, partition, "hit", rows)
    shares = _shares(root, partition, rows)
    for start in range(0, rows.height, BATCH):
        batch = rows.slice(start, BATCH)
        ids = batch.select("message_id")
        by_id = {one["message_id"]: one for one in declared.join(ids, on="message_id", how="semi").to_dicts()}
        hits_by_id: dict[str, list[dict[str, Any]]] = {}
        for hit in hits.join(ids, on="message_id", how="semi").to_dicts() if hits.height else []:
            hits_by_id.setdefault(hit["message_id"], []).append(hit)
        lines = []
        for row in batch.to_dicts():
            own, whole = hits_by_id.get(row["message_id"], []), by_id[row["message_id"]]
            reasons = told(row, own, whole, shares[row["office"], row["day"]], describers)
            lines.append(_line(context, row, whole, reasons, {hit["rule"] for hit in own}))
        yield lines


def _of_messages(root: Path, partition: Partition, name: str, rows: pl.DataFrame) -> pl.DataFrame:
    table = _table(root, partition, name)
    if table is None:
        return pl.DataFrame()
    return table.join(rows.select("message_id").lazy(), on="message_id", how="semi").collect()


def _shares(root: Path, partition: Partition, rows: pl.DataFrame) -> dict[tuple[str, Any], tuple[int, int]]:
    """For each office and day: the random rows on the list, and how many consignments they were drawn from."""
    drawn = rows.filter((pl.col("origin") == "random") & (pl.col("status") == "selected"))
    counts = {(office, day): count for office, day, count in drawn.group_by("office", "day").len().iter_rows()}
    strata = _table(root, partition, "stratum")
    held = strata.select("office", "day", "population").collect().iter_rows() if strata is not None else ()
    return {(office, day): (counts.get((office, day), 0), population) for office, day, population in held}


def _line(
    context: _Context, row: Mapping[str, Any], declared: Mapping[str, Any], reasons: list[Reason], rules: set[str]
) -> SelectedConsignment:
    lanes = [context.gathered.lanes[rule] for rule in sorted(rules) if rule in context.gathered.lanes]
    return SelectedConsignment(
        **summary.fields_of(declared),
        id=uuid4(),
        run=context.run,
        office=context.office(declared["office"]),
        status=row["status"],
        origin=origin_of(row),
        rule=row["rule"] or "",
        mandatory=row["mandatory"],
        priority=row["priority"] or 0,
        rank=row["rank"],
        probability=row["probability"],
        channel=row["channel"] or "",
        lane=lanes[0] if lanes else "",
        kinds=kinds_of(reasons),
        reasons=reasons,
        waiting_since=timezone.now(),
    )


@transaction.atomic
def _write(run: ScreeningRun, lines: Sequence[SelectedConsignment]) -> None:
    ids = [line.message_id for line in lines]
    present = {one.message_id: one for one in SelectedConsignment.objects.filter(run=run, message_id__in=ids)}
    new = [line for line in lines if line.message_id not in present]
    for line in lines:
        if line.message_id in present and present[line.message_id].tip:
            _merge(present[line.message_id], line)
    older = _older(run, new)
    replaced = [_settle(line, older[line.consignment_id]) for line in new if line.consignment_id in older]
    SelectedConsignment.objects.bulk_create(new, ignore_conflicts=True)
    SelectedConsignment.objects.bulk_update([one for one in replaced if one is not None], ["superseded_by"])
    QueueReference.objects.bulk_create(
        [
            QueueReference(item=line, kind=kind, key=key)
            for line in new
            for kind, key in sorted(keys_of((kind, value) for kind, value in line.references))
        ],
        ignore_conflicts=True,
    )
    index(*new, *(one for one in replaced if one is not None))
    if new:
        announce(TOPIC, run, offices={line.office for line in new})


def _merge(present: SelectedConsignment, line: SelectedConsignment) -> None:
    """A line that a tip had made before: what the run found is added behind the tip."""
    present.reasons = with_tips(tips_in(present.reasons), line.reasons)
    present.kinds = kinds_of(present.reasons)
    present.status, present.rank, present.probability = line.status, line.rank, line.probability
    present.lane, present.channel, present.mandatory = line.lane, line.channel, line.mandatory
    present.save(update_fields=["reasons", "kinds", "status", "rank", "probability", "lane", "channel", "mandatory"])


def _older(run: ScreeningRun, lines: Sequence[SelectedConsignment]) -> dict[str, SelectedConsignment]:
    """Open lines of earlier runs for the same consignments."""
    wanted = [line.consignment_id for line in lines]
    found = SelectedConsignment.objects.open().filter(
        administration=run.office.administration, consignment_id__in=wanted
    )
    return {one.consignment_id: one for one in found.exclude(run=run).select_for_update(no_key=True)}


def _settle(line: SelectedConsignment, older: SelectedConsignment) -> SelectedConsignment | None:
    """Say which of two lines for one consignment stands; gives the older one where it goes."""
    if older.state != SelectedConsignment.State.WAITING:
        line.superseded_by = older
        return None
    older.superseded_by = line
    tips = tips_in(older.reasons)
    if tips:
        line.reasons = with_tips(tips, line.reasons)
        line.kinds, line.tip, line.priority = kinds_of(line.reasons), older.tip, max(line.priority, older.priority)
    return older


def _overflows(root: Path, partition: Partition) -> list[dict[str, Any]]:
    strata = _table(root, partition, "stratum")
    if strata is None:
        return []
    rows = strata.filter(pl.col("overflow") > 0).select("office", "day", "overflow").sort("day", "office").collect()
    return [
        {"code": "overflow", "office": office, "day": day.isoformat() if day else "", "count": count}
        for office, day, count in rows.iter_rows()
    ]


def _unknown_offices(context: _Context) -> list[dict[str, Any]]:
    """Lines that went to the whole administration because their office is not known here."""
    counts: dict[str, int] = {}
    found = SelectedConsignment.objects.filter(run=context.run, office=context.top).exclude(
        office_declared=context.top.code
    )
    for code in found.values_list("office_declared", flat=True):
        counts[code] = counts.get(code, 0) + 1
    return [{"code": "unknown_office", "office": code, "count": count} for code, count in sorted(counts.items())]
