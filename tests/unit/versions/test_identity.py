"""One consignment id, one consignment in force: by whatever name messages know each other."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.intake.versions import Resolution, resolve

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]

BILL = "HK:house_bill:B1"


def ids(resolution: Resolution) -> dict[str, str]:
    return {row["office"]: row["consignment_id"] for row in resolution.composed.to_pylist()}


def flags(resolution: Resolution) -> set[str]:
    return {flag["code"] for row in resolution.composed.to_pylist() for flag in row["flags"]}


def states(resolution: Resolution) -> dict[str, tuple[str, str]]:
    return {row["message_id"]: (row["state"], row["reason"]) for row in resolution.states.to_pylist()}


def test_a_parcel_told_twice_is_a_duplicate(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", bill="B1", office="X"), make("b", bill="B1", office="X")))
    assert states(resolution) == {"b": ("duplicate", "duplicate_message")}


def test_one_bill_with_different_content_is_two_consignments(make: Make, rows: Rows) -> None:
    resolution = resolve(rows(make("a", bill="B1", office="X", hour=9), make("b", bill="B1", office="Y", hour=8)))
    assert ids(resolution) == {"Y": BILL, "X": f"{BILL}~2"}
    assert flags(resolution) == {"duplicate_reference"}


def test_what_names_a_bill_alone_joins_by_it(make: Make, rows: Rows) -> None:
    amended = resolve(rows(make("a", bill="B1", office="X"), make("b", "amendment", bill="B1", office="Y")))
    assert ids(amended) == {"Y": BILL}
    assert flags(amended) == set()
    cancelled = resolve(rows(make("a", bill="B1"), make("b", "cancellation", bill="B1")))
    assert cancelled.ids("cancelled") == ["a"]


def test_a_bill_in_common_is_no_name_where_there_is_a_better_one(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(make("a", number="N1", bill="B1"), make("b", number="N2", bill="B1"), make("c", bill="B1"))
    )
    assert states(resolution) == {}
    assert resolution.composed.num_rows == 0


def test_an_id_that_the_input_gave_is_a_name(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", consignment_id="own", office="X"),
            make("b", "amendment", consignment_id="own", office="Y"),
            make("c", "amendment", consignment_id="other", office="Z"),
        )
    )
    assert ids(resolution) == {"Y": "own"}
    assert states(resolution)["c"] == ("waiting", "declaration_missing")


def test_an_id_that_the_input_gave_meets_the_number_that_makes_it(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(make("a", number="N1", office="X"), make("b", consignment_id="HK:N1", office="Y", hour=1))
    )
    assert ids(resolution) == {"X": "HK:N1", "Y": "HK:N1~2"}


def test_one_id_in_two_administrations_is_two_consignments(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", consignment_id="own", office="X"),
            make("b", consignment_id="own", office="Y", administration="MO"),
            make("c", "amendment", consignment_id="own", office="Z", administration="MO"),
        )
    )
    assert ids(resolution) == {"X": "own", "Z": "own~2"}


def test_an_id_with_a_count_is_not_given_away_again(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", consignment_id="own", office="X", hour=1),
            make("b", consignment_id="own", office="Y", hour=2),
            make("c", consignment_id="own~2", hour=3),
        )
    )
    assert ids(resolution) == {"X": "own", "Y": "own~3"}


def test_the_id_tells_declarations_of_one_number_apart(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", number="N1", consignment_id="one", office="X"),
            make("b", number="N1", consignment_id="two", office="Y"),
            make("c", "amendment", number="N1", consignment_id="two", office="Z"),
        )
    )
    assert ids(resolution) == {"X": "one", "Z": "two"}
    assert flags(resolution) == {"duplicate_declaration_number"}


def test_the_id_tells_declarations_of_one_reference_apart(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", reference="n/a", consignment_id="one", office="X"),
            make("b", reference="n/a", consignment_id="two", office="Y"),
            make("c", "amendment", reference="n/a", consignment_id="two", office="Z"),
        )
    )
    assert ids(resolution) == {"X": "one", "Z": "two"}


def test_an_id_does_not_join_a_declaration_with_another_number(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(make("a", number="N1", consignment_id="own"), make("b", "amendment", number="N2", consignment_id="own"))
    )
    assert states(resolution) == {"b": ("waiting", "declaration_missing")}


def test_a_number_becomes_known_by_the_id(make: Make, rows: Rows) -> None:
    resolution = resolve(
        rows(
            make("a", consignment_id="own", office="X"),
            make("b", "report", number="N1", consignment_id="own", partial=True),
            make("c", "amendment", number="N1", office="Y"),
        )
    )
    assert ids(resolution) == {"Y": "own"}
    assert flags(resolution) == set()


def test_messages_of_one_message_id_are_told_apart(make: Make, rows: Rows) -> None:
    """A file that was delivered twice with the same message ids; or two whose messages are counted from 1."""
    again = resolve(
        rows(make("1", number="N1", office="X"), make("1", number="N1", office="X", source_file="copy.csv"))
    )
    assert states(again) == {"1": ("superseded", "duplicate")}
    assert again.ids("duplicate") == ["1"]
    assert again.composed.column("message_id").to_pylist() == ["1+1"]
    two = resolve(rows(make("1", number="N1", office="X"), make("1", number="N2", office="Y")))
    assert ids(two) == {"X": "HK:N1", "Y": "HK:N2"}
    assert sorted(two.composed.column("message_id").to_pylist()) == ["1+1", "1+1~2"]


def test_the_first_to_arrive_stays_the_first(make: Make, rows: Rows, parts: Any) -> None:
    """What has no time of issue counts at any time, so it must not lose its id when others are issued."""
    messages = rows(make("a", bill="B1", office="X", hour=2), make("b", bill="B1", office="Y"))
    assert resolve(messages, parts["at"](1)).ids("superseded") == []
    assert ids(resolve(messages)) == {"Y": BILL, "X": f"{BILL}~2"}


def test_a_reference_that_thousands_bear_costs_little(make: Make, rows: Rows) -> None:
    messages = [make(f"o{number}", reference="n/a", declarant=f"D{number}", office="X") for number in range(2_000)]
    messages += [make(f"a{number}", "amendment", number=f"N{number}", reference="n/a") for number in range(2_000)]
    resolution = resolve(rows(*messages))
    assert set(states(resolution).values()) == {("waiting", "ambiguous")}


@pytest.mark.parametrize("missing", ["lodged_at", "presented_at", "issued_at", "number", "goods", "synthetic"])
def test_a_whole_amendment_is_in_force_as_it_stands(make: Make, rows: Rows, parts: Any, missing: str) -> None:
    at = parts["at"]
    full = {"number": "N1", "partial": False, "goods": [parts["item"](1, hs="640399")], "lodged_at": at(1),
            "presented_at": at(2), "lodged_offset": 480, "issued_at": at(3)}  # fmt: skip
    resolution = resolve(rows(make("a", **full), make("b", "amendment", **full | {"office": "Y"})))
    assert states(resolution) == {"a": ("superseded", "amended")}
    assert resolution.composed.num_rows == 0
    # What only the original says stays true, so that the two are composed.
    named = {"number": None, "consignment_id": "HK:N1"} if missing == "number" else {}
    less = full | {"office": "Y", missing: [] if missing == "goods" else None} | named
    less |= {"synthetic": missing != "synthetic"}
    (row,) = resolve(rows(make("a", **full), make("b", "amendment", **less))).composed.to_pylist()
    assert (row["message_id"], row["office"]) == ("b+2", "Y")
    assert row["references"] == [{"type": "declaration_number", "value": "N1"}]
    assert (row["lodged_at"], row["lodged_offset"], row["presented_at"], row["issued_at"]) == (at(1), 480, at(2), at(3))
    assert (len(row["goods"]), row["synthetic"]) == (1, True)
