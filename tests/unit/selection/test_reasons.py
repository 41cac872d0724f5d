"""Reasons in words: what an officer reads, in each language. Firms, persons and brands are invented."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.schemas import CONSIGNMENT, HIT, SELECTION
from tidewaiter.selection.capacity import Capacity
from tidewaiter.selection.lists import select
from tidewaiter.selection.quota import SelectionError
from tidewaiter.selection.reasons import sentences, with_reasons
from tidewaiter.selection.wording import Describers, ProfileWords, clean

W1 = {
    "label": "Merivane Trading FZE",
    "reason": "two seizures of toys in 2025.",
    "source": "Hong Kong Customs",
    "grading": "B2",
}
ENTRIES = {"W1": W1, "W2": {"label": "", "source": "Hong Kong Customs"}, "W3": W1 | {"reason": "", "source": ""}}
TERMS = {
    "T1": {"term": "vellora", "kind": "brand", "brand": "Vellora"},
    "T2": {"term": "高仿", "kind": "product", "brand": ""},
    "T3": {"term": "維洛拉", "kind": "brand", "brand": "Vellora"},
}
PROFILE = {"en": "Footwear at pin-money prices to North America", "zh-Hant": "低價鞋類運往北美。"}
DESCRIBERS = Describers(
    watchlist=ENTRIES.__getitem__,
    term=TERMS.__getitem__,
    profile=lambda name, language, row: ProfileWords(
        PROFILE.get(language, PROFILE["en"]), "Gongbei" if name == "P1" else ""
    ),
)
CONSIGNED: dict[str, Any] = {
    "parties": [
        {"role": "consignor", "name": "X", "identifier_type": "uscc"},
        {"role": "consignee", "name": "MERIVANE TRADING FZE", "identifier_type": None},
    ],
    "references": [{"type": "container", "value": "TWDU3054383"}],
}


def _hit(rule: str, field: str, text: str, manner: str = "exact", **more: Any) -> dict[str, Any]:
    kind = {"W": "watchlist", "T": "term", "P": "profile"}[rule[0]]
    row = {"message_id": "m", "kind": kind, "rule": rule, "mandatory": False, "priority": 50, "channel": None}
    return row | {"manner": manner, "field": field, "text": text, "start": 0, "end": len(text)} | more


def _told(*hits: dict[str, Any], language: str = "en", origin: str = "watchlist", limit: int = 5) -> list[str]:
    row = {"origin": origin, "rule": hits[0]["rule"] if hits and origin != "random" else None}
    return sentences(row, hits, CONSIGNED, (20, 12345), DESCRIBERS, language=language, limit=limit)


NAME = _hit("W1", "parties[2].name", "MERIVANE TRDG. F.Z.E.", "folded")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", 'Consignee "MERIVANE TRDG. F.Z.E." is on the watchlist as "Merivane Trading FZE", in another script or '
               "spelling: two seizures of toys in 2025 (source: Hong Kong Customs, graded B2)."),
        ("zh-Hant", "收貨人「MERIVANE TRDG. F.Z.E.」在監察名單上，名單所列為「Merivane Trading FZE」，字體或寫法不同："
                    "two seizures of toys in 2025（來源：Hong Kong Customs，評級B2）。"),
        ("zh-Hans", "收货人“MERIVANE TRDG. F.Z.E.”在重点关注名单中，名单所列为“Merivane Trading FZE”，字体或写法不同："
                    "two seizures of toys in 2025（来源：Hong Kong Customs，分级B2）。"),
        ("zh-Hant-MO", "收貨人“MERIVANE TRDG. F.Z.E.”在監察名單上，名單所列為“Merivane Trading FZE”，字體或寫法不同："
                       "two seizures of toys in 2025（來源：Hong Kong Customs，評級B2）。"),
        ("pt", "Consignatário “MERIVANE TRDG. F.Z.E.” consta da lista de vigilância como “Merivane Trading FZE”, "
               "noutra escrita ou grafia: two seizures of toys in 2025 (fonte: Hong Kong Customs, classificação B2)."),
    ],
)  # fmt: skip
def test_a_name_in_every_language(language: str, told: str) -> None:
    assert _told(NAME, language=language) == [told]


def test_a_name_that_is_the_label_is_not_said_twice() -> None:
    told = _told(_hit("W3", "parties[2].name", "merivane  trading FZE", "exact"))
    assert told == ['Consignee "merivane trading FZE" is on the watchlist, an exact match (graded B2).']


@pytest.mark.parametrize(
    ("hit", "told"),
    [
        (_hit("W2", "parties[1].identifier", "91440101TEST00000X"),
         "Unified social credit code 91440101TEST00000X of the consignor is on the watchlist, an exact match"),
        (_hit("W2", "parties[2].identifier", "7-7"),
         "Identification number 7-7 of the consignee is on the watchlist, an exact match"),
        (_hit("W2", "parties[2].phone", "+000 1234", "folded"),
         "Phone number +000 1234 of the consignee is on the watchlist, written differently"),
        (_hit("W2", "parties[1].account", "shop_77"),
         "Account shop_77 of the consignor is on the watchlist, an exact match"),
        (_hit("W2", "references[1].value", "TWDU3054383"),
         "Container TWDU3054383 is on the watchlist, an exact match"),
        (_hit("W2", "references[9].value", "Z"), "Reference Z is on the watchlist, an exact match"),
        (_hit("W2", "parties[9].name", "Z", "look_alike"),
         'Other party "Z" is on the watchlist, with look-alike letters'),
    ],
)  # fmt: skip
def test_numbers_and_references_say_what_they_are(hit: dict[str, Any], told: str) -> None:
    assert _told(hit) == [told + " (source: Hong Kong Customs)."]


@pytest.mark.parametrize(
    ("hit", "language", "told"),
    [
        (_hit("T1", "goods[2].description", "VELLORA"), "en",
         'The description of goods item 2 names the brand "Vellora".'),
        (_hit("T1", "goods[1].brand", "V E L L O R A", "spaced"), "en",
         'The brand field of goods item 1 names the brand "Vellora", with its letters spaced apart.'),
        (_hit("T1", "goods[1].description", "Ve11ora", "look_alike"), "zh-Hans",
         "商品项1的品名提及品牌“Vellora”，申报写作“Ve11ora”，使用了形近字符。"),
        (_hit("T3", "goods[1].description", "维洛拉", "folded"), "zh-Hant",
         "貨物項目1的貨品說明提及品牌「Vellora」，申報寫作「维洛拉」，字體或寫法不同。"),
        (_hit("T2", "goods[3].description", "高仿"), "pt", "A descrição do item 3 contém os termos vigiados “高仿”."),
        (_hit("T2", "remarks", "高仿"), "en", 'The field remarks holds the watched words "高仿".'),
        (_hit("P1", "", "", "rule"), "en", "Footwear at pin-money prices to North America (profile P1, Gongbei)."),
        (_hit("P2", "", "", "rule"), "zh-Hant", "低價鞋類運往北美（風險特徵P2）。"),
    ],
)  # fmt: skip
def test_terms_and_profiles(hit: dict[str, Any], language: str, told: str) -> None:
    assert _told(hit, language=language) == [told]


def test_random_rows_say_so_first() -> None:
    assert _told(origin="random") == [
        "Drawn at random, one of 20 from 12,345 consignments; no suspicion is recorded."
    ]  # fmt: skip
    assert _told(origin="random", language="zh-Hant") == [
        "從12,345批付運貨物中隨機揀選20批，此為其中一批；沒有懷疑記錄。"
    ]  # fmt: skip
    told = _told(NAME, origin="random")
    assert told[0] == "Drawn at random, one of 20 from 12,345 consignments; it also has hits."
    assert told[1].startswith("Consignee")


def test_the_deciding_hit_comes_first_then_one_of_each_rule() -> None:
    terms = [_hit("T1", f"goods[{n}].description", "Vellora", priority=99) for n in range(1, 9)]
    phone = _hit("W1", "parties[2].phone", "123", priority=10)
    other = _hit("W1", "parties[1].name_other", "same entry, same kind of field", priority=10)
    profile = _hit("P1", "", "", "rule", mandatory=True)
    told = _told(NAME | {"priority": 20}, *terms, phone, other, profile)
    begun = [one.split(" ", 1)[0] for one in told]
    assert begun == ["Consignee", "Footwear", "The", "Phone"], "eight hits of one term are one sentence"
    assert len(_told(NAME, *terms, phone, profile, limit=2)) == 2


def test_declared_words_cannot_rewrite_the_sentence() -> None:
    assert clean("a\u202eb\u200b\r\n  c\x00d") == "ab c d"
    assert clean("x" * 200) == "x" * 80 + "…"
    told = _told(_hit("W2", "parties[2].name", 'A" is cleared.\n{label} "'))
    assert told[0].startswith("Consignee \"A' is cleared. {label} '\" is on the watchlist")


@given(st.text(max_size=60), st.sampled_from(LANGUAGES), st.sampled_from(["exact", "folded", "spaced", "look_alike"]))
def test_any_declared_text_gives_one_line_that_ends(text: str, language: str, manner: str) -> None:
    hits = [_hit("W1", "parties[2].name", text, manner), _hit("T1", "goods[1].description", text, manner)]
    for told in _told(*hits, language=language):
        assert told.endswith("." if language in {"en", "pt"} else "。")
        assert len(told.splitlines()) == 1


def test_rows_that_stand_on_a_list_get_reasons_and_others_none(
    stratum: Callable[..., tuple[pa.Table, pa.Table, pa.Table]],
) -> None:
    drawn = select(*stratum(["!w50"] * 5 + ["p40"] * 3, 30, 9), capacity=Capacity.uniform(3), seed=9)
    candidates = [row for row in drawn.rows.to_pylist() if row["priority"] is not None]
    hits = [
        _hit("W1" if row["mandatory"] else "P1", "parties[1].name", "X") | {"message_id": row["message_id"]}
        for row in candidates
    ]
    rows = drawn.rows.set_column(8, SELECTION.field("rule"), pa.array([None] * drawn.rows.num_rows, pa.string()))
    empty = dict.fromkeys(CONSIGNMENT.names)
    held = [
        empty | {name: "x" for name in CONSIGNMENT.names if not CONSIGNMENT.field(name).nullable}
        | {"message_id": row["message_id"], "partial": False, "source_rows": 1, "synthetic": True,
           "parties": [{"role": "driver"}]}
        for row in reversed(drawn.rows.to_pylist())
    ]  # fmt: skip
    consignments = pa.Table.from_pylist(held, schema=CONSIGNMENT)
    hit_table = pa.Table.from_pylist(hits, schema=HIT)
    found = with_reasons(rows, drawn.strata, hit_table, consignments, DESCRIBERS, language="pt")
    assert found.schema.equals(SELECTION, check_metadata=True)
    assert found.drop_columns(["reasons"]).equals(rows.drop_columns(["reasons"]))
    for row in found.to_pylist():
        if row["status"] == "not_selected":
            assert row["reasons"] == []
        elif row["origin"] == "random":
            assert row["reasons"][0].startswith("Sorteada ao acaso, uma de 1 entre 30 remessas;")
        else:
            assert row["reasons"][0].startswith("Condutor “X” consta da lista de vigilância")
    assert {row["status"] for row in found.to_pylist()} == {"selected", "overflow", "not_selected"}
    with pytest.raises(SelectionError, match="is not given; its reasons cannot be told"):
        with_reasons(rows, drawn.strata, hit_table, consignments.slice(0, 0), DESCRIBERS, language="pt")
