"""The order of versions, and what the version in force says."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

from tidewaiter.intake.versions import resolve

Make = Callable[..., dict[str, Any]]
Rows = Callable[..., pa.Table]
Parts = dict[str, Callable[..., Any]]


def in_force(messages: pa.Table) -> dict[str, Any]:
    (row,) = resolve(messages).composed.to_pylist()
    found: dict[str, Any] = row
    return found


def test_versions_go_by_number_before_time(make: Make, rows: Rows) -> None:
    row = in_force(
        rows(
            make("a", number="N1", office="0"),
            make("b", "amendment", number="N1", version=3, hour=8, office="3"),
            make("c", "amendment", number="N1", version=2, hour=9, office="2"),
        )
    )
    assert (row["office"], row["version"], row["message_id"]) == ("3", 3, "b+3")


def test_without_a_number_versions_go_by_time(make: Make, rows: Rows) -> None:
    row = in_force(
        rows(
            make("a", number="N1", hour=7),
            make("b", "amendment", number="N1", hour=9, office="later"),
            make("c", "amendment", number="N1", hour=8, office="earlier"),
        )
    )
    assert row["office"] == "later"


def test_a_message_without_a_number_follows_the_versions_issued_before_it(make: Make, rows: Rows) -> None:
    versions = [
        make("a", number="N1", hour=7),
        make("b", "amendment", number="N1", version=2, hour=8, office="2"),
        make("d", "amendment", number="N1", version=3, hour=10, office="3"),
    ]
    between = make("c", "amendment", number="N1", hour=9, office="between", packages=5)
    row = in_force(rows(*versions, between))
    assert (row["office"], row["packages"]) == ("3", 5)
    untimed = make("c", "amendment", number="N1", office="last")
    assert in_force(rows(*versions, untimed))["office"] == "last"


def test_with_neither_the_input_decides_numbers_as_numbers(make: Make, rows: Rows) -> None:
    messages = [make("a", number="N1")]
    for row in (9, 10, 2):
        amendment = make(f"m{row}", "amendment", number="N1", office=str(row), source_position=f"row {row}")
        messages.append(amendment)
    assert in_force(rows(*messages))["office"] == "10"


def test_values_that_are_given_replace(make: Make, rows: Rows, parts: Parts) -> None:
    row = in_force(
        rows(
            make("a", number="N1", packages=4, value=10.0, currency="HKD", lodged_at=parts["at"](7), lodged_offset=480),
            make("b", "amendment", number="N1", packages=5),
        )
    )
    assert (row["packages"], row["value"], row["currency"]) == (5, 10.0, "HKD")
    assert (row["lodged_at"], row["lodged_offset"]) == (parts["at"](7), 480)
    assert (row["source_rows"], row["synthetic"]) == (2, True)


def test_goods_items_are_changed_by_their_sequence(make: Make, rows: Rows, parts: Parts) -> None:
    item = parts["item"]
    row = in_force(
        rows(
            make("a", number="N1", goods=[item(1, hs="640419", value=5.0), item(2, hs="420222", net_mass_kg=3.0)]),
            make("b", "amendment", number="N1", goods=[item(2, net_mass_kg=4.0), item(3, description="new")]),
        )
    )
    assert [(i["sequence"], i["hs"], i["net_mass_kg"]) for i in row["goods"]] == [
        (1, "640419", None), (2, "420222", 4.0), (3, None, None),
    ]  # fmt: skip
    assert row["goods"][2]["description"] == "new"


def test_parties_are_changed_by_their_role(make: Make, rows: Rows, parts: Parts) -> None:
    party = parts["party"]
    row = in_force(
        rows(
            make("a", number="N1", parties=[party("exporter", name="Old", phone="1"), party("importer", name="Kite")]),
            make("b", "amendment", number="N1", parties=[party("exporter", name="New"), party("carrier", name="Ship")]),
        )
    )
    assert [(p["role"], p["name"], p["phone"]) for p in row["parties"]] == [
        ("exporter", "New", "1"), ("importer", "Kite", None), ("carrier", "Ship", None),
    ]  # fmt: skip


def test_of_several_in_a_role_the_same_one_is_changed(make: Make, rows: Rows, parts: Parts) -> None:
    party = parts["party"]
    row = in_force(
        rows(
            make("a", number="N1", parties=[party("seller", identifier="S1"), party("seller", name="Two")]),
            make(
                "b",
                "amendment",
                number="N1",
                parties=[party("seller", name="Two", phone="2"), party("seller", name="Three")],
            ),
        )
    )
    assert [(p["identifier"], p["name"], p["phone"]) for p in row["parties"]] == [
        ("S1", None, None), (None, "Two", "2"), (None, "Three", None),
    ]  # fmt: skip


def test_legs_are_changed_by_role_and_sequence_and_numbered_again(make: Make, rows: Rows, parts: Parts) -> None:
    leg = parts["leg"]
    route = [leg("departure", "CN", 1), leg("transit", "VN", 2), leg("transit", "SG", 3), leg("destination", "US", 4)]
    change = [leg("destination", "CA", None), leg("transit", "MY", 3), leg("transit", "JP", 4)]
    row = in_force(rows(make("a", number="N1", route=route), make("b", "amendment", number="N1", route=change)))
    assert [(found["sequence"], found["role"], found["country"]) for found in row["route"]] == [
        (1, "departure", "CN"), (2, "transit", "VN"), (3, "transit", "MY"), (4, "transit", "JP"),
        (5, "destination", "CA"),
    ]  # fmt: skip


def test_references_are_added_once(make: Make, rows: Rows) -> None:
    box = {"type": "container", "value": "TWDU1234565"}
    first = make("a", number="N1")
    first["references"].append(box)
    second = make("b", "amendment", number="N1", reference="own")
    second["references"].append(box)
    assert [reference["value"] for reference in in_force(rows(first, second))["references"]] == [
        "N1", "TWDU1234565", "own",
    ]  # fmt: skip


def test_a_whole_amendment_replaces(make: Make, rows: Rows, parts: Parts) -> None:
    item = parts["item"]
    row = in_force(
        rows(
            make("a", reference="L1", office="X", goods=[item(1), item(2)], lodged_at=parts["at"](6), lodged_offset=0),
            make("b", "amendment", reference="L1", partial=False, packages=3, goods=[item(1, hs="6403")]),
        )
    )
    assert (row["office"], row["packages"], len(row["goods"])) == (None, 3, 1)
    assert row["lodged_at"] == parts["at"](6)


def test_a_report_without_goods_takes_nothing_away(make: Make, rows: Rows, parts: Parts) -> None:
    row = in_force(
        rows(
            make("a", reference="L1", office="X", goods=[parts["item"](1)]),
            make("r", "report", number="N1", reference="L1", version=2),
        )
    )
    assert (row["office"], len(row["goods"]), row["version"]) == ("X", 1, 2)
    assert [reference["value"] for reference in row["references"]] == ["L1", "N1"]


def test_flags_stay_with_what_still_stands(make: Make, rows: Rows, parts: Parts) -> None:
    def flagged(*names: str) -> list[dict[str, str]]:
        return [{"code": "doubt", "field": name} for name in names]

    item = parts["item"]
    row = in_force(
        rows(
            make(
                "a",
                number="N1",
                goods=[item(1, hs="6"), item(2, hs="7")],
                flags=flagged("packages", "office", "goods[1].hs", "goods[2].hs", "parties[1].country"),
            ),
            make(
                "b",
                "amendment",
                number="N1",
                packages=1,
                goods=[item(2, hs="8", origin="Q9")],
                flags=flagged("goods[1].origin", "stated words"),
            ),
        )
    )
    assert [flag["field"] for flag in row["flags"]] == ["office", "goods[1].hs", "goods[2].origin", "stated words"]
