"""From the numbers of a draft to a record batch of `schemas.CONSIGNMENT`."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import MessageFunction
from tidewaiter.schemas import CONSIGNMENT, GOODS_ITEM
from tidewaiter.simulation import parties, references, routes, wording
from tidewaiter.simulation.background import CURRENCIES, REGIMES
from tidewaiter.simulation.calendar import DAY_US, OFFSET_MINUTES
from tidewaiter.simulation.catalogue import PRODUCTS
from tidewaiter.simulation.columns import blank, digits, fixed, join, letters, lists, pool, take
from tidewaiter.simulation.draft import Draft
from tidewaiter.simulation.places import CHANNELS, COUNTRIES, PARCEL_CHANNEL
from tidewaiter.simulation.seeds import stream
from tidewaiter.simulation.traders import Traders

PER_DOLLAR = np.array([1.0, 7.14, 7.81, 8.05, 0.92])
"""Units of each of `CURRENCIES` per US dollar in this world; ``rates.csv`` says the same."""
IMPOSSIBLE = 0.0004
"""Share of rows with a negative mass, and of those presented a year before they were lodged."""
_SCRAMBLE = 48_271
"""Multiplier that takes the order out of consignment numbers (prime to 10**8)."""
_HEADINGS = 3
_HS_POOL = pool([product.hs[at % len(product.hs)] for product in PRODUCTS for at in range(_HEADINGS)])
_UNIT_POOL = pool([product.unit for product in PRODUCTS] + ["PCS"])
_WRONG_HS = pool(["999999", "000000", "64", "420299999999"])
_PACKAGES = pool(["CT", "BG", "PK", "PX", "BX", "PA"])
_REGIME_POOL = pool([str(regime) for regime in REGIMES])
_CURRENCY_POOL = pool([*CURRENCIES, "RMB"])
_ORIGINS = pool(["CN", *COUNTRIES, "ZZ"])


def consignment_numbers(day: date, channel: np.ndarray) -> pa.Array:
    """Write consignment numbers ``GD260501-12345678``; their order tells nothing."""
    rows = len(channel)
    side = take(pool([str(c.administration)[-2:] for c in CHANNELS]), channel)
    number = (np.arange(rows) + 1) * _SCRAMBLE % 10**8
    return join(side, fixed(letters(rows, day.strftime("%y%m%d-")), digits(number, 8)))


def _goods(draft: Draft, noise: np.random.Generator) -> tuple[pa.Array, np.ndarray]:
    """Write the column ``goods``; give the items' values too, in the currency declared."""
    size = draft.items
    per = PER_DOLLAR[draft.currency[draft.owner]]
    value = np.round(np.maximum(draft.price * draft.quantity * per, 0.01), 2)
    net = np.round(np.maximum(draft.mass * draft.quantity, 0.001), 3)
    sequence = np.arange(size) - np.searchsorted(draft.owner, draft.owner) + 1
    packages = np.where(PARCEL_CHANNEL[draft.channel][draft.owner], 1, np.ceil(draft.quantity / 40).clip(1, 4000))
    hs = take(_HS_POOL, draft.product * _HEADINGS + draft.heading % _HEADINGS)
    hs = join(hs, take(pool(["", "00", "90", "0000"]), _tails(draft, noise)))
    wrong = noise.random(size) < 0.002
    hs = pa.compute.replace_with_mask(hs, pa.array(wrong), take(_WRONG_HS, noise.integers(0, 4, int(wrong.sum()))))
    origin = np.where(draft.outbound[draft.owner], 0, draft.abroad[draft.owner] + 1)
    origin = np.where(noise.random(size) < 0.001, len(_ORIGINS) - 1, origin)
    unit = np.where(noise.random(size) < 0.004, len(PRODUCTS), draft.product)
    money = np.where(noise.random(draft.rows) < 0.003, len(CURRENCIES), draft.currency)[draft.owner]
    columns = [
        pa.array(sequence.astype(np.int16)),
        blank(hs, noise.random(size) < 0.025),
        blank(wording.describe(draft, noise), noise.random(size) < 0.006),
        wording.declared_brands(draft, noise),
        take(_ORIGINS, origin, noise.random(size) < 0.12),
        pa.array(draft.quantity, mask=noise.random(size) < 0.02),
        take(_UNIT_POOL, unit, noise.random(size) < 0.05),
        pa.array(value, mask=noise.random(size) < 0.015),
        take(_CURRENCY_POOL, money),
        pa.array(np.round(net * 1.1, 3), mask=noise.random(size) < 0.5),
        pa.array(net, mask=noise.random(size) < 0.15),
        pa.array(packages.astype(np.int32), mask=noise.random(size) < 0.4),
        take(_PACKAGES, noise.integers(0, 6, size), noise.random(size) < 0.4),
    ]
    return lists(GOODS_ITEM, columns, draft.owner, draft.rows), value


