"""The reasons of many rows at once are those of one row after the other. Firms, persons and brands are invented."""

from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.schemas import CONSIGNMENT, HIT, SELECTION, STRATUM
from tidewaiter.selection.reasons import sentences, with_reasons
from tidewaiter.selection.wording import Describers, ProfileWords

DAYS = (date(2026, 5, 1), None)
OFFICES = ("Port", "")
# Two entries and two terms of each kind have the same words, so that different hits may give the same sentence.
ENTRIES = {
    f"W{n}": {"label": label, "reason": "two seizures.", "source": "Hong Kong Customs", "grading": grading}
    for n, (label, grading) in enumerate([("Merivane", "B2"), ("Merivane", "B2"), ("", ""), ("Sol 1", "")])
}
TERMS = {
    f"T{n}": {"term": term, "kind": kind, "brand": brand}
    for n, (term, kind, brand) in enumerate(
        [("vellora", "brand", "Vellora"), ("維洛拉", "brand", "Vellora"), ("高仿", "product", ""), ("x", "brand", "")]
    )
}


def _profile(name: str, language: str, row: Any) -> ProfileWords:
    # P0 and P1 hold a value of the consignment, the others do not and may be asked with an empty one.
    words = f"Shoes to {row['goods'][0]['origin']} in {language}" if name in {"P0", "P1"} else f"Shoes of {name}"
    return ProfileWords(words, "Gongbei" if name != "P3" else "")


DESCRIBERS = [
    Describers(ENTRIES.__getitem__, TERMS.__getitem__, _profile),
    Describers(ENTRIES.__getitem__, TERMS.__getitem__, _profile, lambda name, _: name in {"P0", "P1"}),
]
PARTS = ("name", "name_other", "identifier", "phone", "account")
PLACES = {
    "W": [f"parties[{n}].{part}" for n in range(4) for part in PARTS]
    + [f"references[{n}].value" for n in range(4)]
    + ["parties[2]", "parties[99999999999].name", "remarks", "goods[1].brand"],
    "T": ["goods[1].description", "goods[2].description", "goods[1].brand", "remarks", "goods[1]"],
    "P": ["hs, value", ""],
}
RULES = {"W": sorted(ENTRIES), "T": sorted(TERMS), "P": ["P0", "P1", "P2", "P3", "T0"]}
KINDS = {"W": "watchlist", "T": "term", "P": "profile"}


@st.composite
def hit(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from("WTP"))
    return {
        "kind": KINDS[kind],
        "rule": draw(st.sampled_from(RULES[kind])),
        "mandatory": draw(st.booleans()),
        "priority": draw(st.sampled_from([0, 50])),
        "channel": None,
        "manner": "rule" if kind == "P" else draw(st.sampled_from(["exact", "folded", "spaced", "look_alike"])),
        "field": draw(st.sampled_from(PLACES[kind])),
        "text": "" if kind == "P" else draw(st.sampled_from(["Merivane", "VELLORA", "維洛拉", 'a "b"\u200b\n c'])),
        "start": draw(st.sampled_from([None, 0, 3])),
        "end": None,
    }


@st.composite
def party(draw: st.DrawFn) -> dict[str, Any]:
    role = draw(st.sampled_from(["consignor", "driver", "no such role"]))
    return {"role": role, "identifier_type": draw(st.sampled_from([None, "uscc", "no such type"]))}


@st.composite
def case(draw: st.DrawFn) -> dict[str, Any]:
    """A row of the list with its hits and its consignment."""
    hits = draw(st.lists(hit(), max_size=9))
    rules = [one["rule"] for one in hits]
    random = not rules or draw(st.booleans())
    kinds = st.sampled_from(["container", "plate", "no such type"])
    return {
        "hits": hits,
        "random": random,
        "rule": None if random else draw(st.sampled_from(rules)),
        "status": draw(st.sampled_from(["selected", "overflow", "not_selected"])),
        "office": draw(st.sampled_from(OFFICES)),
        "day": draw(st.sampled_from(DAYS)),
        "parties": draw(st.none() | st.lists(party(), max_size=3)),
        "references": draw(st.none() | st.lists(kinds.map(lambda kind: {"type": kind, "value": "1"}), max_size=3)),
        "origin": draw(st.sampled_from(["VN", "CN"])),
    }


