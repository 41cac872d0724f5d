"""The term list: the world's brands, words of the trade in counterfeits, and thousands of other invented brands."""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tidewaiter.simulation.brands import BRANDS
from tidewaiter.simulation.seeds import WORLD, stream
from tidewaiter.simulation.world import World

COLUMNS = ("term_id", "term", "language", "kind", "brand", "mandatory", "priority", "channel", "match", "unless")
_UNLESS = {
    "und": "compatible with|for use with|case for|fits|compatível com|para",
    "zh-Hans": "适用于|兼容|正品授权",
    "zh-Hant": "適用於|兼容|正貨授權",
}
_TRADE_WORDS = {
    "en": ("1:1 quality", "replica", "mirror quality", "unauthorised copy", "no logo", "logo removed"),
    "pt": ("réplica", "imitação", "cópia perfeita", "sem etiqueta"),
    "zh-Hans": ("原单", "复刻", "高仿", "剪标", "尾单", "精仿"),
    "zh-Hant": ("原單", "復刻", "A貨", "超A", "剪嘜", "老翻"),
}
_START = (
    "Vok Zul Qer Drax Plov Skan Jurv Wex Hyl Mirq Ozb Yast Krel Fyn Grud Tvan Luxo Nemb Ruv Sorq Bizd Calv Ewn Ikra"
)
_INNER = "ava eri ilo oru una eqi azo ubi ymo oxa ife ake"
_INNER_2 = "lt mb nd rv sk zz dr pl vr gn st qu"
_LAST = "ar en ix or us ay eo ia um ot ek yl ane ova ith urn"
_SOUNDS = "奥贝科达伊菲格汉吉卡拉米诺欧佩奎瑞斯塔乌维沃希雅泽赫茨茵朵蔻"
_CHINESE_SHARE = 0.25


def _invented(rng: np.random.Generator, wanted: int) -> Iterator[tuple[str, str]]:
    """Give invented brands, each once: Latin words of four parts, or four Chinese sounds."""
    parts = [text.split() for text in (_START, _INNER, _INNER_2, _LAST)]
    seen: set[str] = {brand.latin.casefold() for brand in BRANDS}
    while wanted > 0:
        if rng.random() < _CHINESE_SHARE:
            word, language = "".join(_SOUNDS[at] for at in rng.integers(0, len(_SOUNDS), 4)), "zh-Hans"
        else:
            word, language = "".join(part[rng.integers(0, len(part))] for part in parts), "und"
        if word.casefold() not in seen:
            seen.add(word.casefold())
            wanted -= 1
            yield word, language


def _rows(world: World, count: int) -> Iterator[tuple[str, str, str, str, bool, str]]:
    """Give term, language, kind, brand, whether another's brand may stand there rightly, and how to match."""
    for brand in BRANDS:
        yield brand.latin, "und", "brand", brand.latin, True, "word"
        yield brand.hans, "zh-Hans", "brand", brand.latin, True, "anywhere"
        if brand.hant != brand.hans:
            yield brand.hant, "zh-Hant", "brand", brand.latin, True, "anywhere"
    for language, words in _TRADE_WORDS.items():
        for word in words:
            yield word, language, "product", "", False, "anywhere" if language.startswith("zh") else "word"
    rest = count - sum(2 + (b.hant != b.hans) for b in BRANDS) - sum(map(len, _TRADE_WORDS.values()))
    for word, language in _invented(stream(world.parameters.seed, WORLD, "terms"), rest):
        yield word, language, "brand", word, False, "anywhere" if language == "zh-Hans" else "word"


def write(path: Path, world: World, count: int) -> None:
    """Write ``terms.csv`` with that many terms; the world's own brands come first."""
    rng = stream(world.parameters.seed, WORLD, "term ranks")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for at, (term, language, kind, brand, shared, match) in enumerate(_rows(world, count)):
            if at >= count:
                break
            unless = _UNLESS.get(language, "") if shared and rng.random() < 0.7 else ""
            channel = ("documentary", "non_intrusive", "physical")[int(rng.integers(0, 3))]
            priority = int(rng.integers(15, 70))
            writer.writerow(
                (f"SYN-T-{at + 1:05d}", term, language, kind, brand, "no", priority, channel, match, unless)
            )