def _tails(draft: Draft, noise: np.random.Generator) -> np.ndarray:
    """Draw how many digits a code has: six for parcels mostly, eight or ten on trade declarations."""
    long = ~PARCEL_CHANNEL[draft.channel][draft.owner]
    draw = noise.random(draft.items)
    return np.where(draw < np.where(long, 0.25, 0.75), 0, np.where(draw < 0.9, 1 + (draw * 1000 % 2).astype(int), 3))


def originals(draft: Draft, seed: int, start: date, traders: Traders, table: routes.Routes) -> pa.RecordBatch:
    """Write the original declarations of a day."""
    noise = stream(seed, draft.day, "noise")
    day, rows = start + timedelta(days=draft.day), draft.rows
    goods, value = _goods(draft, noise)
    total = np.round(draft.total(value), 2)
    net = np.round(draft.total(draft.mass * draft.quantity), 3).clip(0.001)
    gross = np.round(net * noise.uniform(1.02, 1.25, rows) + 0.02, 3)
    gross *= np.where(noise.random(rows) < IMPOSSIBLE, -1, 1)
    presented = draft.presented - np.where(noise.random(rows) < IMPOSSIBLE, 400 * DAY_US, 0)
    parcel = PARCEL_CHANNEL[draft.channel]
    packages = np.where(parcel, 1, np.ceil(draft.total(draft.quantity) / 40).clip(1, 9000)).astype(np.int32)
    route = routes.number(draft.channel, draft.abroad, draft.outbound.astype(int), draft.variant)
    columns = {
        "consignment_id": consignment_numbers(day, draft.channel),
        "function": _constant(str(MessageFunction.ORIGINAL), rows),
        "partial": pa.array(np.zeros(rows, bool)),
        "version": pa.array(np.ones(rows, np.int32)),
        "issued_at": _stamp(draft.lodged),
        "administration": take(pool([str(c.administration) for c in CHANNELS]), draft.channel),
        "office": take(pool([c.office for c in CHANNELS]), draft.channel, noise.random(rows) < 0.004),
        "regime": take(_REGIME_POOL, draft.regime, noise.random(rows) < 0.006),
        "mode": pa.array(
            np.array([int(c.mode) for c in CHANNELS], np.int8)[draft.channel], mask=noise.random(rows) < 0.01
        ),
        "courier": pa.array(np.array([c.courier for c in CHANNELS])[draft.channel]),
        "lodged_at": _stamp(draft.lodged),
        "lodged_offset": pa.array(np.full(rows, OFFSET_MINUTES, np.int16)),
        "presented_at": _stamp(presented, noise.random(rows) < 0.08),
        "presented_offset": pa.array(np.full(rows, OFFSET_MINUTES, np.int16)),
        "references": references.column(draft),
        "route": routes.column(table, route, noise.random(rows) < 0.03),
        "parties": parties.column(draft, traders, noise),
        "goods": goods,
        "gross_mass_kg": pa.array(gross, mask=noise.random(rows) < 0.02),
        "net_mass_kg": pa.array(net, mask=noise.random(rows) < 0.2),
        "packages": pa.array(packages, mask=noise.random(rows) < 0.05),
        "package_kind": take(_PACKAGES, noise.integers(0, 6, rows), noise.random(rows) < 0.3),
        "value": pa.array(total, mask=noise.random(rows) < 0.015),
        "currency": take(_CURRENCY_POOL, draft.currency),
        "flags": pa.nulls(rows, CONSIGNMENT.field("flags").type),
    }
    return pa.RecordBatch.from_arrays(
        [columns.get(name, _later(name, rows)) for name in CONSIGNMENT.names], schema=CONSIGNMENT
    )


def _later(name: str, rows: int) -> pa.Array:
    """Fill a column that `numbered` writes when all messages of the day are together."""
    kind = CONSIGNMENT.field(name).type
    return pa.nulls(rows, kind)


def numbered(batches: list[pa.RecordBatch], day: date) -> pa.RecordBatch:
    """Put a day's messages together, and write what says where each stands and that it is synthetic."""
    whole = pa.concat_batches(batches)
    rows = whole.num_rows
    written = {
        "message_id": fixed(letters(rows, f"S{day:%Y%m%d}-"), digits(np.arange(rows), 8)),
        "source_file": _constant(f"day={day.isoformat()}/part-0.parquet", rows),
        "source_position": pa.compute.cast(pa.array(np.arange(1, rows + 1)), pa.string()),
        "source_rows": pa.array(np.ones(rows, np.int32)),
        "synthetic": pa.array(np.ones(rows, bool)),
    }
    columns = [written.get(name, whole.column(name)) for name in CONSIGNMENT.names]
    return pa.RecordBatch.from_arrays(columns, schema=CONSIGNMENT)


def _stamp(microseconds: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    return pa.array(microseconds, pa.timestamp("us", tz="UTC"), mask=missing)


def _constant(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)
