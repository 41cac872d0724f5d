"""Puts committed rows into the chain, in the order in which they were committed, and moves its head.

One sequencer at a time: it holds the lock on the head. A row, once placed, never gets another before it:

- SQLite has one writer at a time, so that the order of ids is the order of commits.
- PostgreSQL gives ids before commit. A row is placed only when every transaction that began before its own has ended
  (its number is below the oldest that still runs), so that none can appear before it later. A transaction that is
  left open holds the chain back; it loses nothing.
"""

from django.db import connection, transaction
from django.utils import timezone

from tidewaiter.node.audit import leaf
from tidewaiter.node.audit.chain import administration
from tidewaiter.node.audit.models import AuditRow, ChainHead

_FINAL = "txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


def run_once(limit: int = 1000) -> int:
    """Place at most ``limit`` waiting rows and give how many were placed; 0 where none waits."""
    if not AuditRow.objects.filter(seq__isnull=True).exists():
        return 0
    with transaction.atomic():
        head = _locked_head()
        rows = _final_rows(limit)
        placed = []
        seq, previous = head.seq, head.hash
        for row in rows:
            seq += 1
            link = leaf.link_hash(previous, seq, row.leaf())
            placed.append((seq, previous, link, row.pk))
            previous = link
        if placed:
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE audit_auditrow SET seq = %s, prev_hash = %s, hash = %s WHERE id = %s", placed
                )
            ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=previous, at=timezone.now())
    return len(placed)


def _locked_head() -> ChainHead:
    ChainHead.objects.get_or_create(
        pk=ChainHead.ONLY,
        defaults={
            "administration": administration(),
            "seq": 0,
            "hash": leaf.origin_hash(administration()),
            "at": timezone.now(),
        },
    )
    return ChainHead.objects.select_for_update(no_key=True).get(pk=ChainHead.ONLY)


def _final_rows(limit: int) -> list[AuditRow]:
    rows = AuditRow.objects.filter(seq__isnull=True)
    if connection.vendor == "postgresql":
        return list(rows.extra(where=[_FINAL]).order_by("txid", "id")[:limit])  # noqa: S610 - a constant
    return list(rows.order_by("id")[:limit])


def run_until_empty(most: int = 50_000) -> int:
    """Place all rows that can be placed, in small transactions, at most about ``most``; give how many."""
    total = 0
    while total < most and (placed := run_once()):
        total += placed
    return total
