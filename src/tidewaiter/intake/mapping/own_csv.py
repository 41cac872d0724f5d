"""Write consignments as Tidewaiter's own CSV: one row a goods item, columns named after mapping targets."""

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pyarrow as pa

from tidewaiter.intake.mapping.targets import Target, all_targets

Row = dict[str, str]


def write_own_csv(batch: pa.RecordBatch) -> str:
    """Give a batch of ``schemas.CONSIGNMENT`` as text that the mapping ``tidewaiter`` reads back.

    What is kept: everything but ``message_id``, ``flags`` and the columns that say where a message came from.
    References, parties and legs come back in the order of their types and roles; goods items without any value do not.
    A cell that a spreadsheet would take for a formula is written as it is: this is a format between programs.
    """
    rows = [row for consignment in batch.to_pylist() for row in _rows(consignment)]
    order = {target.text: at for at, target in enumerate(all_targets())}
    names = sorted({name for row in rows for name in row}, key=lambda name: _place(name, order))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _rows(consignment: dict[str, Any]) -> list[Row]:
    once: Row = {}
    for target in all_targets():
        if not target.section:
            _put(once, target, consignment.get(target.field), consignment)
    for section, key in (("references", "type"), ("route", "role"), ("parties", "role")):
        numbers: dict[str, int] = {}
        for element in consignment[section] or ():
            kind = element[key]
            numbers[kind] = numbers.get(kind, 0) + 1
            for field, value in element.items():
                if field not in (key, "sequence"):
                    _put(once, Target(section, kind, numbers[kind], field), value, consignment)
    goods = consignment["goods"] or [{}]
    return [{**once, **_item(item)} for item in goods]


def _item(item: dict[str, Any]) -> Row:
    row: Row = {}
    for field, value in item.items():
        _put(row, Target("goods", "", 1, field), value, {})
    return row


def _put(row: Row, target: Target, value: Any, consignment: dict[str, Any]) -> None:
    if value is None:
        return
    if isinstance(value, datetime):
        minutes = consignment.get(target.field.replace("_at", "_offset"))
        row[target.text] = _stamp(value, minutes)
    elif isinstance(value, bool):
        row[target.text] = "yes" if value else "no"
    else:
        row[target.text] = str(value)


def _stamp(value: datetime, minutes: int | None) -> str:
    if minutes is None:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    local = value.astimezone(timezone(timedelta(minutes=minutes)))
    return local.isoformat(timespec="microseconds")


def _place(name: str, order: dict[str, int]) -> tuple[int, str]:
    plain = ".".join(part for part in name.split(".") if not part.isdigit())
    return order.get(plain, len(order)), name
