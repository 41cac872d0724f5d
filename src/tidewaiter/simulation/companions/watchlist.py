"""The watchlist: mostly entities that never trade in this world, some of the planted ones, some honest by mistake."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tidewaiter.simulation import check_digits, companies, people
from tidewaiter.simulation.columns import digits, fixed, join, letters, pool, take
from tidewaiter.simulation.companions.known import STALE, Known, identifier_of, known, name_of
from tidewaiter.simulation.places import DESTINATION_MIX, country
from tidewaiter.simulation.seeds import WORLD, pick, stream, uniform, weighted
from tidewaiter.simulation.world import World

COLUMNS = (
    *("entry", "kind", "type", "value", "label", "mandatory", "priority", "channel"),
    *("valid_from", "valid_until", "source", "grading", "reason"),
)
_MIX = {"mainland": 0.57, "abroad": 0.25, "hong_kong": 0.08, "macao": 0.02, "person": 0.02, "container": 0.06}
_SOURCES = ("synthetic: own seizure", "synthetic: neighbour's tip", "synthetic: right holder", "synthetic: open source")
_GRADINGS = ("A1", "B2", "B3", "C3", "C4", "D4", "E5", "F6")
_REASONS = (
    "Sent counterfeit shoes before",
    "懷疑曾付運冒牌手袋",
    "曾查扣侵权手机配件",
    "Suspeita de remessas de artigos contrafeitos",
    "Same address as a seized consignment",
    "與檢獲貨物同一電話",
    "申报要素与实货不符",
    "Named in a complaint",
)
_CHANNELS = ("documentary", "non_intrusive", "physical")
_STRANGERS = 5_000_000_011
"""Entities numbered from here on trade nowhere in this world, so that only chance makes them meet a consignment."""


def write(path: Path, world: World, entries: int) -> None:
    """Write ``watchlist.csv`` with ``entries`` entries of 1 to 5 keys; the planted ones stand anywhere among them."""
    found = known(world)[:entries]
    numbers = stream(world.parameters.seed, WORLD, "watchlist order").permutation(entries)
    planted = _planted(world, found, numbers[: len(found)])
    whole = pa.concat_tables([planted, _strangers(world, np.sort(numbers[len(found) :]))])
    ordered = whole.take(pc.sort_indices(whole, [("entry", "ascending")]))
    pa.csv.write_csv(ordered, path, pa.csv.WriteOptions(quoting_style="needed"))


def _table(columns: dict[str, pa.Array]) -> pa.Table:
    return pa.table([columns[name].cast(pa.string()) for name in COLUMNS], names=list(COLUMNS))


def _strangers(world: World, numbers: np.ndarray) -> pa.Table:
    """Write entries about entities that have nothing to do with this world."""
    rng = stream(world.parameters.seed, WORLD, "watchlist")
    kinds = rng.choice(len(_MIX), len(numbers), p=list(_MIX.values()))
    first = _STRANGERS + (world.parameters.seed % 1000) * 10_000_000
    tables = []
    for at, kind in enumerate(_MIX):
        entry = numbers[kinds == at]
        if len(entry):
            tables.append(_keys(world, kind, entry, first + entry, rng))
    empty = [pa.table([pa.array([], pa.string())] * len(COLUMNS), names=list(COLUMNS))]
    return pa.concat_tables(tables or empty)


def _keys(world: World, kind: str, entry: np.ndarray, ids: np.ndarray, rng: np.random.Generator) -> pa.Table:
    """Write all keys of entries of one kind: the name first, then alias, identifier, telephone, account, as known."""
    size = len(ids)
    if kind == "container":
        owners = (pick(ids[:, None] * 4 + np.arange(3), 401, 26) + ord("A")).astype(np.uint8)
        numbers = check_digits.container(np.concatenate([owners, letters(size, "U")], axis=1), pick(ids, 402, 10**6))
        value = fixed(numbers)
        return _rows(world, entry, ids, value, [("reference", "container", value, np.ones(size, bool))])
    if kind == "person":
        where = np.where(uniform(ids, 403) < 0.7, country("CN"), country("HK"))
        ids_there = people.person(where, pick(ids, 404, 1 << 31))
        name = people.han(ids_there, "hant")
        alias = people.romanised(ids_there, "hong_kong")
        keys = [("name", "", name, np.ones(size, bool)), ("name", "", alias, rng.random(size) < 0.5)]
        return _rows(world, entry, ids, name, [*keys, ("phone", "", people.phones(ids_there), rng.random(size) < 0.5)])
    written = _written(kind, ids, rng)
    name = written.forms[companies.LATIN if kind == "abroad" else companies.LOCAL]
    type_ = {"mainland": "uscc", "hong_kong": "hk_br", "macao": "macao_taxpayer", "abroad": "eori"}[kind]
    keys = [
        ("name", "", name, np.ones(size, bool)),
        ("name", "", written.forms[companies.LATIN], (rng.random(size) < 0.4) & (kind != "abroad")),
        ("identifier", type_, written.identifier, rng.random(size) < 0.35),
        ("phone", "", written.phone, rng.random(size) < 0.2),
        ("account", "", written.account, rng.random(size) < 0.08),
    ]
    return _rows(world, entry, ids, name, keys)


def _written(kind: str, ids: np.ndarray, rng: np.random.Generator) -> companies.Written:
    if kind == "abroad":
        return companies.foreign(ids, weighted(rng, DESTINATION_MIX, len(ids)))
    return {"mainland": companies.mainland, "hong_kong": companies.hong_kong, "macao": companies.macao}[kind](ids)


def _rows(
    world: World,
    entry: np.ndarray,
    ids: np.ndarray,
    label: pa.Array,
    keys: Sequence[tuple[str, str, pa.Array, np.ndarray]],
) -> pa.Table:
    """Write one row a key, in the order of the entries. What belongs to the entry is the same on each of its rows."""
    start, size = world.parameters.start, len(ids)
    days = pool([(start + timedelta(days=at)).isoformat() for at in range(-900, 900)] + [""])
    begun = pick(ids, 411, 880)
    # One entry in twelve has run out; most of the others end within a year or two, some never.
    ends = np.where(uniform(ids, 412) < 0.08, begun + pick(ids, 413, 20), 940 + pick(ids, 413, 850))
    ends = np.where(uniform(ids, 414) < 0.3, 1800, ends)
    whole = {
        "entry": join(pa.repeat(pa.scalar("SYN-W-"), size), fixed(digits(entry, 7))),
        "label": label,
        "mandatory": take(pool(["no", "yes"]), (uniform(ids, 415) < 0.02).astype(int)),
        "priority": pa.array(10 + pick(ids, 416, 71)),
        "channel": take(pool(_CHANNELS), pick(ids, 417, 3)),
        "valid_from": take(days, begun),
        "valid_until": take(days, ends),
        "source": take(pool(_SOURCES), pick(ids, 418, len(_SOURCES))),
        "grading": take(pool(_GRADINGS), pick(ids, 419, len(_GRADINGS))),
        "reason": take(pool(_REASONS), pick(ids, 420, len(_REASONS))),
    }
    owner = np.concatenate([np.flatnonzero(held) for *_, held in keys])
    order = np.argsort(owner, kind="stable")
    columns = {name: column.take(pa.array(owner[order])) for name, column in whole.items()}
    back = pa.array(order)
    columns["kind"] = pa.concat_arrays([pa.repeat(pa.scalar(k), int(h.sum())) for k, _, _, h in keys]).take(back)
    columns["type"] = pa.concat_arrays([pa.repeat(pa.scalar(t), int(h.sum())) for _, t, _, h in keys]).take(back)
    columns["value"] = pa.concat_arrays([v.filter(pa.array(h)) for _, _, v, h in keys]).take(back)
    return _table(columns)


def _planted(world: World, found: list[Known], numbers: np.ndarray) -> pa.Table:
    """Write the entries about entities of this world, one by one: they are few."""
    rng = stream(world.parameters.seed, WORLD, "watchlist planted")
    rows: list[dict[str, str]] = []
    for one, number in zip(found, numbers, strict=True):
        rows += _planted_keys(world, one, f"SYN-W-{number:07d}", rng)
    return _table({name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS})


def _planted_keys(world: World, one: Known, entry: str, rng: np.random.Generator) -> list[dict[str, str]]:
    start: date = world.parameters.start
    until = start - timedelta(days=int(rng.integers(5, 90))) if one.error == STALE else start + timedelta(days=400)
    common = {
        "entry": entry,
        "type": "",
        "label": name_of(world, one, companies.LOCAL),
        "mandatory": "yes" if one.scheme is not None and rng.random() < 0.3 else "no",
        "priority": str(int(rng.integers(40, 96))),
        "channel": str(rng.choice(_CHANNELS, p=[0.15, 0.3, 0.55])),
        "valid_from": (start - timedelta(days=int(rng.integers(100, 700)))).isoformat(),
        "valid_until": until.isoformat(),
        "source": str(rng.choice(_SOURCES)),
        "grading": str(rng.choice(_GRADINGS[:6])),
        "reason": str(rng.choice(_REASONS)),
    }
    rows = [{**common, "kind": "name", "value": name_of(world, one)}]
    if rng.random() < 0.5:
        rows.append({**common, "kind": "name", "value": name_of(world, one, companies.LOCAL)})
    if rng.random() < 0.6:
        type_, value = identifier_of(world, one)
        rows.append({**common, "kind": "identifier", "type": type_, "value": value})
    if rng.random() < 0.4:
        rows.append({**common, "kind": "phone", "value": str(world.traders.phone[one.entity].as_py())})
    if rng.random() < 0.2:
        rows.append({**common, "kind": "account", "value": str(world.traders.account[one.entity].as_py())})
    return rows
