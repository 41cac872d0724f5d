"""Descriptions as people write them, in four languages, from the numbers of a draft."""

import numpy as np
import pyarrow as pa

from tidewaiter.simulation.brands import BRANDS, SURFACES, surfaces
from tidewaiter.simulation.catalogue import LANGUAGES, PRODUCTS
from tidewaiter.simulation.columns import join, pool, take
from tidewaiter.simulation.draft import ABSENT, BEFORE, COMPATIBLE, FOR, GENUINE, Draft
from tidewaiter.simulation.seeds import pick

_PREFIXES = (
    ("", "礼品 ", "样品 ", "退货 ", "二手 ", "全新 ", "促销品 ", "赠品 "),
    ("", "禮物 ", "樣品 ", "退貨 ", "二手 ", "全新 ", "宣傳品 ", "贈品 "),
    ("", "gift ", "sample ", "returned goods ", "used ", "new ", "promotional ", "free gift "),
    ("", "GIFT ", "SAMPLE ", "RETURNED GOODS ", "USED ", "NEW ", "PROMOTIONAL ", "FREE GIFT "),
    ("", "oferta ", "amostra ", "devolução ", "usado ", "novo ", "promocional ", "brinde "),
)
PREFIXES = len(_PREFIXES[0])
GIFT, SAMPLE, RETURNED, USED = 1, 2, 3, 4

_COLOURS = (
    ("", "", "黑色", "白色", "蓝色", "红色", "新款", "时尚", "儿童", "男士"),
    ("", "", "黑色", "白色", "藍色", "紅色", "新款", "時尚", "兒童", "男裝"),
    ("", "", "black ", "white ", "blue ", "red ", "new style ", "fashion ", "kids ", "mens "),
    ("", "", "BLACK ", "WHITE ", "BLUE ", "RED ", "NEW STYLE ", "FASHION ", "KIDS ", "MENS "),
    ("", "", "novos ", "lote de ", "diversos ", "vários ", "", "sortido de ", "", "conjunto de "),
)
_AFTER = (
    {FOR: "适用于", COMPATIBLE: "兼容", GENUINE: "正品授权"},
    {FOR: "適用於", COMPATIBLE: "兼容", GENUINE: "正貨授權"},
    {FOR: " for ", COMPATIBLE: " compatible with ", GENUINE: " genuine authorised "},
    {FOR: " FOR ", COMPATIBLE: " COMPATIBLE WITH ", GENUINE: " GENUINE AUTHORISED "},
    {FOR: " para ", COMPATIBLE: " compatível com ", GENUINE: " genuíno autorizado "},
)
_ENDS = (
    ("", "", "", "", " 均码", "一批", " 3件装", "", ",无牌", "(样式混装)"),
    ("", "", "", "", " 均碼", "一批", " 3件裝", "", ",無牌", "(款式混裝)"),
    ("", "", "", "", " mixed sizes", " 1 lot", " 3 pcs", "", ", no brand", " (assorted)"),
    ("", "", "", "", " MIXED SIZES", " 1 LOT", " 3 PCS", "", ", NO BRAND", " (ASSORTED)"),
    ("", "", "", "", " vários tamanhos", " 1 lote", " 3 unid.", "", ", sem marca", " (sortido)"),
)
_VAGUE = (
    ("日用品", "配件", "百货", "个人物品", "一般货物"),
    ("日用品", "配件", "雜貨", "個人物品", "一般貨物"),
    ("daily necessities", "accessories", "general goods", "personal effects", "misc items"),
    ("DAILY NECESSITIES", "ACCESSORIES", "GENERAL GOODS", "PERSONAL EFFECTS", "MISC ITEMS"),
    ("artigos diversos", "acessórios", "mercadoria geral", "objectos pessoais", "artigos de uso diário"),
)
_VAGUE_SHARE = 0.07
_EMOJI = ("", "🔥", "✨", "👟", "👜")
_SLOTS = 12


