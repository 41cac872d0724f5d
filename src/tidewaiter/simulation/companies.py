"""Invented companies: names in several scripts and spellings, addresses, identifiers, telephones. All in bulk.

A company is a number; `mix` turns it into its characters, trade, city and figures, so that the same number is the same
company in every process. Functions take positions and give Arrow text columns of the same length.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.simulation import check_digits
from tidewaiter.simulation.characters import COMPANY
from tidewaiter.simulation.columns import digits, fixed, join, letters, pool, take
from tidewaiter.simulation.places import DESTINATIONS
from tidewaiter.simulation.seeds import mix, pick, uniform

LATIN, UPPER, LOCAL, OTHER_SCRIPT, OTHER_SPELLING, SHORTENED, MISSPELT = range(7)
FORMS = 7
"""Ways in which papers write a company's name."""

_CITIES = (
    ("广州", "廣州", "Guangzhou", 440103),
    ("深圳", "深圳", "Shenzhen", 440303),
    ("东莞", "東莞", "Dongguan", 441900),
    ("佛山", "佛山", "Foshan", 440604),
    ("中山", "中山", "Zhongshan", 442000),
    ("珠海", "珠海", "Zhuhai", 440402),
    ("汕头", "汕頭", "Shantou", 440507),
    ("惠州", "惠州", "Huizhou", 441302),
    ("江门", "江門", "Jiangmen", 440703),
)
_TRADES = (
    ("贸易", "貿易", "Trading", "Comércio"),
    ("进出口", "進出口", "Import & Export", "Importação e Exportação"),
    ("服饰", "服飾", "Garments", "Vestuário"),
    ("鞋业", "鞋業", "Footwear", "Calçado"),
    ("电子", "電子", "Electronics", "Electrónica"),
    ("皮具", "皮具", "Leather Goods", "Artigos de Couro"),
    ("供应链", "供應鏈", "Supply Chain", "Logística"),
    ("科技", "科技", "Technology", "Tecnologia"),
    ("工艺品", "工藝品", "Gifts", "Brindes"),
    ("五金", "五金", "Hardware", "Ferragens"),
    ("货运", "貨運", "Forwarding", "Transitários"),
    ("电子商务", "電子商貿", "E-Commerce", "Comércio Electrónico"),
    ("速递", "速遞", "Express", "Correio Expresso"),
)
_HK_DISTRICTS = (
    ("葵涌", "Kwai Chung"),
    ("荃灣", "Tsuen Wan"),
    ("觀塘", "Kwun Tong"),
    ("九龍灣", "Kowloon Bay"),
    ("屯門", "Tuen Mun"),
    ("元朗", "Yuen Long"),
    ("長沙灣", "Cheung Sha Wan"),
    ("新蒲崗", "San Po Kong"),
    ("柴灣", "Chai Wan"),
)
_FOREIGN_LEGAL = {
    "en": " LLC",
    "es": " S.A.",
    "de": " GmbH",
    "fr": " SARL",
    "nl": " B.V.",
    "it": " S.r.l.",
    "pt": " Lda",
}
_ONSETS = (
    "Bra",
    "Cor",
    "Del",
    "Fen",
    "Gal",
    "Hol",
    "Jor",
    "Kel",
    "Lom",
    "Mar",
    "Nor",
    "Pol",
    "Quin",
    "Ros",
    "Sel",
    "Tor",
)
_MIDDLES = ("va", "di", "ro", "lu", "ne", "mi", "to", "za", "qui", "be")
_ENDS = ("x", "dane", "rik", "st", "lo", "vent", "mark", "nor", "tis", "que", "zen", "ford")
_LENGTH = len(COMPANY)


@dataclass(frozen=True)
class Written:
    """Text columns of a set of companies, all of one length."""

    forms: list[pa.Array]
    addresses: list[pa.Array]
    identifier: pa.Array
    phone: pa.Array
    account: pa.Array


def _characters(ids: np.ndarray, script: int) -> pa.Array:
    texts = pool([c.hans for c in COMPANY] + [c.hant for c in COMPANY])
    return join(*(take(texts, pick(ids, salt, _LENGTH) + script * _LENGTH) for salt in (1, 2, 3)))


