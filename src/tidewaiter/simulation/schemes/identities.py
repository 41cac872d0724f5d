"""Families about hidden identity: networks with rotating names, storefronts that move, split consignments."""

import numpy as np

from tidewaiter.simulation import people
from tidewaiter.simulation.background import UNIVERSE
from tidewaiter.simulation.draft import ACCOUNT, ADDRESS, PHONE
from tidewaiter.simulation.schemes.family import Cast, Family, Scene, Scheme, busy, popular
from tidewaiter.simulation.traders import Traders


def _hub(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del first, last
    return Cast({"organiser": busy(rng, traders, 1)}, int(rng.integers(0, UNIVERSE)))


def _near_hub(scheme: Scheme, scene: Scene) -> np.ndarray:
    home = scene.traders.channel[scheme.cast.entities["organiser"][0]]
    return np.asarray(scene.export & (scene.draft.channel == home))


def _rotate(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    """Send under straw persons' names; telephone, address or account stay the organiser's, seldom all of them."""
    draft, organiser = scene.draft, scheme.cast.entities["organiser"][0]
    where = np.full(len(rows), scene.traders.country[organiser])
    straw = scheme.cast.number + draft.day * 3 + scene.rng.integers(0, 12, len(rows))
    draft.consignor[rows] = people.person(where, straw % UNIVERSE)
    seen = scene.showing(scheme, rows)
    draft.contact[seen] = organiser
    draft.shared[seen] = scene.rng.choice([PHONE, ADDRESS, ACCOUNT, PHONE | ACCOUNT, PHONE | ADDRESS], len(seen))


ROTATING_NETWORK = Family(
    "rotating_network", ("straw_senders", "shared_phone"), _hub, _near_hub, _rotate, ("straw sender",), share=0.8
)
"""Names change every few days; what they share does not. Forwarders' clients share these honestly."""


def _migrate(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    draft, organiser = scene.draft, scheme.cast.entities["organiser"][0]
    start, stop = scene.traders.spans["platform"]
    turn = (draft.day - scheme.first) // 6
    draft.platform[rows] = start + (scheme.cast.number + turn) % (stop - start)
    # A shop ships under the names of its packers; each week it has others.
    packer = scheme.cast.number + turn * 20 + scene.rng.integers(0, 20, len(rows))
    home = np.full(len(rows), scene.traders.country[organiser])
    draft.consignor[rows] = people.person(home, packer % UNIVERSE)
    seen = scene.showing(scheme, rows)
    draft.contact[seen] = organiser
    draft.shared[seen] = ADDRESS


STOREFRONT_MIGRATION = Family(
    "storefront_migration", ("new_shop_each_week",), _hub, _near_hub, _migrate, ("shop",), share=0.7
)
"""A shop moves to another platform under another name each week; the goods leave from the same address."""


def _buyer(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    """Choose a buyer abroad: a business whose address, or whose neighbours', all parts reach."""
    del first, last
    where = popular(rng)
    start, stop = traders.spans["abroad"]
    here = start + np.flatnonzero(traders.country[start:stop] == where)
    return Cast({"addresses": rng.choice(here, min(len(here), 40), replace=False), "abroad": np.array([where])})


def _to_buyer(scheme: Scheme, scene: Scene) -> np.ndarray:
    return np.asarray(scene.export & (scene.draft.abroad == scheme.cast.entities["abroad"][0]))


def _split(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    """Turn rows into one order in parts: one address for the day, other names, small pieces, within two hours."""
    draft, addresses = scene.draft, scheme.cast.entities["addresses"]
    draft.drop[rows] = addresses[draft.day % len(addresses)]
    small = draft.items_of(scene.showing(scheme, rows))
    draft.quantity[small] = np.minimum(draft.quantity[small], scene.rng.integers(1, 4, len(small)))


SPLIT_CONSIGNMENTS = Family(
    "split_consignments", ("under_threshold", "many_small"), _buyer, _to_buyer, _split, ("part",), close=True
)
"""One order in many small parcels, under the value that needs a full declaration. Honest orders are small as well."""
