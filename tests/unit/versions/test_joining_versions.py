"""Which declaration a message belongs to, and what becomes of it."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from tidewaiter.intake.versions import Resolution, resolve
from tidewaiter.schemas import CONSIGNMENT

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]


def states(resolution: Resolution) -> dict[str, tuple[str, str]]:
    return {row["message_id"]: (row["state"], row["reason"]) for row in resolution.states.to_pylist()}


def flags(resolution: Resolution) -> list[list[str]]:
    return [[flag["code"] for flag in row["flags"]] for row in resolution.composed.to_pylist()]


def test_an_original_alone_is_in_force_as_it_stands(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", number="N1"), make("b", reference="L1"), make("c")))
    assert resolution.states.num_rows == resolution.composed.num_rows == resolution.rejects.num_rows == 0
    assert resolution.composed.schema == CONSIGNMENT


def test_no_messages(rows: Rows) -> None:
    assert resolve(rows()).states.num_rows == 0


def test_an_amendment_joins_by_declaration_number(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", number="N1", office="X"), make("b", "amendment", number="N1", office="Y")))
    assert states(resolution) == {"a": ("superseded", "amended"), "b": ("superseded", "amended")}
    (row,) = resolution.composed.to_pylist()
    assert (row["message_id"], row["consignment_id"], row["office"]) == ("b+2", "HK:N1", "Y")
    assert (row["function"], row["partial"], row["flags"]) == ("amendment", False, [])


def test_a_number_is_that_of_its_administration(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", number="N1"), make("b", "amendment", number="N1", administration="MO")))
    assert states(resolution) == {"b": ("waiting", "declaration_missing")}


def test_an_amendment_joins_by_functional_reference_where_it_names_no_number(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", reference="L1"), make("b", "amendment", reference="L1")))
    assert states(resolution)["b"] == ("superseded", "amended")
    assert flags(resolution) == [[]]


def test_an_unknown_number_with_a_known_reference_joins_and_is_flagged(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", reference="L1"), make("b", "amendment", number="N1", reference="L1")))
    assert states(resolution)["b"] == ("superseded", "amended")
    assert flags(resolution) == [["joined_by_functional_reference"]]


def test_what_is_learned_so_serves_other_messages_of_that_number(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", reference="L1"),
            make("b", "amendment", number="N1", reference="L1"),
            make("c", "amendment", number="N1", reference="own-7"),
        )
    )
    (row,) = resolution.composed.to_pylist()
    assert row["message_id"] == "c+3"


def test_a_reference_does_not_join_a_declaration_with_another_number(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(make("a", number="N2", reference="L1"), make("b", "amendment", number="N1", reference="L1"))
    )
    assert states(resolution) == {"b": ("waiting", "declaration_missing")}


def test_two_unknown_numbers_cannot_both_mean_one_declaration(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", reference="L1"),
            make("b", "amendment", number="N1", reference="L1"),
            make("c", "amendment", number="N2", reference="L1"),
        )
    )
    assert states(resolution) == {"b": ("waiting", "ambiguous"), "c": ("waiting", "ambiguous")}


def test_a_report_makes_number_and_reference_known_as_one(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", reference="L1", declarant="D1"),
            make("b", "amendment", number="N1", reference="own-7"),
            make("r", "report", number="N1", reference="L1", declarant="D1"),
        )
    )
    assert {state for state, _ in states(resolution).values()} == {"superseded"}
    assert flags(resolution) == [[]]
    (row,) = resolution.composed.to_pylist()
    assert row["consignment_id"] == "HK:functional_reference:D1/L1"
    assert {"type": "declaration_number", "value": "N1"} in row["references"]


def test_the_declarant_tells_equal_references_apart(make: Make, rows: Rows) -> None:
    originals = (make("a", reference="L1", declarant="D1"), make("b", reference="L1", declarant="D2"))
    named = resolve(rows(*originals, make("c", "amendment", reference="L1", declarant="D2")))
    assert set(states(named)) == {"b", "c"}
    unnamed = resolve(rows(*originals, make("c", "amendment", reference="L1")))
    assert states(unnamed) == {"c": ("waiting", "ambiguous")}


def test_a_message_whose_declaration_is_missing_waits(make: Make, rows: Rows) -> None:
    messages = [
        make("a", "amendment", number="N1"),
        make("b", "cancellation", reference="L1"),
        make("c", "report", number="N3", reference="L3"),
    ]
    assert set(states(resolve(rows(*messages))).values()) == {("waiting", "declaration_missing")}


def test_a_cancellation_removes_the_consignment(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", number="N1"),
            make("b", "amendment", number="N1", hour=9, office="Y"),
            make("c", "cancellation", number="N1", hour=8),
        )
    )
    assert resolution.composed.num_rows == 0
    assert resolution.ids("cancelled") == ["a"]
    assert resolution.ids("superseded") == ["b", "c"]


def test_what_is_issued_later_does_not_count_yet(make: Make, rows: Rows, parts: Any) -> None:
    messages = rows(
        make("a", number="N1", hour=8, office="X"),
        make("b", "amendment", number="N1", hour=10, office="Y"),
        make("c", "cancellation", number="N1", hour=12),
        make("d", number="N9", hour=13),
    )
    before = resolve(messages, parts["at"](9))
    assert states(before) == dict.fromkeys("bcd", ("waiting", "issued_later"))
    between = resolve(messages, parts["at"](10))
    assert [row["office"] for row in between.composed.to_pylist()] == ["Y"]
    after = resolve(messages, parts["at"](12))
    assert after.ids("cancelled") == ["a"]
    assert after.ids("waiting") == ["d"]


def test_what_states_no_time_always_counts(make: Make, rows: Rows, parts: Any) -> None:
    resolution = resolve(rows(make("a", number="N1"), make("b", "cancellation", number="N1")), parts["at"](1))
    assert resolution.ids("cancelled") == ["a"]


def test_a_repeated_declaration_is_a_duplicate(make: Make, rows: Rows) -> None:
    same = {"number": "N1", "office": "X", "source_rows": 3}
    resolution = resolve(
        rows(make("10", **same), make("9", **same), make("11", **same | {"flags": [{"code": "c", "field": "f"}]}))
    )
    assert states(resolution) == {
        "10": ("duplicate", "duplicate_message"),
        "11": ("duplicate", "duplicate_message"),
    }
    assert resolution.duplicate_rows == 6
    first, second = resolution.rejects.to_pylist()
    assert (first["code"], first["source_position"], second["source_position"]) == ("duplicate_message", "10", "11")
    assert "at 9 of made.csv" in first["message"]


def test_a_repeated_amendment_is_a_duplicate_too(make: Make, rows: Rows) -> None:
    amendment = {"number": "N1", "office": "Y"}
    resolution = resolve(
        rows(make("a", number="N1"), make("b", "amendment", **amendment), make("c", "amendment", **amendment))
    )
    assert resolution.ids("duplicate") == ["c"]
    assert resolution.composed.column("message_id").to_pylist() == ["b+2"]


def test_equal_content_without_a_name_is_no_duplicate(make: Make, rows: Rows) -> None:
    assert resolve(rows(make("a"), make("b"))).states.num_rows == 0


def test_one_number_with_different_content_is_two_consignments(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", number="N1", office="X", hour=9),
            make("b", number="N1", office="Y", hour=8),
            make("c", "amendment", number="N1"),
        )
    )
    assert states(resolution)["c"] == ("waiting", "ambiguous")
    found = {row["office"]: (row["message_id"], row["consignment_id"]) for row in resolution.composed.to_pylist()}
    assert found == {"Y": ("b+1", "HK:N1"), "X": ("a+1", "HK:N1~2")}
    assert flags(resolution) == [["duplicate_declaration_number"]] * 2
    assert states(resolution)["a"] == ("superseded", "duplicate_declaration_number")


def test_one_reference_of_one_declarant_with_different_content(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", reference="L1", declarant="D1", office="X"),
            make("b", reference="L1", declarant="D1", office="Y"),
            make("c", reference="L1", declarant="D2", office="Z"),
        )
    )
    ids = sorted(resolution.composed.column("consignment_id").to_pylist())
    assert ids == ["HK:functional_reference:D1/L1", "HK:functional_reference:D1/L1~2"]
    assert flags(resolution) == [["duplicate_reference"]] * 2
    assert "c" not in states(resolution)