def _spelled(ids: np.ndarray, convention: str) -> pa.Array:
    readings = [getattr(c, convention) for c in COMPANY]
    if convention == "pinyin":
        first, rest, last = [r.title() for r in readings], readings, readings
    else:
        first, rest, last = [r + " " for r in readings], [r + " " for r in readings], readings
    return join(*(take(pool(texts), pick(ids, salt, _LENGTH)) for salt, texts in ((1, first), (2, rest), (3, last))))


def invented_words(ids: np.ndarray, salt: int) -> pa.Array:
    """Compose one invented Latin word for each number."""
    onset, middle, end = (
        take(pool(texts), pick(ids, salt + at, len(texts))) for at, texts in enumerate((_ONSETS, _MIDDLES, _ENDS))
    )
    return join(onset, middle, end)


def _trades(ids: np.ndarray, name: str) -> np.ndarray:
    """Give each company its trade: the one of that English name, or one of its own."""
    if not name:
        return pick(ids, 5, len(_TRADES))
    return np.full(len(ids), [trade[2] for trade in _TRADES].index(name))


def _misspelt(names: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(names, r"^(.{4})[a-zA-Z]", r"\1")


def _forms(latin: pa.Array, local: pa.Array, other: pa.Array, spelling: pa.Array) -> list[pa.Array]:
    shortened = pc.replace_substring_regex(latin, r"( Co\., Ltd\.| Limited| Limitada| LLC| S\.A\.| GmbH)$", "")
    return [latin, pc.utf8_upper(latin), local, other, spelling, shortened, _misspelt(latin)]


def mainland(ids: np.ndarray, trade_name: str = "") -> Written:
    """Write companies of Guangdong, with unified social credit codes whose check characters hold."""
    city, trade = pick(ids, 4, len(_CITIES)), _trades(ids, trade_name)
    rows = len(ids)

    def chinese(script: int, end: str) -> pa.Array:
        place = take(pool([(c[0], c[1])[script] + "市" for c in _CITIES]), city)
        return join(place, _characters(ids, script), take(pool([t[script] + end for t in _TRADES]), trade))

    def latin(convention: str) -> pa.Array:
        place = take(pool([c[2] + " " for c in _CITIES]), city)
        return join(place, _spelled(ids, convention), take(pool([f" {t[2]} Co., Ltd." for t in _TRADES]), trade))

    number = pc.cast(pa.array(pick(ids, 6, 880) + 1), pa.string())
    road = _characters(ids + 7_000_003, 0)
    road_latin = _spelled(ids + 7_000_003, "pinyin")
    address = join(
        take(pool([f"广东省{c[0]}市" for c in _CITIES]), city), road, _const("路", rows), number, _const("号", rows)
    )
    address_latin = join(
        _const("No. ", rows),
        number,
        _const(" ", rows),
        road_latin,
        take(pool([f" Road, {c[2]}" for c in _CITIES]), city),
    )
    code = check_digits.social_credit_code(np.array([c[3] for c in _CITIES])[city], pick(ids, 8, 10**8))
    phone = fixed(letters(rows, "+861"), digits(pick(ids, 9, 7) + 3, 1), digits(pick(ids, 10, 10**9), 9))
    return Written(
        _forms(latin("pinyin"), chinese(0, "有限公司"), chinese(1, "有限公司"), latin("hong_kong")),
        [address, address_latin],
        fixed(code),
        phone,
        accounts(ids),
    )


def hong_kong(ids: np.ndarray, trade_name: str = "") -> Written:
    """Write companies of Hong Kong; one in five has an English name that has nothing to do with its Chinese one."""
    trade, district = _trades(ids, trade_name), pick(ids, 4, len(_HK_DISTRICTS))
    rows = len(ids)
    end = take(pool([f" {t[2]} Limited" for t in _TRADES]), trade)
    unrelated = join(invented_words(ids, 30), _const(" ", rows), invented_words(ids, 40))
    core = pc.if_else(pa.array(uniform(ids, 11) < 0.2), unrelated, _spelled(ids, "hong_kong"))
    chinese = [
        join(_characters(ids, script), take(pool([t[script] + "有限公司" for t in _TRADES]), trade))
        for script in (0, 1)
    ]
    number = pc.cast(pa.array(pick(ids, 6, 380) + 1), pa.string())
    flat = pc.cast(pa.array(pick(ids, 7, 30) + 1), pa.string())
    street = ids + 7_000_003
    address = join(
        take(pool([d[0] for d in _HK_DISTRICTS]), district),
        _characters(street, 1),
        _const("街", rows),
        number,
        _const("號", rows),
        flat,
        _const("樓", rows),
    )
    address_latin = join(
        flat,
        _const("/F, ", rows),
        number,
        _const(" ", rows),
        _spelled(street, "hong_kong"),
        _const(" Street, ", rows),
        take(pool([d[1] for d in _HK_DISTRICTS]), district),
    )
    phone = fixed(
        letters(rows, "+852"), digits(np.array([2, 3, 5, 6, 9])[pick(ids, 9, 5)], 1), digits(pick(ids, 10, 10**7), 7)
    )
    spelling = join(_spelled(ids, "pinyin"), end)
    return Written(
        _forms(join(core, end), chinese[1], chinese[0], spelling),
        [address, address_latin],
        fixed(digits(pick(ids, 8, 7 * 10**7) + 10**7, 8)),
        phone,
        accounts(ids),
    )


def macao(ids: np.ndarray, trade_name: str = "") -> Written:
    """Write companies of Macao, in Chinese and in Portuguese with Macao spelling."""
    trade, rows = _trades(ids, trade_name), len(ids)
    legal = pick(ids, 12, 2)
    chinese = [
        join(
            _characters(ids, script),
            take(pool([t[script] for t in _TRADES]), trade),
            take(pool(["有限公司", "一人有限公司"]), legal),
        )
        for script in (0, 1)
    ]
    end = join(
        take(pool([f" {t[3]}" for t in _TRADES]), trade),
        take(pool([" Limitada", " Sociedade Unipessoal Limitada"]), legal),
    )
    number = pc.cast(pa.array(pick(ids, 6, 290) + 1), pa.string())
    street = ids + 7_000_003
    address = join(_const("澳門", rows), _characters(street, 1), _const("街", rows), number, _const("號", rows))
    address_latin = join(
        _const("Rua de ", rows), _spelled(street, "macao"), _const(", n.º ", rows), number, _const(", Macau", rows)
    )
    return Written(
        _forms(join(_spelled(ids, "macao"), end), chinese[1], chinese[0], join(_spelled(ids, "hong_kong"), end)),
        [address, address_latin],
        fixed(digits(pick(ids, 8, 10**7) + 8 * 10**7, 8)),
        fixed(letters(rows, "+853"), letters(rows, "6"), digits(pick(ids, 10, 10**7), 7)),
        accounts(ids),
    )


def foreign(ids: np.ndarray, destination: np.ndarray) -> Written:
    """Write companies abroad; ``destination`` is the position of each one's country in `DESTINATIONS`."""
    rows = len(ids)
    legal = take(pool([_FOREIGN_LEGAL.get(d.culture, " Ltd") for d in DESTINATIONS]), destination)
    second = take(pool([f" {t[2]}" for t in _TRADES]), pick(ids, 5, len(_TRADES)))
    words = join(invented_words(ids, 30), _const(" ", rows), invented_words(ids, 40))
    latin = join(words, second, legal)
    trade_first = take(pool([t[2] + " " for t in _TRADES]), pick(ids, 5, len(_TRADES)))
    reordered = join(trade_first, words, legal)
    number = pc.cast(pa.array(pick(ids, 6, 1900) + 1), pa.string())
    city = take(pool([d.cities[0] for d in DESTINATIONS]), destination)
    address = join(number, _const(" ", rows), invented_words(ids, 50), _const(" Street, ", rows), city)
    return Written(
        _forms(latin, latin, latin, reordered),
        [address, address],
        join(take(pool([d.country for d in DESTINATIONS]), destination), fixed(digits(pick(ids, 8, 10**10), 10))),
        dialled(ids, destination),
        accounts(ids),
    )


def dialled(ids: np.ndarray, destination: np.ndarray) -> pa.Array:
    """Write telephone numbers of the country at each position, with nine digits after its code."""
    codes = take(pool([f"+{d.dial}" for d in DESTINATIONS]), destination)
    return join(codes, fixed(digits(pick(ids, 10, 8 * 10**8) + 10**8, 9)))


def accounts(ids: np.ndarray) -> pa.Array:
    """Write platform or payment accounts."""
    rows = len(ids)
    initials = (mix(ids, 13)[:, None] >> np.arange(0, 16, 8, dtype=np.uint64)[None, :]) % np.uint64(26)
    return fixed((initials + np.uint64(ord("a"))).astype(np.uint8), letters(rows, "_"), digits(pick(ids, 14, 10**8), 8))


def _const(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)
