"""Families about hidden identity: networks with rotating names, storefronts that move, split consignments."""

import numpy as np

from tidewaiter.simulation import people
from tidewaiter.simulation.background import UNIVERSE
from tidewaiter.simulation.draft import ACCOUNT, ADDRESS, PHONE
from tidewaiter.simulation.places import country
from tidewaiter.simulation.schemes.family import Cast, Family, Scene, Scheme, busy
from tidewaiter.simulation.seeds import pick
from tidewaiter.simulation.traders import Traders

_ABROAD = tuple(country(code) for code in ("US", "GB", "DE", "CA", "AE", "BR"))


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
    straw = scheme.cast.number + draft.day // 3 * 7 + scene.rng.integers(0, 9, len(rows))
    draft.consignor[rows] = people.person(where, straw % UNIVERSE)
    seen = scene.showing(scheme, rows)
    draft.contact[seen] = organiser
    draft.shared[seen] = scene.rng.choice([PHONE, ADDRESS, ACCOUNT, PHONE | ACCOUNT, PHONE | ADDRESS], len(seen))


ROTATING_NETWORK = Family(
    "rotating_network", ("straw_senders", "shared_phone"), _hub, _near_hub, _rotate, ("straw sender",)
)
"""Names change every few days; what they share does not. Forwarders' clients share these honestly."""


def _migrate(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    draft, organiser = scene.draft, scheme.cast.entities["organiser"][0]
    start, stop = scene.traders.spans["platform"]
    turn = (draft.day - scheme.first) // 6
    draft.platform[rows] = start + (scheme.cast.number + turn) % (stop - start)
    shop = people.person(
        np.array([scene.traders.country[organiser]]), np.array([(scheme.cast.number + turn) % UNIVERSE])
    )
    draft.consignor[rows] = shop[0]
    seen = scene.showing(scheme, rows)
    draft.contact[seen] = organiser
    draft.shared[seen] = ADDRESS


STOREFRONT_MIGRATION = Family(
    "storefront_migration", ("new_shop_each_week",), _hub, _near_hub, _migrate, ("shop",), share=0.8
)
"""A shop moves to another platform under another name each week; the goods leave from the same address."""


def _parcels_abroad(scheme: Scheme, scene: Scene) -> np.ndarray:
    home = scene.traders.channel[scheme.cast.entities["organiser"][0]]
    return np.asarray(scene.export & (scene.draft.channel == home))


def _split(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    """Turn rows into bursts: one sender, two or three receivers, small pieces, within two hours of each other."""
    draft = scene.draft
    bursts = np.arange(len(rows)) // 8
    ids = scheme.cast.number + draft.day * 50 + bursts
    home = np.full(len(rows), scene.traders.country[scheme.cast.entities["organiser"][0]])
    draft.consignor[rows] = people.person(home, pick(ids, 311, UNIVERSE))
    target = np.array(_ABROAD)[pick(ids, 312, len(_ABROAD))]
    receiver = pick(ids * 4 + scene.rng.integers(0, 3, len(rows)), 313, UNIVERSE)
    draft.abroad[rows] = target
    draft.consignee[rows] = people.person(target, receiver)
    small = draft.items_of(scene.showing(scheme, rows))
    draft.quantity[small] = np.minimum(draft.quantity[small], scene.rng.integers(1, 4, len(small)))


SPLIT_CONSIGNMENTS = Family(
    "split_consignments", ("under_threshold", "many_small"), _hub, _parcels_abroad, _split, ("part",)
)
"""One order in many small parcels, under the value that needs a full declaration. Honest orders are small as well."""
