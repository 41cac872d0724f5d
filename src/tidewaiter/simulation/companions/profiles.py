"""The profiles (selectivity criteria) that analysts of the three administrations would keep.

They come from templates, each with its own reasons, filled with goods, regions, offices and thresholds; sentences stand
in four languages. Some have run out and some begin later, as in any office.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from tidewaiter.simulation.seeds import WORLD, stream
from tidewaiter.simulation.world import World

Condition = dict[str, Any]
Words = tuple[str, str, str, str]
"""The same words in English, Hong Kong Chinese, mainland Chinese and Portuguese."""
_LANGUAGES = ("en", "zh-Hant", "zh-Hans", "pt")


@dataclass(frozen=True)
class Goods:
    """A kind of goods that profiles watch: HS headings, words, and a low declared price a piece in US dollars."""

    hs: tuple[str, ...]
    words: Words
    low: float
    heavy: float


_GOODS = (
    Goods(("6403", "6404"), ("footwear", "鞋履", "鞋靴", "calçado"), 3.2, 2.4),
    Goods(("6109",), ("T-shirts", "T恤", "T恤", "camisolas"), 1.3, 0.55),
    Goods(("6201", "6101"), ("jackets", "外套", "外套", "casacos"), 4.2, 2.2),
    Goods(("6112", "6114"), ("sportswear", "運動服裝", "运动服装", "vestuário desportivo"), 2.3, 1.1),
    Goods(("420221", "420222"), ("handbags", "手袋", "手提包", "malas de mão"), 5.8, 2.1),
    Goods(("4202",), ("bags and cases", "箱包", "箱包", "malas e estojos"), 1.1, 2.6),
    Goods(("9102",), ("watches", "手錶", "手表", "relógios"), 5.2, 0.5),
    Goods(("8518",), ("headphones", "耳機", "耳机", "auscultadores"), 2.6, 0.26),
    Goods(("8504",), ("chargers", "充電器", "充电器", "carregadores"), 1.3, 0.38),
    Goods(("8523",), ("memory cards", "記憶卡", "存储卡", "cartões de memória"), 2.0, 0.07),
    Goods(
        ("3303", "3304"), ("perfume and cosmetics", "香水及化粧品", "香水和化妆品", "perfumes e cosméticos"), 2.0, 0.8
    ),
    Goods(("9503",), ("toys", "玩具", "玩具", "brinquedos"), 1.6, 1.0),
    Goods(("9004",), ("sunglasses", "太陽眼鏡", "太阳镜", "óculos de sol"), 1.3, 0.26),
    Goods(("8482",), ("bearings", "軸承", "轴承", "rolamentos"), 0.7, 0.9),
    Goods(("8708",), ("vehicle parts", "汽車零件", "汽车零件", "peças de automóvel"), 3.0, 4.6),
    Goods(("7117", "7113"), ("jewellery", "飾物", "饰品", "bijutaria"), 1.6, 0.14),
)
_LABELS = Goods(("5807", "4821"), ("labels", "標籤", "标签", "etiquetas"), 0.01, 0.01)
_REGIONS: dict[str, Words] = {
    "north_america": ("North America", "北美洲", "北美洲", "América do Norte"),
    "europe": ("Europe", "歐洲", "欧洲", "Europa"),
    "middle_east": ("the Middle East", "中東", "中东", "Médio Oriente"),
    "southeast_asia": ("Southeast Asia", "東南亞", "东南亚", "Sudeste Asiático"),
    "latin_america": ("Latin America", "拉丁美洲", "拉丁美洲", "América Latina"),
    "africa": ("Africa", "非洲", "非洲", "África"),
    "japan_korea": ("Japan and Korea", "日本及韓國", "日本和韩国", "Japão e Coreia"),
}
_OFFICES = {
    "CN-GD": ("CN-GD-GUANGZHOU-AIRPORT", "CN-GD-SHENZHEN-AIRPORT", "CN-GD-HUANGPU-DONGGUAN", "CN-GD-GUANGZHOU-POST"),
    "HK": ("HK-AIRPORT-EXPRESS", "HK-POST", "HK-LOK-MA-CHAU", "HK-KWAI-CHUNG"),
    "MO": ("MO-AIRPORT-CARGO", "MO-POST", "MO-HZMB", "MO-PORTAS-DO-CERCO"),
}
_OWNERS = {"CN-GD": "Guangdong, targeting", "HK": "Hong Kong, intelligence", "MO": "Macao, risk unit"}


@dataclass(frozen=True)
class Filling:
    """What one profile is about."""

    administration: str
    office: str
    goods: Goods
    region: str

    @property
    def where(self) -> list[Condition]:
        """The conditions on who received it and where it goes."""
        return [
            {"field": "administration", "is": self.administration},
            {"field": "destination.country", "region": self.region},
        ]

    @property
    def heading(self) -> Condition:
        """The condition on the code of one goods item."""
        return {"field": "hs", "prefix": list(self.goods.hs)}


@dataclass(frozen=True)
class Template:
    """A reason to look: a title, a purpose, the condition and the sentence, with ``{goods}`` and ``{region}``."""

    title: str
    purpose: str
    channel: str
    priority: int
    when: Callable[[Filling], list[Condition]]
    sentence: Words


def _item(*conditions: Condition) -> Condition:
    return {"item": {"all": list(conditions)}}


def _below(name: str, value: float) -> Condition:
    return {"field": name, "below": round(value, 2), "currency": "USD"}


_GIFTS = ["gift", "sample", "禮物", "樣品", "礼品", "样品", "amostra", "oferta"]
_RETURNS = ["returned goods", "used", "退貨", "二手", "退货", "devolução", "usado"]
_VAGUE = ["daily necessities", "general goods", "personal effects", "日用品", "雜貨", "百货", "artigos diversos"]

_TEMPLATES = (
    Template(
        "{goods} at pin-money prices to {region}",
        "Such goods are seldom made for this price; copies often are.",
        "physical",
        70,
        lambda f: [*f.where, _item(f.heading, _below("value_per_piece", f.goods.low))],
        (
            "{goods} to {region} declared at {value_per_piece} a piece",
            "往{region}的{goods}，每件申報值僅{value_per_piece}",
            "发往{region}的{goods}，每件申报价值仅{value_per_piece}",
            "{goods} para {region}, declarado a {value_per_piece} por peça",
        ),
    ),
    Template(
        "{goods} heavier than their kind, to {region}",
        "The mass is that of other goods than those declared.",
        "non_intrusive",
        55,
        lambda f: [*f.where, _item(f.heading, {"field": "kg_per_piece", "above": f.goods.heavy})],
        (
            "{goods} to {region} weigh {kg_per_piece} kg a piece, more than their kind",
            "往{region}的{goods}每件重{kg_per_piece}公斤，較同類為重",
            "发往{region}的{goods}每件重{kg_per_piece}千克，重于同类",
            "{goods} para {region}: {kg_per_piece} kg por peça, mais do que é habitual",
        ),
    ),
    Template(
        "A listed brand on {goods} to {region}, none declared",
        "The text names a brand and the brand field does not.",
        "physical",
        75,
        lambda f: [*f.where, {"term": {"kind": "brand"}}, _item(f.heading, {"field": "brand", "missing": True})],
        (
            "The description of {goods} to {region} names a listed brand; no brand is declared",
            "往{region}的{goods}，貨品描述載有名單上的品牌，但沒有申報品牌",
            "发往{region}的{goods}，品名中有名单所列品牌，但未申报品牌",
            "A descrição de {goods} para {region} menciona uma marca da lista; nenhuma marca foi declarada",
        ),
    ),
    Template(
        "Gifts and samples of {goods} to {region} in numbers",
        "A gift of a dozen is trade.",
        "physical",
        50,
        lambda f: [
            *f.where,
            _item(f.heading, {"field": "description", "contains_any": _GIFTS}, {"field": "quantity", "at_least": 12}),
        ],
        (
            "{goods} to {region} called a gift or sample, {quantity} of them",
            "往{region}的{goods}稱為禮物或樣品，數量達{quantity}",
            "发往{region}的{goods}称为礼品或样品，数量达{quantity}",
            "{goods} para {region} declarado como oferta ou amostra, quantidade {quantity}",
        ),
    ),
    Template(
        "Returns of {goods} that never came, to {region}",
        "Returned or used goods without the import that they return from.",
        "documentary",
        35,
        lambda f: [*f.where, _item(f.heading, {"field": "description", "contains_any": _RETURNS})],
        (
            "{goods} to {region} called returned or used; check the earlier import",
            "往{region}的{goods}稱為退貨或二手；請查核先前的進口記錄",
            "发往{region}的{goods}称为退货或二手；请核对此前的进口记录",
            "{goods} para {region} declarado como devolução ou usado; verificar a importação anterior",
        ),
    ),
    Template(
        "{goods} lodged at night by courier to {region}",
        "Late uploads leave the least time to look.",
        "non_intrusive",
        30,
        lambda f: [
            *f.where,
            {"field": "courier", "is": True},
            {"field": "lodged_at", "time": {"from": "02:00", "until": "05:00"}},
            _item(f.heading, {"field": "quantity", "at_least": 10}),
        ],
        (
            "{goods} to {region} by courier, lodged between 02:00 and 05:00",
            "經速遞往{region}的{goods}，於凌晨2時至5時遞交",
            "快件发往{region}的{goods}，于凌晨2时至5时申报",
            "{goods} para {region} por correio expresso, apresentado entre as 02:00 e as 05:00",
        ),
    ),
    Template(
        "{goods} of a third country on the way to {region}",
        "The origin changed on the way through a port.",
        "documentary",
        60,
        lambda f: [
            *f.where,
            {"field": "regime", "in": ["transhipment", "re_export", "export"]},
            {"field": "origin.country", "in": ["MY", "VN", "AE", "TH"]},
            _item(f.heading),
        ],
        (
            "{goods} to {region} with a third country as origin; compare the bills of lading",
            "往{region}的{goods}以第三國為來源地；請比對提單",
            "发往{region}的{goods}以第三国为原产地；请比对提单",
            "{goods} para {region} com origem num terceiro país; comparar os conhecimentos de embarque",
        ),
    ),
    Template(
        "Cheap mixed loads with {goods} to {region}",
        "Cover goods: a few dear pieces under many cheap ones.",
        "non_intrusive",
        45,
        lambda f: [*f.where, {"field": "item_count", "at_least": 3}, _below("value_per_kg", 6), _item(f.heading)],
        (
            "A mixed load with {goods} to {region} at {value_per_kg} a kilogram",
            "往{region}的混裝貨物載有{goods}，每公斤申報值{value_per_kg}",
            "发往{region}的混装货物含{goods}，每千克申报价值{value_per_kg}",
            "Carga mista com {goods} para {region}, a {value_per_kg} por quilograma",
        ),
    ),
    Template(
        "Vague words on heavy parcels to {region}",
        "Says nothing, weighs much.",
        "non_intrusive",
        25,
        lambda f: [
            *f.where,
            {"field": "office", "is": f.office},
            {"text": "description", "contains_any": _VAGUE},
            {"field": "gross_mass_kg", "above": 12},
        ],
        (
            "A parcel of {gross_mass_kg} kg to {region} with a description that says nothing",
            "往{region}的包裹重{gross_mass_kg}公斤，貨品描述含糊",
            "发往{region}的包裹重{gross_mass_kg}千克，品名笼统",
            "Encomenda de {gross_mass_kg} kg para {region} com descrição vaga",
        ),
    ),
    Template(
        "Labels without goods to {region}",
        "Labels go apart from blank goods and meet them abroad.",
        "physical",
        65,
        lambda f: [
            *f.where,
            {"any": [{"field": "courier", "is": True}, {"field": "regime", "is": "postal"}]},
            _item({"field": "hs", "prefix": list(_LABELS.hs)}, {"field": "quantity", "at_least": 100}),
        ],
        (
            "{quantity} labels in a parcel to {region}",
            "往{region}的包裹載有{quantity}件標籤",
            "发往{region}的包裹内有{quantity}件标签",
            "{quantity} etiquetas numa encomenda para {region}",
        ),
    ),
)


def _fillings(rng: np.random.Generator) -> Iterator[tuple[Template, Filling]]:
    """Give templates in turn, each with goods, region and office drawn; never the same twice."""
    seen: set[tuple[int, str, str, str]] = set()
    shares = [0.45, 0.4, 0.15]
    while True:
        for at, template in enumerate(_TEMPLATES):
            administration = str(rng.choice(list(_OFFICES), p=shares))
            office = str(rng.choice(_OFFICES[administration]))
            goods = _GOODS[int(rng.integers(0, len(_GOODS)))]
            region = str(rng.choice(list(_REGIONS)))
            key = (at, administration, office if at == 8 else goods.words[0] if at != 9 else "", region)
            if key not in seen or len(seen) > 3000:
                seen.add(key)
                yield template, Filling(administration, office, goods, region)


def _filled(text: str, filling: Filling, language: int) -> str:
    goods, region = filling.goods.words[language], _REGIONS[filling.region][language]
    return text.replace("{goods}", goods).replace("{region}", region)


def build(world: World, count: int) -> list[dict[str, Any]]:
    """Build that many profiles as plain values, in the language of ``screening.profiles``."""
    rng = stream(world.parameters.seed, WORLD, "profiles")
    start, end = world.parameters.start, world.parameters.start + timedelta(days=world.parameters.days)
    found: list[dict[str, Any]] = []
    numbers = dict.fromkeys(_OFFICES, 0)
    for template, filling in _fillings(rng):
        if len(found) >= count:
            return found
        administration = filling.administration
        numbers[administration] += 1
        first, last = start - timedelta(days=int(rng.integers(10, 90))), end + timedelta(days=int(rng.integers(10, 90)))
        draw = rng.random()
        if draw < 0.05:
            last = start - timedelta(days=1)
        elif draw < 0.12:
            first = start + timedelta(days=world.parameters.days // 2)
        found.append(
            {
                "id": f"SYN-{administration[-2:]}-{start.year}-{numbers[administration]:03d}",
                "title": _capitalised(_filled(template.title, filling, 0)),
                "owner": f"{_OWNERS[administration]} (synthetic)",
                "purpose": template.purpose,
                "valid": {"from": first, "until": last},
                "channel": template.channel,
                "priority": template.priority + int(rng.integers(-9, 10)),
                "mandatory": False,
                "sentence": {
                    language: _capitalised(_filled(template.sentence[at], filling, at))
                    for at, language in enumerate(_LANGUAGES)
                },
                "when": {"all": template.when(filling)},
            }
        )
    return found


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]


class _Plain(yaml.SafeDumper):
    """Writes repeated values out in full: the profile language has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


def write(path: Path, world: World, count: int) -> None:
    """Write ``profiles.yaml``."""
    text = yaml.dump({"profiles": build(world, count)}, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(
        f"# Synthetic: made for the world of seed {world.parameters.seed}; nobody's real profiles.\n{text}",
        encoding="utf-8",
    )
