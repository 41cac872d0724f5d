"""Which parties and references meet an entry, and what the hit says. All parties are invented."""

import pickle
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.names import fold_name
from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.screening.watchlist import Watchlist, screen_watchlist

FIXED = {"function": "original", "partial": False, "administration": "HK", "source_file": "f", "synthetic": True}


def batch_of(*rows: dict[str, Any]) -> pa.RecordBatch:
    numbered = [
        {"message_id": f"m{at}", "consignment_id": f"c{at}", "source_position": str(at), "source_rows": 1} | FIXED | row
        for at, row in enumerate(rows)
    ]
    return pa.RecordBatch.from_pylist(numbered, schema=CONSIGNMENT)


def party(**fields: str | None) -> pa.RecordBatch:
    return batch_of({"parties": [{"role": "consignor", **fields}]})


def reference(kind: str, value: str) -> pa.RecordBatch:
    return batch_of({"references": [{"type": kind, "value": value}]})


def listed(kind: str, value: str, type_: str = "", **more: str) -> Watchlist:
    watchlist, problems = Watchlist.from_rows([{"entry": "W1", "kind": kind, "type": type_, "value": value, **more}])
    assert not problems
    return watchlist


def manner(batch: pa.RecordBatch, watchlist: Watchlist) -> str | None:
    hits = screen_watchlist(batch, watchlist).to_pylist()
    assert len(hits) <= 1
    return hits[0]["manner"] if hits else None


@pytest.mark.parametrize(
    ("known", "declared", "expected"),
    [
        ("Gamma Trading Ltd", "Gamma Trading Ltd", "exact"),
        ("Gamma Trading Ltd", "GAMMA  TRADING, LTD.", "folded"),
        ("João Conceição", "JOAO CONCEICAO", "folded"),
        ("陳大文", "陈 大文", "folded"),
        ("陈大文貿易有限公司", "陳大文貿易 有限公司", "folded"),
        ("郭淑菁", "郭淑\ue3c5", "folded"),
        ("Ｇamma", "gamma", "folded"),
        ("Gamma Trading Ltd", "Gamma Trading", None),
        ("Chan Tai Man", "Chan Taiman", None),
        ("Chan Tai Man", "Tai Man Chan", None),
        ("陳大文", "陳大", None),
    ],
)
def test_names(known: str, declared: str, expected: str | None) -> None:
    assert manner(party(name=declared), listed("name", known)) == expected
    assert manner(party(name="Someone Else", name_other=declared), listed("name", known)) == expected


@pytest.mark.parametrize(
    ("known", "declared", "country", "expected"),
    [
        ("+85221234567", "+85221234567", None, "exact"),
        ("+85221234567", "(852) 2123-4567", None, "folded"),
        ("+85221234567", "(852) 2123-4567", "HK", "folded"),
        ("+85221234567", "2123 4567", "HK", "folded"),
        ("+85221234567", "2123 4567", "MO", None),
        ("+85221234567", "0085221234567", "CN", "folded"),
        ("2123 4567", "+852 2123 4567", "HK", "folded"),
        ("2123 4567", "2123-4567", None, "folded"),
        ("+8613800138000", "138 0013 8000", "CN", "folded"),
        ("+862088888888", "020-8888 8888", "CN", "folded"),
        ("020-88888888", "+86 20 8888 8888", "CN", "folded"),
        ("+85221234567", "+852 2123 4567 ext. 12", "HK", "folded"),
        ("+85221234567", "2123 4567 內線 12", "HK", "folded"),
        ("+85221234567", "２１２３４５６７", "HK", "folded"),
        ("+85221234567", "+85321234567", "HK", None),
        ("+85221234567", "1234567", "HK", None),
    ],
)
def test_telephone_numbers(known: str, declared: str, country: str | None, expected: str | None) -> None:
    assert manner(party(phone=declared, country=country), listed("phone", known)) == expected


@pytest.mark.parametrize(
    ("type_", "declared_type", "expected"),
    [("", "hkid", True), ("hkid", "hkid", True), ("hkid", None, True), ("hkid", "passport", False), ("", None, True)],
)
def test_identifiers_by_type(type_: str, declared_type: str | None, expected: bool) -> None:
    batch = party(identifier="a123456 (3)", identifier_type=declared_type)
    assert (manner(batch, listed("identifier", "A123456(3)", type_)) == "folded") is expected


@pytest.mark.parametrize(
    ("type_", "known", "kind", "declared", "expected"),
    [
        ("container", "MSCU1234565", "container", "mscu 123456-5", True),
        ("", "MSCU1234565", "container", "MSCU1234565", True),
        ("container", "MSCU1234565", "seal", "MSCU1234565", False),
        ("container", "MSCU1234565", "other", "MSCU1234565", True),
        ("vessel", "IMO 9074729", "vessel", "9074729", True),
        ("vessel", "9074729", "vessel", "IMO9074729", True),
        ("plate", "粤Z·1234港", "plate", "粵Z1234港", True),
        ("house_bill", "HB-1", "house_bill", "HB1X", False),
    ],
)
def test_references_by_type(type_: str, known: str, kind: str, declared: str, expected: bool) -> None:
    assert (manner(reference(kind, declared), listed("reference", known, type_)) is not None) is expected


def test_accounts_keep_their_punctuation() -> None:
    assert manner(party(account="Shop.Nine"), listed("account", "shop.nine")) == "folded"
    assert manner(party(account="shopnine"), listed("account", "shop.nine")) is None
    batch = party(identifier="shop.nine", identifier_type="account")
    assert manner(batch, listed("account", "shop.nine")) == "exact"


def test_a_key_of_one_kind_meets_no_field_of_another() -> None:
    batch = party(name="A1234567", account="A1234567", identifier="A1234567")
    hits = screen_watchlist(batch, listed("identifier", "A1234567")).to_pylist()
    assert [hit["field"] for hit in hits] == ["parties[1].identifier"]


