"""The honest traffic of one day. Everything that a scheme shows also occurs here, more rarely for each row."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from tidewaiter.domain.vocabulary import Administration, Regime
from tidewaiter.simulation import calendar, people, routes
from tidewaiter.simulation.brands import BRANDS, OBSCURED, PLAIN
from tidewaiter.simulation.catalogue import CARGO_MIX, CATEGORIES, CATEGORY_OF, MASSES, PARCEL_MIX, PRICES
from tidewaiter.simulation.draft import ABSENT, BEFORE, COMPATIBLE, FOR, GENUINE, NOTHING, Draft, Truth
from tidewaiter.simulation.places import CHANNELS, DESTINATION_MIX, GD, HK, PARCEL_CHANNEL, country
from tidewaiter.simulation.seeds import mix, stream, weighted
from tidewaiter.simulation.traders import FAVOURITES, Traders, partners

REGIMES = tuple(Regime)
CURRENCIES = ("USD", "CNY", "HKD", "MOP", "EUR")
_CURRENCY_MIX = {GD: (0.6, 0.36, 0.01, 0.0, 0.03), HK: (0.4, 0.05, 0.53, 0.0, 0.02)}
_MACAO_CURRENCY = (0.15, 0.03, 0.32, 0.5, 0.0)
_LANGUAGE_MIX = {GD: (0.55, 0.02, 0.3, 0.12, 0.01), HK: (0.05, 0.34, 0.36, 0.24, 0.01)}
_MACAO_LANGUAGE = (0.06, 0.44, 0.16, 0.06, 0.28)
Mixes = Mapping[Administration, tuple[float, ...]]
UNIVERSE = 3_000_000
"""Private persons in each country; few of them buy again and again."""
_BRANDS_OF = [[at for at, brand in enumerate(BRANDS) if brand.category == category] for category in CATEGORIES]
_BRANDED = np.array([bool(brands) for brands in _BRANDS_OF])
_FOR_CATEGORY = np.array([category in ("electronics", "hardware", "watches") for category in CATEGORIES])


def draft(seed: int, day: int, start: date, rows: int, traders: Traders) -> Draft:
    """Draw the original declarations of a day."""
    rng = stream(seed, day, "background")
    channel = weighted(rng, np.array([c.weight for c in CHANNELS]), rows)
    outbound = rng.random(rows) < np.array([c.outbound for c in CHANNELS])[channel]
    trader = _traders(rng, traders, channel, day)
    rank = np.minimum(np.searchsorted(FAVOURITES, rng.random(rows)), 3)
    habitual = rng.random(rows) < 0.85
    abroad = np.where(habitual, traders.lanes[trader, rank], weighted(rng, DESTINATION_MIX, rows))
    home = traders.country[trader]
    abroad = np.where(abroad == home, country("US"), abroad)
    lodged = calendar.midnight(start + timedelta(days=day)) + calendar.hours(rng, rows)
    agent = np.where(
        rng.random(rows) < 0.9,
        traders.agents[trader, (rng.random(rows) < 0.3).astype(int)],
        _within(rng, traders, "agent", rows),
    )
    # Forwarders put their own telephone, address or account on clients' papers.
    forwarded = rng.random(rows) < 0.03
    # Forwarding addresses and parcel lockers stand on many buyers' parcels.
    dropped = rng.random(rows) < 0.03
    consignor, consignee = _ends(rng, traders, channel, outbound, trader, abroad)
    return Draft(
        day=day,
        rows=rows,
        channel=channel,
        outbound=outbound,
        regime=_regimes(rng, channel, outbound),
        abroad=abroad,
        variant=weighted(rng, routes.VARIANT_MIX, rows),
        lodged=lodged,
        presented=_presented(rng, channel, lodged),
        consignor=consignor,
        consignee=consignee,
        agent=agent,
        courier=_sticky(rng, traders, "courier", trader),
        carrier=_sticky(rng, traders, "carrier", trader),
        driver=_sticky(rng, traders, "driver", trader),
        platform=_sticky(rng, traders, "platform", trader),
        contact=np.where(forwarded, agent, NOTHING),
        shared=np.where(forwarded, rng.integers(1, 8, rows), 0),
        drop=np.where(dropped, partners(traders, trader, abroad, rank), NOTHING),
        conveyance=rng.integers(0, 1 << 40, rows),
        currency=_by_side(rng, channel, _CURRENCY_MIX, _MACAO_CURRENCY),
        language=_by_side(rng, channel, _LANGUAGE_MIX, _MACAO_LANGUAGE),
        **_goods(rng, traders, channel, trader),
        truth=Truth(*(np.full(rows, NOTHING) for _ in range(3))),
    )


def _traders(rng: np.random.Generator, traders: Traders, channel: np.ndarray, day: int) -> np.ndarray:
    """Draw the local trader of each row among those of its channel that live on that day."""
    weight = traders.activity * ((traders.born <= day) & (traders.gone > day))
    found = np.empty(len(channel), np.int64)
    for at in range(len(CHANNELS)):
        mine = np.flatnonzero(channel == at)
        members = traders.members[at]
        share = weight[members] * np.where(traders.channel[members] == at, 1.0, 0.15)
        found[mine] = members[weighted(rng, share, len(mine))]
    return found


def _within(rng: np.random.Generator, traders: Traders, kind: str, rows: int) -> np.ndarray:
    start, stop = traders.spans[kind]
    return rng.integers(start, stop, rows)


def _sticky(rng: np.random.Generator, traders: Traders, kind: str, trader: np.ndarray) -> np.ndarray:
    """Give each row its trader's usual courier, carrier or driver; one time in four another one."""
    start, stop = traders.spans[kind]
    usual = start + (mix(trader, len(kind) * 31 + start) % np.uint64(stop - start)).astype(np.int64)
    return np.where(rng.random(len(trader)) < 0.75, usual, rng.integers(start, stop, len(trader)))