def _misspell(noun: str) -> str:
    """Swap two letters in the middle of a Latin word; Chinese loses its last character."""
    if noun.isascii() and len(noun) > 5:
        middle = len(noun) // 2
        return noun[:middle] + noun[middle + 1] + noun[middle] + noun[middle + 2 :]
    return noun[:-1] if len(noun) > 2 else noun


def _nouns() -> pa.Array:
    """Lay out the nouns: language, product, then `_SLOTS` of which the last is misspelt."""
    texts: list[str] = []
    for language in range(len(LANGUAGES)):
        for product in PRODUCTS:
            words = product.nouns[("zh_hans", "zh_hant", "en", "en", "pt")[language]]
            words = tuple(word.upper() for word in words) if LANGUAGES[language] == "EN" else words
            slots = [words[at % len(words)] for at in range(_SLOTS - 1)] + [_misspell(words[0])]
            texts += slots
    return pool(texts)


_NOUNS = _nouns()
_FIRST = pool([word for row in _PREFIXES for word in row])
_COLOUR = pool([word for row in _COLOURS for word in row])
_END = pool([word for row in _ENDS for word in row])
_SURFACES = [surfaces(brand) for brand in BRANDS]
_OWN = pool(["", *(f"{text} " for row in _SURFACES for text in row)])
_LINK = pool([row.get(usage, "") for row in _AFTER for usage in range(ABSENT + 1)])
_OTHER = pool(["", *(text for row in _SURFACES for text in row)])
_VAGUE_POOL = pool([word for row in _VAGUE for word in row])
_DECLARED = pool(
    [brand.latin for brand in BRANDS]
    + [brand.latin.upper() for brand in BRANDS]
    + [brand.hans for brand in BRANDS]
    + ["无品牌", "無牌", "no brand", "NO BRAND", "sem marca"]
)
_NO_BRAND = len(BRANDS) * 3


def describe(draft: Draft, noise: np.random.Generator) -> pa.Array:
    """Write the descriptions of all goods items."""
    language = draft.language[draft.owner]
    size = draft.items
    written = 1 + draft.brand * len(SURFACES) + draft.surface
    own = np.where(draft.usage == BEFORE, written, 0)
    other = np.where((draft.usage != BEFORE) & (draft.usage != ABSENT), written, 0)
    noun = (language * len(PRODUCTS) + draft.product) * _SLOTS + draft.noun % _SLOTS
    found = join(
        take(_FIRST, language * PREFIXES + draft.prefix),
        take(_OWN, own),
        take(_COLOUR, language * 10 + noise.integers(0, 10, size)),
        take(_NOUNS, noun),
        take(_LINK, language * (ABSENT + 1) + draft.usage),
        take(_OTHER, other),
        take(_END, language * 10 + noise.integers(0, 10, size)),
        take(pool(_EMOJI), np.where(noise.random(size) < 0.004, noise.integers(1, len(_EMOJI), size), 0)),
    )
    vague = (noise.random(size) < _VAGUE_SHARE) & (draft.usage == ABSENT)
    if vague.any():
        words = take(_VAGUE_POOL, language[vague] * 5 + noise.integers(0, 5, int(vague.sum())))
        found = pa.compute.replace_with_mask(found, pa.array(vague), words)
    return found


def declared_brands(draft: Draft, noise: np.random.Generator) -> pa.Array:
    """Write the column ``brand``: what is declared as one. Null is commonest, "no brand" next."""
    size = draft.items
    language = draft.language[draft.owner]
    named = (draft.usage == BEFORE) | (draft.usage == GENUINE)
    draw = noise.random(size)
    position = np.where(named, draft.brand + len(BRANDS) * pick(np.arange(size), 7, 3), _NO_BRAND + language)
    return take(_DECLARED, position, np.where(named, draw < 0.35, draw < 0.7))