ROWS = [
    {"entry": "W2", "kind": "name", "value": "Gamma Trading", "label": "Gamma", "priority": "40", "mandatory": "no"},
    {"entry": "W2", "kind": "name", "value": "GAMMA TRADING", "label": "Gamma", "priority": "40", "mandatory": "no"},
    {"entry": "W2", "kind": "phone", "value": "+85221234567", "label": "Gamma", "priority": "40"},
    {
        "entry": "W1",
        "kind": "name",
        "value": "gamma trading",
        "label": "Gamma of Macao",
        "mandatory": "yes",
        "channel": "physical",
        "source": "tip 12",
        "grading": "B2",
        "reason": "seizure last year",
    },
    {"entry": "W3", "kind": "reference", "type": "house_bill", "value": "HB-77", "priority": "90"},
]
WATCHLIST, _ = Watchlist.from_rows(ROWS)
GAMMA = {"role": "consignee", "name": "GAMMA TRADING", "phone": "+852 2123 4567"}
BATCH = batch_of(
    {
        "parties": [{"role": "consignor", "name": "陳大文"}, GAMMA],
        "references": [{"type": "house_bill", "value": "HB77"}],
    },
    {"parties": None, "references": None},
    {"parties": [], "references": []},
    {"parties": [GAMMA]},
)


def test_each_entry_hits_a_field_once_and_says_where() -> None:
    hits = screen_watchlist(BATCH, WATCHLIST)
    assert hits.schema.equals(HIT, check_metadata=True)
    hits.validate(full=True)
    seen = hits.select(["message_id", "field", "rule", "manner", "text", "start", "end"]).to_pylist()
    assert [tuple(row.values()) for row in seen] == [
        ("m0", "parties[2].name", "W1", "folded", "GAMMA TRADING", 0, 13),
        ("m0", "parties[2].name", "W2", "exact", "GAMMA TRADING", 0, 13),
        ("m0", "parties[2].phone", "W2", "folded", "+852 2123 4567", 0, 14),
        ("m0", "references[1].value", "W3", "folded", "HB77", 0, 4),
        ("m3", "parties[1].name", "W1", "folded", "GAMMA TRADING", 0, 13),
        ("m3", "parties[1].name", "W2", "exact", "GAMMA TRADING", 0, 13),
        ("m3", "parties[1].phone", "W2", "folded", "+852 2123 4567", 0, 14),
    ]


def test_a_hit_carries_what_its_entry_asks_for() -> None:
    hits = {hit["rule"]: hit for hit in screen_watchlist(BATCH, WATCHLIST).to_pylist()}
    assert {hit["kind"] for hit in hits.values()} == {"watchlist"}
    assert (hits["W1"]["mandatory"], hits["W1"]["priority"], hits["W1"]["channel"]) == (True, 0, "physical")
    assert (hits["W3"]["mandatory"], hits["W3"]["priority"], hits["W3"]["channel"]) == (False, 90, None)


def test_an_entry_explains_itself() -> None:
    assert len(WATCHLIST) == 3
    assert WATCHLIST.describe("W1") == {
        "label": "Gamma of Macao",
        "reason": "seizure last year",
        "grading": "B2",
        "source": "tip 12",
    }


def test_a_slice_gives_its_own_hits_and_another_process_the_same() -> None:
    whole = screen_watchlist(BATCH, WATCHLIST)
    arrived = pickle.loads(pickle.dumps(WATCHLIST))
    assert arrived.digest == WATCHLIST.digest
    parts = [hit for at in range(4) for hit in screen_watchlist(BATCH.slice(at, 1), arrived).to_pylist()]
    assert parts == whole.to_pylist()


def test_an_empty_list_or_batch_gives_no_hits() -> None:
    nothing, _ = Watchlist.from_rows([])
    assert screen_watchlist(BATCH, nothing).num_rows == 0
    assert screen_watchlist(BATCH.slice(0, 0), WATCHLIST).schema.equals(HIT)


def test_dates_decide_what_is_in_force() -> None:
    rows = [
        {"entry": "past", "kind": "name", "value": "Gamma", "valid_until": "2026-05-31"},
        {"entry": "future", "kind": "name", "value": "Gamma", "valid_from": "2026-06-02"},
        {"entry": "now", "kind": "name", "value": "Gamma", "valid_from": "2026-06-01", "valid_until": "2026-06-01"},
    ]
    watchlist, problems = Watchlist.from_rows(rows, date(2026, 6, 1))
    assert not problems
    assert screen_watchlist(party(name="gamma"), watchlist).column("rule").to_pylist() == ["now"]
    everything, _ = Watchlist.from_rows(rows)
    assert len(everything) == 3


VALUES = st.text(st.sampled_from("AaBbé1２ -.'陳陈大\u200b"), min_size=1, max_size=6)


@settings(deadline=None)
@given(st.lists(VALUES, max_size=6), st.lists(VALUES, max_size=6))
def test_the_quick_search_misses_nothing_that_compares_alike(known: list[str], declared: list[str]) -> None:
    rows = [{"entry": str(at), "kind": "name", "value": value} for at, value in enumerate(known)]
    watchlist, _ = Watchlist.from_rows(rows)
    batch = batch_of(*({"parties": [{"role": "consignor", "name": value}]} for value in declared))
    hits = screen_watchlist(batch, watchlist).to_pylist()
    expected = {
        (f"m{at}", str(entry))
        for at, value in enumerate(declared)
        for entry, name in enumerate(known)
        if fold_name(name.strip()) == fold_name(value) != ""
    }
    assert {(hit["message_id"], hit["rule"]) for hit in hits} == expected
