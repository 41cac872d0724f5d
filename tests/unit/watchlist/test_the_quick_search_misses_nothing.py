"""What two values of a kind are compared by, one pair at a time, is what screening in bulk finds."""

import re
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidewaiter.names import compact, fold_text
from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.watchlist import Watchlist, screen_watchlist
from tidewaiter.screening.watchlist.keys import telephone, telephones

FIXED = {"function": "original", "partial": False, "administration": "HK", "source_file": "f", "synthetic": True}


def batch_of(column: str, elements: list[dict[str, Any]]) -> pa.RecordBatch:
    row = {"message_id": "m", "consignment_id": "c", "source_position": "1", "source_rows": 1, column: elements}
    return pa.RecordBatch.from_pylist([FIXED | row], schema=CONSIGNMENT)


def watchlist_of(kind: str, values: list[str]) -> Watchlist:
    rows = [{"entry": str(at), "kind": kind, "value": value} for at, value in enumerate(values)]
    return Watchlist.from_rows(rows)[0]


def met(batch: pa.RecordBatch, watchlist: Watchlist) -> set[tuple[int, int]]:
    """Give pairs of elements, from 0, and entries."""
    hits = screen_watchlist(batch, watchlist).to_pylist()
    return {(int(re.findall(r"\[(\d+)\]", hit["field"])[0]) - 1, int(hit["rule"])) for hit in hits}


def without_ship_prefix(value: str) -> str:
    return re.sub(r"\Aimo(?=[0-9]{7}\Z)", "", compact(value))


VALUES = st.text(st.sampled_from("AaBb1２-.é陈陳/ "), min_size=1, max_size=5).filter(compact).map(str.strip)
SHIPS = st.sampled_from(["9074729", "IMO 9074729", "imo9074729", "ＩＭＯ9074729", "IMO907472", "IMOABCDEFG", "abcdefg"])


@settings(deadline=None)
@given(st.lists(VALUES | SHIPS, max_size=6), st.lists(VALUES | SHIPS, max_size=6))
def test_texts(known: list[str], declared: list[str]) -> None:
    for kind, column, field, form in (
        ("identifier", "parties", "identifier", compact),
        ("account", "parties", "account", fold_text),
        ("reference", "references", "value", without_ship_prefix),
    ):
        fixed = {"role": "consignor"} if column == "parties" else {"type": "other"}
        batch = batch_of(column, [fixed | {field: value} for value in declared])
        expected = {
            (at, entry)
            for at, one in enumerate(declared)
            for entry, other in enumerate(known)
            if form(one) == form(other)
        }
        assert met(batch, watchlist_of(kind, known)) == expected


@st.composite
def numbers(draw: st.DrawFn) -> str:
    national = draw(st.sampled_from(["21234567", "61234567", "13800138000", "2088888888", "01234567"]))
    prefix = draw(st.sampled_from(["", "0", "+852", "+86", "+86 0", "0086", "00853", "852", "86", "(852) ", "+853-"]))
    extension = draw(st.sampled_from(["", "", " ext. 12", "#3", " 內線 5", " x9"]))
    return prefix + draw(st.sampled_from(["", " ", "-"])).join([national[:4], national[4:]]) + extension


@settings(deadline=None)
@given(
    st.lists(numbers(), max_size=6), st.lists(numbers(), max_size=6), st.sampled_from(["HK", "MO", "CN", "US", None])
)
@example(["+85221234567"], ["2123-4567 ext. 12"], "HK")
@example(["21234567 x9"], ["+852 2123 4567"], "HK")
def test_telephone_numbers(known: list[str], declared: list[str], country: str | None) -> None:
    batch = batch_of("parties", [{"role": "consignor", "phone": one, "country": country} for one in declared])
    expected = {
        (at, entry)
        for at, one in enumerate(declared)
        for entry, other in enumerate(known)
        if telephone(other) in telephones(one, country)
    }
    assert met(batch, watchlist_of("phone", known)) == expected


@pytest.mark.parametrize(("first", "last"), [("10", "90"), ("90", "10")])
def test_of_two_keys_of_one_entry_that_meet_alike_the_first_counts(first: str, last: str) -> None:
    rows = [
        {"entry": "W", "kind": "reference", "value": "IMO 9074729", "priority": first},
        {"entry": "W", "kind": "reference", "value": "IMO9074-729", "priority": last},
    ]
    batch = batch_of("references", [{"type": "vessel", "value": "9074729"}])
    hits = screen_watchlist(batch, Watchlist.from_rows(rows)[0]).to_pylist()
    assert [hit["priority"] for hit in hits] == [int(first)]
