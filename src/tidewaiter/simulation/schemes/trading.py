"""Families about who trades: the standing trader, the complicit broker, the dormant firm, the courier hopper."""

import numpy as np

from tidewaiter.simulation.schemes.family import Cast, Family, Scene, Scheme, busy
from tidewaiter.simulation.traders import Traders


def _one_trader(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del first, last
    return Cast({"consignor": busy(rng, traders, 1)})


def _own_channel(scheme: Scheme, scene: Scene) -> np.ndarray:
    home = scene.traders.channel[scheme.cast.entities["consignor"][0]]
    return np.asarray(scene.export & scene.company_sends & (scene.draft.channel == home))


def _as_consignor(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    scene.draft.consignor[rows] = scheme.cast.entities["consignor"][0]


STANDING_TRADER = Family(
    "standing_trader",
    ("plain", "among_honest_trade"),
    _one_trader,
    _own_channel,
    _as_consignor,
    ("consignor",),
    share=0.65,
)
"""A trader with honest business that also sends counterfeits, again and again, under its own name."""


def _one_broker(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del first, last
    start, stop = traders.spans["agent"]
    return Cast({"declarant": np.array([rng.integers(start + (stop - start) // 20, start + (stop - start) // 2)])})


def _through_broker(scheme: Scheme, scene: Scene) -> np.ndarray:
    return np.asarray(scene.risky | (scene.prone & np.isin(scene.kind, ("road", "air", "sea"))))


def _as_declarant(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    scene.draft.agent[rows] = scheme.cast.entities["declarant"][0]


COMPLICIT_BROKER = Family(
    "complicit_broker", ("many_clients", "few_clients"), _one_broker, _through_broker, _as_declarant, ("declarant",)
)
"""An agent that looks away: its clients change, it does not."""


def _sleeper(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del last
    firm = busy(rng, traders, 2, kinds=("road", "sea", "river", "air"))
    traders.gone[firm] = np.maximum(first // 3, 1)
    return Cast({"importer": firm})


def _inward(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    return np.asarray(~scene.parcel & ~scene.draft.outbound & scene.prone & (scene.kind != "passenger"))


def _as_importer(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    scene.draft.consignee[rows] = scene.rng.choice(scheme.cast.entities["importer"], len(rows))


DORMANT_REVIVED = Family(
    "dormant_revived", ("bought_shell",), _sleeper, _inward, _as_importer, ("importer",), unseen=True, span=(0.3, 0.5)
)
"""A firm long silent comes back with other goods than before. Honest firms, too, stop and others begin."""


def _hopper(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del first, last
    return Cast({"consignor": busy(rng, traders, 1)}, int(rng.integers(4, 8)))


def _other_courier(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    start, stop = scene.traders.spans["courier"]
    scene.draft.consignor[rows] = scheme.cast.entities["consignor"][0]
    turn = (scene.draft.day - scheme.first) // max(scheme.cast.number, 1)
    seen = scene.showing(scheme, rows)
    scene.draft.courier[seen] = start + (scheme.cast.entities["consignor"][0] + 5 * turn) % (stop - start)


COURIER_HOPPING = Family(
    "courier_hopping", ("after_seizure",), _hopper, _own_channel, _other_courier, ("consignor",), unseen=True, share=0.5
)
"""A sender that leaves its courier every few days, as after a seizure. Honest senders change couriers as well."""
