"""Families about the goods themselves: cover goods, hidden brands, labels apart from blanks, false returns."""

import numpy as np

from tidewaiter.simulation.background import brands, surfaces
from tidewaiter.simulation.catalogue import products_of
from tidewaiter.simulation.draft import ABSENT, BEFORE, NOTHING
from tidewaiter.simulation.schemes.family import Cast, Family, Scene, Scheme, nobody, popular
from tidewaiter.simulation.traders import Traders
from tidewaiter.simulation.wording import GIFT, RETURNED, SAMPLE, USED

_COVERED = products_of("footwear", "apparel", "bags", "watches")


def _mixed_load(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    several = np.bincount(scene.draft.owner, minlength=scene.draft.rows) >= 2
    return np.asarray(several & ~scene.categories("labels"))


def _cover(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    """Put the counterfeits in as the last item, few among many, for a low price."""
    draft = scene.draft
    last = np.searchsorted(draft.owner, rows, side="right") - 1
    draft.product[last] = _COVERED[scene.rng.integers(0, len(_COVERED), len(rows))]
    draft.usage[last], draft.brand[last] = ABSENT, NOTHING
    seen = last[scene.rng.random(len(rows)) < scheme.shown]
    draft.quantity[seen] = np.maximum(np.round(draft.quantity[seen] * 0.3), 1)
    draft.price[seen] *= 0.6


COVER_GOODS = Family("cover_goods", ("mixed_load", "last_item"), nobody, _mixed_load, _cover, ("mixed load",))
"""Counterfeits among cheap honest goods. Mixed loads are a quarter of all parcels and most of the cargo."""


def _branded(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    return np.asarray(
        scene.export & scene.categories("footwear", "apparel", "bags", "watches", "electronics", "cosmetics", "toys")
    )


def _obscure(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    draft = scene.draft
    items = scene.first[scene.showing(scheme, rows)]
    brand, _ = brands(scene.rng, draft.product[items])
    known = brand >= 0
    fallback, _ = _forced(scene, draft.product[items])
    draft.brand[items] = np.where(known, brand, fallback)
    draft.usage[items] = BEFORE
    draft.surface[items] = surfaces(scene.rng, len(items), 0.9)


def _forced(scene: Scene, product: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw a brand of each product's category until each has one."""
    found = np.full(len(product), NOTHING)
    for _ in range(200):
        open_ = found == NOTHING
        if not open_.any():
            break
        found[open_] = brands(scene.rng, product[open_])[0]
    return np.maximum(found, 0), found


BRAND_OBFUSCATION = Family("brand_obfuscation", ("look_alike", "spacing", "mixed_script"), nobody, _branded, _obscure)
"""The brand stands in the text, written so that a plain search misses it. Honest typing slips into the same forms."""

_LABELS, _BLANKS = products_of("labels"), products_of("footwear", "apparel", "bags")


def _workshop(rng: np.random.Generator, traders: Traders, first: int, last: int) -> Cast:
    """Choose a place of assembly abroad: a business there, whose address takes both parts."""
    del first, last
    where = popular(rng)
    start, stop = traders.spans["abroad"]
    here = start + np.flatnonzero(traders.country[start:stop] == where)
    return Cast({"workshop": rng.choice(here, 1), "abroad": np.array([where])})


def _parts(scheme: Scheme, scene: Scene) -> np.ndarray:
    fitting = np.isin(scene.draft.product[scene.first], np.concatenate([_LABELS, _BLANKS]))
    there = scene.draft.abroad == scheme.cast.entities["abroad"][0]
    return np.asarray(fitting & there & scene.draft.outbound & (scene.kind != "passenger"))


def _components(scheme: Scheme, scene: Scene, rows: np.ndarray) -> np.ndarray:
    """Send labels and blanks to one address, under the names of whoever ordered; cargo names the workshop."""
    draft, workshop = scene.draft, scheme.cast.entities["workshop"][0]
    labels = np.isin(draft.product[scene.first[rows]], _LABELS)
    draft.drop[scene.showing(scheme, rows)] = workshop
    cargo = rows[~scene.parcel[rows]]
    draft.consignee[cargo] = workshop
    items = draft.items_of(rows)
    draft.usage[items], draft.brand[items] = ABSENT, NOTHING
    return np.where(labels, 0, 1)


COMPONENT_ROUTE = Family(
    "component_route", ("labels_apart",), _workshop, _parts, _components, ("labels", "blanks"), unseen=True, share=0.7
)
"""Labels go one way, blank goods another; they meet at the workshop. Each half is lawful to look at."""


def _private(scheme: Scheme, scene: Scene) -> np.ndarray:
    del scheme
    return np.asarray(scene.prone & (scene.parcel | (scene.kind == "passenger")) & ~scene.categories("labels"))


def _pretend(scheme: Scheme, scene: Scene, rows: np.ndarray) -> None:
    items = scene.draft.items_of(scene.showing(scheme, rows))
    words = [RETURNED, USED] if scheme.tactic == "false_return" else [GIFT, SAMPLE]
    scene.draft.prefix[items] = scene.rng.choice(words, len(items))


RETURNS_MISUSE = Family("returns_misuse", ("false_return", "false_gift"), nobody, _private, _pretend)
"""Trade that calls itself a gift, a sample or a return. Most that do are one."""
