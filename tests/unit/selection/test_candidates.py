"""From hits to candidates: the deciding hit, the highest priority, the channel."""

import random
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.schemas import HIT
from tidewaiter.selection.candidates import CANDIDATE, candidates_from_hits
from tidewaiter.selection.draw import draws
from tidewaiter.selection.quota import SelectionError

DAY = date(2026, 5, 1)


def _hits(*rows: tuple[str, str, str, bool, int, str | None]) -> pa.Table:
    names = ("message_id", "kind", "rule", "mandatory", "priority", "channel")
    rest = {"manner": "exact", "field": "parties[1].name", "text": "x", "start": 0, "end": 1}
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) | rest for row in rows], schema=HIT)


def _consignments(*messages: str, office: str | None = "Port") -> pa.Table:
    rows = [
        {"message_id": one, "consignment_id": f"c-{one}", "administration": "HK", "office": office, "day": DAY}
        for one in messages
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema([CANDIDATE.field(name) for name in CANDIDATE.names[:5]]))


def _one(hits: pa.Table) -> dict[str, Any]:
    (row,) = candidates_from_hits(hits, _consignments("m"), 3).to_pylist()
    return row


def test_one_row_a_consignment_with_its_draw() -> None:
    hits = _hits(
        ("b", "profile", "P1", False, 40, "physical"),
        ("a", "term", "T1", False, 10, None),
        ("a", "profile", "P1", False, 40, "documentary"),
        ("old", "watchlist", "W1", True, 90, "physical"),
    )
    found = candidates_from_hits(hits, _consignments("b", "a", "none"), 3)
    assert found.schema == CANDIDATE
    assert found["consignment_id"].to_pylist() == ["c-a", "c-b"], "hits on versions that are not in force do not count"
    assert found["draw"].to_pylist() == draws(3, pa.array(["c-a", "c-b"])).tolist()
    assert found["origin"].to_pylist() == ["profile_hit", "profile_hit"]


def test_a_mandatory_hit_decides_but_the_highest_priority_counts() -> None:
    row = _one(_hits(("m", "profile", "P", False, 95, "physical"), ("m", "watchlist", "W", True, 50, "documentary")))
    assert (row["rule"], row["mandatory"], row["priority"], row["channel"]) == ("W", True, 95, "documentary")


def test_then_priority_then_kind_then_rule() -> None:
    assert _one(_hits(("m", "watchlist", "W", False, 50, None), ("m", "term", "T", False, 51, None)))["rule"] == "T"
    same = [("m", kind, kind, False, 50, None) for kind in ("term", "profile", "watchlist")]
    assert _one(_hits(*same))["rule"] == "watchlist"
    assert _one(_hits(*same[:2]))["rule"] == "profile"
    assert _one(_hits(("m", "term", "T2", False, 5, None), ("m", "term", "T1", False, 5, None)))["rule"] == "T1"


def test_the_channel_is_that_of_the_first_hit_that_asks_for_one() -> None:
    row = _one(_hits(("m", "watchlist", "W", False, 60, None), ("m", "profile", "P", False, 50, "non_intrusive")))
    assert (row["rule"], row["channel"]) == ("W", "non_intrusive")
    assert _one(_hits(("m", "watchlist", "W", False, 60, None)))["channel"] is None


def test_order_does_not_matter() -> None:
    rows = [
        ("m", kind, f"r{n % 3}", n % 4 == 0, n % 5, "physical") for n in range(20) for kind in ("term", "watchlist")
    ]
    first = _one(_hits(*rows))
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert _one(_hits(*rows)) == first


def test_no_office_is_an_empty_office_and_no_hits_no_candidates() -> None:
    found = candidates_from_hits(_hits(("m", "term", "T", False, 5, None)), _consignments("m", office=None), 3)
    assert found["office"].to_pylist() == [""]
    assert candidates_from_hits(_hits(), _consignments("m"), 3).num_rows == 0


def test_refuses_unknown_kinds_and_doubled_messages() -> None:
    with pytest.raises(SelectionError, match="unknown kind hunch"):
        candidates_from_hits(_hits(("m", "hunch", "T", False, 5, None)), _consignments("m"), 3)
    with pytest.raises(SelectionError, match="message m stands twice"):
        candidates_from_hits(_hits(("m", "term", "T", False, 5, None)), _consignments("m", "m"), 3)
    with pytest.raises(SelectionError, match="hits: the table lacks the column kind"):
        candidates_from_hits(_hits().drop_columns(["kind"]), _consignments("m"), 3)