def _ends(
    rng: np.random.Generator,
    traders: Traders,
    channel: np.ndarray,
    outbound: np.ndarray,
    trader: np.ndarray,
    abroad: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Give consignor and consignee: the trader at this end, a person or a business at the other."""
    rows = len(channel)
    parcel = PARCEL_CHANNEL[channel]
    passenger = np.array([c.kind == "passenger" for c in CHANNELS])[channel]
    person = people.person(abroad, (rng.random(rows) ** 2.5 * UNIVERSE).astype(np.int64))
    rank = np.minimum(np.searchsorted(FAVOURITES, rng.random(rows)), 3)
    business = partners(traders, trader, abroad, rank)
    far = np.where(rng.random(rows) < np.where(parcel | passenger, 0.9, 0.02), person, business)
    near_person = people.person(traders.country[trader], (rng.random(rows) ** 2.5 * UNIVERSE).astype(np.int64))
    private = rng.random(rows) < np.where(passenger, 0.95, np.where(parcel, np.where(outbound, 0.15, 0.7), 0.0))
    near = np.where(private, near_person, trader)
    return np.where(outbound, near, far), np.where(outbound, far, near)


def _regimes(rng: np.random.Generator, channel: np.ndarray, outbound: np.ndarray) -> np.ndarray:
    found = np.full(len(channel), REGIMES.index(Regime.IMPORT))
    for at, one in enumerate(CHANNELS):
        mine = np.flatnonzero((channel == at) & (outbound | (one.kind in ("post", "passenger"))))
        choices = np.array([REGIMES.index(regime) for regime, _ in one.regimes])
        found[mine] = choices[weighted(rng, np.array([share for _, share in one.regimes]), len(mine))]
    transit = ~PARCEL_CHANNEL[channel] & (rng.random(len(channel)) < 0.02)
    found[transit] = REGIMES.index(Regime.TRANSIT)
    return found


def _presented(rng: np.random.Generator, channel: np.ndarray, lodged: np.ndarray) -> np.ndarray:
    """Draw when goods are presented: hours after lodging for what flies or drives, days for what sails."""
    slow = np.array([c.kind in ("sea", "river", "market") for c in CHANNELS])[channel]
    wait = rng.lognormal(np.where(slow, 3.4, 1.6), 0.7, len(channel)).clip(0.2, 400)
    return np.asarray(lodged + (wait * 3_600_000_000).astype(np.int64))


def _by_side(rng: np.random.Generator, channel: np.ndarray, mixes: Mixes, other: tuple[float, ...]) -> np.ndarray:
    steps = np.cumsum([mixes.get(c.administration, other) for c in CHANNELS], axis=1)
    found = (rng.random(len(channel))[:, None] > steps[channel]).sum(axis=1)
    return np.asarray(np.minimum(found, steps.shape[1] - 1))


def _item_counts(rng: np.random.Generator, parcel: np.ndarray) -> np.ndarray:
    few = 1 + (rng.random(len(parcel)) < 0.24) + (rng.random(len(parcel)) < 0.06)
    many = np.minimum(1 + rng.geometric(0.45, len(parcel)), 15)
    return np.where(parcel | (rng.random(len(parcel)) < 0.4), few, many)


def quantities(rng: np.random.Generator, parcel: np.ndarray, unit_price: np.ndarray) -> np.ndarray:
    """Draw quantities: parcels half one piece, three in ten two to nine, else a log-normal tail; cargo thousands."""
    kind = rng.random(len(parcel))
    tail = np.ceil(rng.lognormal(3.0, 0.8, len(parcel))).clip(10, 4000)
    few = np.where(kind < 0.5, 1, np.where(kind < 0.8, rng.integers(2, 10, len(parcel)), tail))
    bulk = np.ceil(rng.lognormal(6.0, 1.3, len(parcel)) / np.sqrt(unit_price.clip(0.01, 100) / 3)).clip(1, 5_000_000)
    cheap = unit_price < 0.5
    return np.where(parcel, np.where(cheap, few * 50, few), bulk)


def _goods(
    rng: np.random.Generator, traders: Traders, channel: np.ndarray, trader: np.ndarray
) -> dict[str, np.ndarray]:
    parcel_row = PARCEL_CHANNEL[channel] | np.array([c.kind == "passenger" for c in CHANNELS])[channel]
    counts = _item_counts(rng, parcel_row)
    owner = np.repeat(np.arange(len(channel)), counts)
    parcel, size = parcel_row[owner], len(owner)
    rank = np.minimum(np.searchsorted(FAVOURITES, rng.random(size)), 3)
    anything = np.where(parcel, weighted(rng, PARCEL_MIX, size), weighted(rng, CARGO_MIX, size))
    product = np.where(rng.random(size) < 0.8, traders.products[trader[owner], rank], anything)
    # What a trader charges differs from the median of its goods by a factor of its own, and by a factor of the day.
    own = np.exp(0.35 * ((mix(trader * 64 + 5, 91) >> np.uint64(40)).astype(float) / (1 << 24) * 2 - 1))
    low = np.where(rng.random(len(channel)) < 0.08, rng.uniform(0.12, 0.6, len(channel)), 1.0)
    price = PRICES[product] * (own * low)[owner] * rng.lognormal(0, 0.45, size)
    mass = MASSES[product] * rng.lognormal(0, 0.25, size)
    mass *= np.where(rng.random(size) < 0.03, rng.lognormal(0, 0.9, size), 1.0)
    brand, usage = brands(rng, product)
    return {
        "owner": owner,
        "product": product,
        "heading": rng.integers(0, 60, size),
        "noun": rng.integers(0, 60, size),
        "quantity": quantities(rng, parcel, PRICES[product]),
        "price": price,
        "mass": mass,
        "brand": brand,
        "surface": surfaces(rng, size, 0.06),
        "usage": usage,
        "prefix": prefixes(rng, size),
    }


def brands(rng: np.random.Generator, product: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw the brand and how it is used, for goods of honest traders: most name none, many name another's rightly."""
    category = CATEGORY_OF[product]
    size = len(product)
    table = np.zeros((len(CATEGORIES), 64), np.int64)
    for at, choices in enumerate(_BRANDS_OF):
        table[at] = np.resize(choices or [0], 64)
    phones = np.array([at for at, brand in enumerate(BRANDS) if brand.category == "electronics"])
    brand = table[category, rng.integers(0, 64, size)]
    about = _FOR_CATEGORY[category] & (rng.random(size) < 0.12)
    brand = np.where(about & ~_BRANDED[category], phones[rng.integers(0, len(phones), size)], brand)
    usage = np.full(size, ABSENT)
    draw = rng.random(size)
    usage[_BRANDED[category] & (draw < 0.05)] = BEFORE
    usage[_BRANDED[category] & (draw > 0.992)] = GENUINE
    usage[about] = np.where(rng.random(int(about.sum())) < 0.6, FOR, COMPATIBLE)
    return np.where(usage == ABSENT, NOTHING, brand), usage


def surfaces(rng: np.random.Generator, size: int, obscured: float) -> np.ndarray:
    """Draw how brands are written; a share is written in a way that hides them."""
    hidden = rng.random(size) < obscured
    return np.where(hidden, len(PLAIN) + rng.integers(0, len(OBSCURED), size), rng.integers(0, len(PLAIN), size))


def prefixes(rng: np.random.Generator, size: int) -> np.ndarray:
    """Draw the first words of descriptions: most have none; some say gift, sample, returned, used."""
    return np.where(rng.random(size) < 0.12, rng.integers(1, 8, size), 0)
