"""The table of everybody who trades more than once: exporters, importers, agents, carriers, platforms, drivers.

Activity follows Zipf's law within each control point; links to agents, lanes and goods are sticky. Entities are
numbers; ranges of numbers are kinds. Schemes take over honest entities and change who shares whose telephone or
address.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.simulation import companies, people
from tidewaiter.simulation.catalogue import CARGO_MIX, PARCEL_MIX
from tidewaiter.simulation.check_digits import hong_kong_card, resident_number
from tidewaiter.simulation.columns import digits, fixed, letters
from tidewaiter.simulation.places import (
    ADMINISTRATIONS,
    CHANNELS,
    COUNTRIES,
    DESTINATION_MIX,
    DESTINATIONS,
    GD,
    HK,
    MO,
    country,
)
from tidewaiter.simulation.seeds import WORLD, mix, pick, stream, weighted

IDENTIFIER_TYPES = (
    "uscc",
    "hk_br",
    "macao_taxpayer",
    "eori",
    "local",
    "prc_resident_id",
    "hkid",
    "macao_bir",
    "passport",
)
NEVER = 1 << 30
AGENTS, COURIERS, CARRIERS, PLATFORMS, DRIVERS = 240, 14, 60, 9, 1500
_TRADES = {"agent": "Forwarding", "courier": "Express", "carrier": "Forwarding", "platform": "E-Commerce"}
FAVOURITES = np.cumsum([0.5, 0.25, 0.15, 0.1])
"""How often a trader deals in its first, second, third and fourth kind of goods (or lane)."""


@dataclass
class Traders:
    """All entities, one position each. ``forms`` holds the ways to write the names, one form of all after another."""

    spans: dict[str, tuple[int, int]]
    forms: pa.Array
    addresses: pa.Array
    identifier: pa.Array
    identifier_type: np.ndarray
    country: np.ndarray
    phone: pa.Array
    account: pa.Array
    phone_of: np.ndarray
    address_of: np.ndarray
    account_of: np.ndarray
    born: np.ndarray
    gone: np.ndarray
    activity: np.ndarray
    channel: np.ndarray
    second_channel: np.ndarray
    products: np.ndarray
    lanes: np.ndarray
    agents: np.ndarray
    members: list[np.ndarray] = field(default_factory=list)
    """For each channel, the traders that use it, sorted."""

    @property
    def size(self) -> int:
        """Number of entities."""
        return len(self.country)

    def index_channels(self) -> None:
        """Find the members of each channel."""
        self.members = [
            np.flatnonzero((self.channel == at) | (self.second_channel == at)) for at in range(len(CHANNELS))
        ]


def build(seed: int, rows: int, days: int) -> Traders:
    """Make the entities of a world of that many rows and days."""
    rng = stream(seed, WORLD, "traders")
    local, abroad = int(np.clip(rows // 25, 2_500, 40_000)), int(np.clip(rows // 50, 2_000, 20_000))
    channel = weighted(rng, np.array([c.weight for c in CHANNELS]), local)
    side = np.array([ADMINISTRATIONS.index(c.administration) for c in CHANNELS])[channel]
    destination = np.sort(weighted(rng, DESTINATION_MIX, abroad))
    destination[: len(DESTINATIONS)] = np.arange(len(DESTINATIONS))
    destination.sort()
    pieces, spans, start = [], {}, 0
    for kind, ids, where, sides in _kinds(rng, local, side, abroad, destination):
        pieces.append(_written(seed, ids + start, where, sides, _TRADES.get(kind, "")))
        spans[kind] = (start, start + len(ids))
        start += len(ids)
    table = _assemble(pieces, spans)
    _histories(table, rng, local, days)
    _habits(table, rng, channel)
    _share(table, rng, local)
    table.index_channels()
    return table


def _kinds(
    rng: np.random.Generator, local: int, side: np.ndarray, abroad: int, destination: np.ndarray
) -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """List each kind with its positions, its countries, and its administrations (-1 for abroad)."""
    home = np.array([country("CN"), country("HK"), country("MO")])
    found = [
        ("local", np.arange(local), home[side], side),
        ("abroad", np.arange(abroad), destination, np.full(abroad, -1)),
    ]
    for kind, size in (
        ("agent", AGENTS),
        ("courier", COURIERS),
        ("carrier", CARRIERS),
        ("platform", PLATFORMS),
        ("driver", DRIVERS),
    ):
        sides = np.sort(rng.choice(3, size, p=[0.5, 0.4, 0.1]))
        sides[:3] = np.arange(3)
        sides.sort()
        found.append((kind, np.arange(size), home[sides], sides))
    return found


def _written(
    seed: int, ids: np.ndarray, where: np.ndarray, sides: np.ndarray, trade: str
) -> tuple[companies.Written, np.ndarray, np.ndarray]:
    """Write entities of mixed administrations, in the order of their positions, with identifier types and countries."""
    hashed = (mix(ids, seed & 0xFFFF) >> np.uint64(24)).astype(np.int64)
    parts, order, types = [], [], []
    for side, write in ((0, companies.mainland), (1, companies.hong_kong), (2, companies.macao), (-1, None)):
        chosen = np.flatnonzero(sides == side)
        if not len(chosen):
            continue
        order.append(chosen)
        types.append(np.full(len(chosen), side if side >= 0 else IDENTIFIER_TYPES.index("eori")))
        parts.append(write(hashed[chosen], trade) if write else companies.foreign(hashed[chosen], where[chosen]))
    back = pa.array(np.argsort(np.concatenate(order), kind="stable"))

    def together(columns: list[pa.Array]) -> pa.Array:
        return pa.concat_arrays(columns).take(back)

    written = companies.Written(
        [together([p.forms[at] for p in parts]) for at in range(companies.FORMS)],
        [together([p.addresses[at] for p in parts]) for at in range(2)],
        together([p.identifier for p in parts]),
        together([p.phone for p in parts]),
        together([p.account for p in parts]),
    )
    return written, np.concatenate(types)[back.to_numpy()], where


def _assemble(
    pieces: list[tuple[companies.Written, np.ndarray, np.ndarray]], spans: dict[str, tuple[int, int]]
) -> Traders:
    written = [piece[0] for piece in pieces]
    where = np.concatenate([piece[2] for piece in pieces])
    size = len(where)
    itself = np.arange(size)
    table = Traders(
        spans=spans,
        forms=pa.concat_arrays([w.forms[at] for at in range(companies.FORMS) for w in written]),
        addresses=pa.concat_arrays([w.addresses[at] for at in range(2) for w in written]),
        identifier=pa.concat_arrays([w.identifier for w in written]),
        identifier_type=np.concatenate([piece[1] for piece in pieces]),
        country=where,
        phone=_two_ways(pa.concat_arrays([w.phone for w in written])),
        account=pa.concat_arrays([w.account for w in written]),
        phone_of=itself.copy(),
        address_of=itself.copy(),
        account_of=itself.copy(),
        born=np.zeros(size, np.int64),
        gone=np.full(size, NEVER),
        activity=np.zeros(size),
        channel=np.full(size, -1),
        second_channel=np.full(size, -1),
        products=np.zeros((size, 4), np.int64),
        lanes=np.zeros((size, 4), np.int64),
        agents=np.zeros((size, 2), np.int64),
    )
    _as_drivers(table)
    return table


def _two_ways(phone: pa.Array) -> pa.Array:
    """Lay out telephone numbers with their plus sign, then without."""
    return pa.concat_arrays([phone, pc.utf8_ltrim(phone, "+")])


def _as_drivers(table: Traders) -> None:
    """Turn the drivers from companies into persons, in every form of their names."""
    start, stop = table.spans["driver"]
    where = table.country[start:stop]
    ids = people.person(where, pick(np.arange(start, stop), 61, 1 << 31))
    spelling = np.select([where == country("HK"), where == country("MO")], [1, 2], 0)
    latin = [people.romanised(ids, convention) for convention in ("pinyin", "hong_kong", "macao")]
    own = pa.concat_arrays(latin).take(pa.array(spelling * len(ids) + np.arange(len(ids))))
    hans, hant = people.han(ids, "hans"), people.han(ids, "hant")
    local = pa.concat_arrays([hans, hant]).take(pa.array((spelling > 0) * len(ids) + np.arange(len(ids))))
    forms = [own, own, local, hant, latin[0], own, own]
    size = table.size
    pieces = []
    for at, form in enumerate(forms):
        pieces += [table.forms.slice(at * size, start), form, table.forms.slice(at * size + stop, size - stop)]
    table.forms = pa.concat_arrays(pieces)
    _driver_papers(table, ids, spelling)


def _driver_papers(table: Traders, ids: np.ndarray, spelling: np.ndarray) -> None:
    start, stop = table.spans["driver"]
    rows = stop - start
    birth = (1962 + pick(ids, 62, 40)) * 10_000 + (pick(ids, 63, 12) + 1) * 100 + pick(ids, 64, 28) + 1
    division = np.array([440103, 440303, 441302, 440402])[pick(ids, 65, 4)]
    resident = fixed(resident_number(division, birth, pick(ids, 66, 1000)))
    card = fixed(hong_kong_card((pick(ids, 67, 20) + ord("A")).astype(np.uint8), pick(ids, 68, 10**6)))
    macao = fixed(
        digits(np.array([1, 5, 7])[pick(ids, 69, 3)], 1),
        digits(pick(ids, 70, 10**6), 6),
        letters(rows, "("),
        digits(pick(ids, 71, 10), 1),
        letters(rows, ")"),
    )
    papers = pa.concat_arrays([resident, card, macao]).take(pa.array(spelling * rows + np.arange(rows)))
    table.identifier = pa.concat_arrays([table.identifier.slice(0, start), papers, table.identifier.slice(stop)])
    table.identifier_type[start:stop] = IDENTIFIER_TYPES.index("prc_resident_id") + spelling


def _histories(table: Traders, rng: np.random.Generator, local: int, days: int) -> None:
    """Give activity, birth and end: a quarter of the local traders first appears within the window."""
    exponent = 0.95
    table.activity[:local] = rng.permutation(1.0 / np.arange(1, local + 1) ** exponent)
    fresh = rng.random(local) < 0.25
    table.born[:local] = np.where(fresh, rng.integers(0, max(days, 1), local), 0)
    ends = rng.random(local) < 0.12
    table.gone[:local] = np.where(ends, table.born[:local] + rng.integers(1, max(days, 2), local), NEVER)


def _habits(table: Traders, rng: np.random.Generator, channel: np.ndarray) -> None:
    local = len(channel)
    table.channel[:local] = channel
    near = [[at for at, c in enumerate(CHANNELS) if c.administration == one] for one in (GD, HK, MO)]
    side = np.array([ADMINISTRATIONS.index(c.administration) for c in CHANNELS])[channel]
    for at, choices in enumerate(near):
        mine = np.flatnonzero(side == at)
        table.second_channel[mine] = rng.choice(choices, len(mine))
    parcels = np.array([c.parcels for c in CHANNELS])[channel]
    drawn = np.where(
        parcels[:, None],
        weighted(rng, PARCEL_MIX, local * 4).reshape(local, 4),
        weighted(rng, CARGO_MIX, local * 4).reshape(local, 4),
    )
    table.products[:local] = drawn
    table.lanes[:local] = weighted(rng, DESTINATION_MIX, local * 4).reshape(local, 4)
    start, stop = table.spans["agent"]
    ranks = 1.0 / np.arange(1, stop - start + 1) ** 0.8
    table.agents[:local] = start + weighted(rng, ranks, local * 2).reshape(local, 2)


def _share(table: Traders, rng: np.random.Generator, local: int) -> None:
    """Let honest traders share: an address (forwarders, small offices), a telephone, an account."""
    for column, share in ((table.address_of, 0.06), (table.phone_of, 0.02), (table.account_of, 0.01)):
        chosen = np.flatnonzero(rng.random(local) < share)
        column[chosen] = np.maximum(chosen - rng.integers(1, 4, len(chosen)), 0)


def partners(table: Traders, trader: np.ndarray, destination: np.ndarray, salt: np.ndarray) -> np.ndarray:
    """Give each trader's business partner in a country; the same salt gives the same partner."""
    start, stop = table.spans["abroad"]
    where = table.country[start:stop]
    first = np.searchsorted(where, np.arange(len(COUNTRIES)), side="left")
    count = np.searchsorted(where, np.arange(len(COUNTRIES)), side="right") - first
    return np.asarray(
        start + first[destination] + pick(trader * 8 + salt, 81, 1 << 40) % np.maximum(count[destination], 1)
    )
