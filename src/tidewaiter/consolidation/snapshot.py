"""A frozen snapshot: figures with the records that they count, as canonical JSON under a SHA-256 digest.

Anybody who holds it can count again. It carries no references and no names: ids, counts, and who counts what.
Canonical is: keys sorted, no white space, UTF-8, no escapes but the necessary ones, amounts as plain decimal text.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from tidewaiter.consolidation.attribution import Attribution
from tidewaiter.consolidation.counting import figures_of
from tidewaiter.consolidation.figures import Figure, Finality, Key, Measure, Qualifier
from tidewaiter.consolidation.records import Count, Record

FORMAT = "tidewaiter-snapshot-1"
LIMIT = 256 * 1024 * 1024


class DamagedSnapshot(ValueError):
    """Bytes that are not the snapshot that their digest names, or whose figures are not those of their records."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Frozen figures. ``content`` is the canonical JSON and ``digest`` its SHA-256 in hexadecimal digits.

    ``figures`` are counted from ``records``; ``received`` are other parties' figures without their records.
    """

    operation: str
    frozen_at: datetime
    records: tuple[Record, ...]
    home_of: Mapping[str, str]
    figures: tuple[Figure, ...]
    received: tuple[Figure, ...]
    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one figure between two snapshots; None where it was not there."""

    key: Key
    before: Decimal | None
    after: Decimal | None
    added: tuple[str, ...]
    removed: tuple[str, ...]


def freeze(
    operation: str,
    frozen_at: datetime,
    records: Collection[Record],
    attribution: Attribution,
    received: Iterable[Figure] = (),
) -> Snapshot:
    """Freeze the figures of ``records`` and those received. The same input gives the same bytes in whatever order.

    Raises ValueError for a time without zone, and for a record that stands twice.
    """
    if frozen_at.tzinfo is None:
        raise ValueError("a snapshot is frozen at a time with its zone")
    if len({record.id for record in records}) != len(records):
        raise ValueError("a record id stands twice; nothing was frozen")
    ordered = sorted(records, key=lambda record: record.id)
    table = {
        "format": FORMAT,
        "operation": operation,
        "frozen_at": frozen_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "records": [_record_out(record, attribution.home_of) for record in ordered],
        "figures": [_figure_out(figure) for figure in figures_of(ordered, attribution)],
        "received": sorted((_figure_out(figure) for figure in received), key=_canonical),
    }
    content = _canonical(table)
    return read(content, hashlib.sha256(content).hexdigest())


def read(content: bytes, digest: str) -> Snapshot:
    """Read a snapshot back, check it against ``digest`` and count it again.

    Raises DamagedSnapshot where the digest, the form or the recount does not agree.
    """
    if len(content) > LIMIT:
        raise DamagedSnapshot(f"a snapshot of {len(content)} bytes; at most {LIMIT} are read")
    if hashlib.sha256(content).hexdigest() != digest:
        raise DamagedSnapshot("the digest is another: these are not the bytes that were frozen")
    try:
        snapshot = _snapshot(json.loads(content), content, digest)
        counted = recount(snapshot)
    except (KeyError, TypeError, ValueError, InvalidOperation, RecursionError) as fault:
        raise DamagedSnapshot(f"not a snapshot of the format {FORMAT}: {fault!r}") from fault
    if counted != snapshot.figures:
        raise DamagedSnapshot("the records of the snapshot do not give its figures")
    return snapshot


def recount(snapshot: Snapshot) -> tuple[Figure, ...]:
    """Count the snapshot's records again."""
    return figures_of(snapshot.records, Attribution(snapshot.home_of, ()))


def differences(earlier: Snapshot, later: Snapshot) -> tuple[Change, ...]:
    """What changed between two snapshots, figure by figure, with the records that came and went.

    Provisional figures that became final show as one going and one coming.
    """
    before = {figure.key: figure for figure in earlier.figures}
    after = {figure.key: figure for figure in later.figures}
    changes = (_change(key, before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys()))
    return tuple(change for change in changes if change.before != change.after or change.added or change.removed)


def _change(key: Key, before: Figure | None, after: Figure | None) -> Change:
    then = set(before.records) if before else set[str]()
    now = set(after.records) if after else set[str]()
    return Change(
        key=key,
        before=before.amount if before else None,
        after=after.amount if after else None,
        added=tuple(sorted(now - then)),
        removed=tuple(sorted(then - now)),
    )


def _canonical(table: object) -> bytes:
    return json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _number(amount: Decimal) -> str:
    """An amount as plain text, without exponent and closing zeros: 16000000, 0.5."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _record_out(record: Record, home_of: Mapping[str, str]) -> dict[str, Any]:
    counts = (
        {
            "measure": count.measure.value,
            "amount": _number(count.amount),
            "unit": count.unit,
            "basis": count.basis,
            "currency": count.currency,
            "stage": count.stage,
        }
        for count in record.counts
    )
    return {
        "id": record.id,
        "party": record.party,
        "day": record.day.isoformat(),
        "seized": record.seized,
        "finality": record.finality.value,
        "home": home_of.get(record.id),
        "counts": sorted(counts, key=_canonical),
    }


def _figure_out(figure: Figure) -> dict[str, Any]:
    key = figure.key
    return {
        "party": key.party,
        "measure": key.measure.value,
        "unit": key.unit,
        "basis": key.basis,
        "currency": key.currency,
        "stage": key.stage,
        "finality": key.finality.value,
        "amount": _number(figure.amount),
        "records": sorted(figure.records),
        "qualifier": figure.qualifier.value,
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "source": figure.source,
    }


def _snapshot(table: Mapping[str, Any], content: bytes, digest: str) -> Snapshot:
    if table["format"] != FORMAT or _canonical(table) != content:
        raise ValueError("another format, or not canonical")
    return Snapshot(
        operation=table["operation"],
        frozen_at=datetime.fromisoformat(table["frozen_at"]),
        records=tuple(_record_in(row) for row in table["records"]),
        home_of={row["id"]: row["home"] for row in table["records"] if row["home"] is not None},
        figures=tuple(_figure_in(row) for row in table["figures"]),
        received=tuple(_figure_in(row) for row in table["received"]),
        content=content,
        digest=digest,
    )


def _record_in(row: Mapping[str, Any]) -> Record:
    counts = tuple(
        Count(
            measure=Measure(count["measure"]),
            amount=Decimal(count["amount"]),
            unit=count["unit"],
            basis=count["basis"],
            currency=count["currency"],
            stage=count["stage"],
        )
        for count in row["counts"]
    )
    return Record(
        id=row["id"],
        party=row["party"],
        day=date.fromisoformat(row["day"]),
        counts=counts,
        seized=row["seized"],
        finality=Finality(row["finality"]),
    )


def _figure_in(row: Mapping[str, Any]) -> Figure:
    key = Key(
        party=row["party"],
        measure=Measure(row["measure"]),
        unit=row["unit"],
        basis=row["basis"],
        currency=row["currency"],
        stage=row["stage"],
        finality=Finality(row["finality"]),
    )
    return Figure(
        key=key,
        amount=Decimal(row["amount"]),
        records=tuple(row["records"]),
        qualifier=Qualifier(row["qualifier"]),
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        source=row["source"],
    )