def _tables(cases: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    rows, hits, consignments = [], [], []
    for number, one in enumerate(cases):
        message = f"m{number}"
        rows.append(
            {"administration": "HK", "office": one["office"], "day": one["day"], "status": one["status"],
             "rank": number, "message_id": message, "consignment_id": message, "rule": one["rule"],
             "origin": "random" if one["random"] else "watchlist", "mandatory": False, "priority": None,
             "channel": None, "probability": 0.5, "draw": 0.5, "reasons": []}
        )  # fmt: skip
        hits += [{"message_id": message} | found for found in one["hits"]]
        consignments.append(
            dict.fromkeys(CONSIGNMENT.names)
            | {name: "x" for name in CONSIGNMENT.names if not CONSIGNMENT.field(name).nullable}
            | {"message_id": message, "partial": False, "source_rows": 1, "synthetic": True,
               "parties": one["parties"], "references": one["references"], "goods": [{"origin": one["origin"]}]}
        )  # fmt: skip
    strata = [
        dict.fromkeys(STRATUM.names, 0)
        | {"administration": "HK", "office": office, "day": day, "population": 1000 + number}
        for number, (office, day) in enumerate((office, day) for office in OFFICES for day in DAYS)
    ]
    return (
        pa.Table.from_pylist(rows, schema=SELECTION),
        pa.Table.from_pylist(strata, schema=STRATUM),
        pa.Table.from_pylist(hits, schema=HIT),
        pa.Table.from_pylist(list(reversed(consignments)), schema=CONSIGNMENT),
    )


def _one_by_one(
    rows: pa.Table, strata: pa.Table, hits: pa.Table, consignments: pa.Table, language: str, limit: int
) -> list[list[str]]:
    listed = rows.to_pylist()
    population = {(row["office"], row["day"]): row["population"] for row in strata.to_pylist()}
    held = {row["message_id"]: row for row in consignments.to_pylist()}
    told = []
    for row in listed:
        own = [found for found in hits.to_pylist() if found["message_id"] == row["message_id"]]
        place = (row["office"], row["day"])
        drawn = [
            one
            for one in listed
            if one["origin"] == "random" and one["status"] == "selected" and (one["office"], one["day"]) == place
        ]
        share = (len(drawn), population[place])
        told.append(
            sentences(row, own, held[row["message_id"]], share, DESCRIBERS[0], language=language, limit=limit)
            if row["status"] != "not_selected"
            else []
        )
    return told


@settings(deadline=None, max_examples=40)
@given(
    st.lists(case(), max_size=6),
    st.sampled_from(LANGUAGES),
    st.sampled_from([1, 2, 5]),
    st.sampled_from(DESCRIBERS),
    st.randoms(use_true_random=False),
)
def test_many_rows_are_told_what_one_row_is_told(
    cases: list[dict[str, Any]], language: str, limit: int, describers: Describers, order: Any
) -> None:
    rows, strata, hits, consignments = _tables(cases)
    places = list(range(hits.num_rows))
    order.shuffle(places)
    hits = hits.take(pa.array(places, pa.int64()))
    found = with_reasons(rows, strata, hits, consignments, describers, language=language, limit=limit)
    assert found["reasons"].to_pylist() == _one_by_one(rows, strata, hits, consignments, language, limit)


def test_a_few_columns_are_enough() -> None:
    cases = [
        {"hits": [], "random": False, "rule": None, "status": "selected", "office": "Port", "day": None,
         "parties": [{"role": "driver"}], "references": [], "origin": "VN"}
        for _ in range(3)
    ]  # fmt: skip
    base = {
        "mandatory": False,
        "priority": 1,
        "channel": None,
        "manner": "rule",
        "text": "",
        "start": None,
        "end": None,
    }
    for one, rule in zip(cases, ("P0", "P2", "W0"), strict=True):
        kind, field = ("watchlist", "parties[1].phone") if rule == "W0" else ("profile", "hs")
        one["hits"] = [base | {"kind": kind, "rule": rule, "field": field}]
        if rule == "W0":
            one["hits"][0] |= {"manner": "exact", "text": "123"}
    rows, strata, hits, consignments = _tables(cases)
    frame = pl.DataFrame(consignments)
    narrow = frame.select(
        "message_id",
        pl.col("parties").list.eval(pl.struct(pl.element().struct.field("role", "identifier_type"))),
        pl.col("references").list.eval(pl.struct(pl.element().struct.field("type"))),
    ).to_arrow(compat_level=pl.CompatLevel.oldest())
    goods = consignments.select(["message_id", "goods"])
    found = with_reasons(rows, strata, hits, narrow, DESCRIBERS[1], language="en", filled_from=goods)
    assert found["reasons"].to_pylist() == _one_by_one(rows, strata, hits, consignments, "en", 5)


def test_an_unknown_rule_is_not_passed_over() -> None:
    base = {"kind": "term", "rule": "T9", "mandatory": False, "priority": 1, "manner": "exact", "text": "x"}
    one = {
        "hits": [base | {"field": "goods[1].brand"}], "random": False, "rule": "T9", "status": "selected",
        "office": "Port", "day": None, "parties": None, "references": None, "origin": "VN",
    }  # fmt: skip
    with pytest.raises(LookupError):
        with_reasons(*_tables([one]), DESCRIBERS[0], language="en")
