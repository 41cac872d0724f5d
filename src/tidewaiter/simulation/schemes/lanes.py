"""Families about ways: the risky lane, laundering in transhipment, the relay, the seasonal surge."""

import numpy as np

from tidewaiter.domain.vocabulary import Regime
from tidewaiter.simulation import routes
from tidewaiter.simulation.background import REGIMES
from tidewaiter.simulation.places import CHANNELS, DESTINATION_MIX, GD, HK, MO, PARCEL_CHANNEL, channels, country
from tidewaiter.simulation.schemes.family import Cast, Family, Scene, Scheme, busy, nobody, unchanged
from tidewaiter.simulation.seeds import pick, weighted
from tidewaiter.simulation.traders import Traders


def _one_lane(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del traders, first, last
    weight = np.array([c.weight for c in CHANNELS]) * np.where(PARCEL_CHANNEL, 1.0, 2.0)
    channel = weighted(rng, weight, 1)
    return Cast({"channel": channel, "abroad": weighted(rng, DESTINATION_MIX, 1)})


def _on_lane(scheme: Scheme, scene: Scene) -> np.ndarray:
    entities, draft = scheme.cast.entities, scene.draft
    here = (draft.channel == entities["channel"][0]) & (draft.abroad == entities["abroad"][0])
    return np.asarray(here & draft.outbound & scene.prone)


LANE = Family("lane", ("one_control_point_one_country",), _one_lane, _on_lane, unchanged)
"""Counterfeits among the honest traffic from one control point to one country, by ever other hands."""

_FREE = channels("sea", "river", "air", administration=HK)
_EXPRESS = channels("courier", administration=HK)


def _through_port(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    entrepot = np.isin(scene.draft.channel, _FREE) | np.isin(scene.draft.channel, _EXPRESS)
    return np.asarray(entrepot & scene.draft.outbound & scene.prone)


def _launder(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    draft = scene.draft
    draft.regime[rows] = REGIMES.index(Regime.TRANSHIPMENT)
    seen = scene.showing(scheme, rows)
    draft.variant[seen] = routes.THIRD_ORIGIN
    dwell = draft.presented[seen] - draft.lodged[seen]
    draft.presented[seen] = draft.lodged[seen] + dwell * (3 if scheme.tactic == "long_stop" else 1) // 2


TRANSHIPMENT_LAUNDERING = Family(
    "transhipment_laundering", ("long_stop", "quick_turn"), nobody, _through_port, _launder, ("transhipment",)
)
"""The origin becomes another country on the way through a port. Goods of third countries honestly pass as well."""

_STAGES = (
    channels("road", "passenger", administration=GD),
    channels("road", "post", "courier", administration=MO),
    _EXPRESS,
)


def _relay_team(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del first, last
    start, stop = traders.spans["local"]
    local = np.arange(start, stop)
    macao = local[traders.country[start:stop] == country("MO")]
    runner = rng.choice(macao, 2, replace=False)
    return Cast({"macao": runner, "hong_kong": busy(rng, traders, 2)}, int(rng.integers(0, 1 << 20)))


def _relay_rows(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    stage = np.isin(scene.draft.channel, np.concatenate(_STAGES))
    return np.asarray(stage & scene.draft.outbound & scene.prone)


def _relay(scheme: Scheme, scene: Scene, rows: np.ndarray) -> np.ndarray:
    """Hand goods on: Guangdong to Macao, next day Macao to Hong Kong, next day Hong Kong abroad, the same goods."""
    draft, entities = scene.draft, scheme.cast.entities
    stage = np.select([np.isin(draft.channel[rows], one) for one in _STAGES], [0, 1, 2])
    lot = scheme.cast.number + draft.day - stage
    turn = pick(lot, 321, 2)
    draft.abroad[rows] = np.select([stage == 0, stage == 1], [country("MO"), country("HK")], draft.abroad[rows])
    draft.consignee[rows] = np.select(
        [stage == 0, stage == 1],
        [entities["macao"][turn], entities["hong_kong"][turn % len(entities["hong_kong"])]],
        draft.consignee[rows],
    )
    draft.consignor[rows] = np.select(
        [stage == 1, stage == 2],
        [entities["macao"][turn], entities["hong_kong"][turn % len(entities["hong_kong"])]],
        draft.consignor[rows],
    )
    first = scene.first[rows]
    draft.quantity[first] = 12 + pick(lot, 322, 90)
    return stage


CROSS_BORDER_RELAY = Family(
    "cross_border_relay",
    ("three_hops",),
    _relay_team,
    _relay_rows,
    _relay,
    ("from Guangdong", "from Macao", "from Hong Kong"),
    unseen=True,
    share=0.6,
)
"""Three administrations each see one harmless leg; only their records together show the relay."""


def _season(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    del traders, first, last
    return Cast({}, int(rng.integers(0, 3)))


_FESTIVE = (("toys", "cosmetics"), ("apparel", "sports"), ("footwear", "bags"))


def _in_season(scheme: Scheme, scene: Scene) -> np.ndarray:
    return np.asarray(scene.export & scene.categories(*_FESTIVE[scheme.cast.number]))


SEASONAL_SURGE = Family(
    "seasonal_surge", ("before_festival", "sports_event"), _season, _in_season, unchanged, span=(0.12, 0.2), share=2.0
)
"""A short wave of one kind of goods, hidden in the peak of the honest traffic."""
