"""Amounts, ratios and pieces."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.profiles import Profiles, run_profiles

Met = Callable[..., list[bool]]


def test_amounts_are_compared_in_the_currency_of_the_condition(met: Met) -> None:
    rows = [
        {"value": 70.0, "currency": "CNY"},
        {"value": 70.0, "currency": "USD"},
        {"value": 10.0, "currency": "USD"},
        {"value": 78.1, "currency": "HKD"},
    ]
    assert met("{field: value, at_most: 10, currency: USD}", *rows) == [True, False, True, False]


def test_an_amount_without_a_rate_is_not_known_but_in_its_own_currency(met: Met) -> None:
    row = {"value": 1.0, "currency": "MOP"}
    assert met("{field: value, below: 10, currency: USD}", row) == [False]
    assert met("{not: {field: value, below: 10, currency: USD}}", row) == [False]
    assert met("{field: value, below: 10, currency: MOP}", row) == [True]
    assert met("{field: value, below: 10, currency: USD}", {"value": 1.0, "currency": None}) == [False]


def test_what_could_not_be_judged_is_counted(
    load: Callable[..., Profiles], consignment: Callable[..., dict[str, Any]]
) -> None:
    values = [
        {"regime": "export", "value": 1.0, "currency": "MOP"},
        {"regime": "export", "value": 1.0, "currency": None},
        {"regime": "export", "value": None, "currency": "MOP"},  # nothing to judge
        {"regime": "import", "value": 1.0, "currency": "MOP"},  # settled by its regime
        {"regime": "export", "value": 1.0, "currency": "USD"},
    ]
    rows = [consignment(message_id=f"m{number}", **some) for number, some in enumerate(values)]
    profiles = load("{all: [{field: regime, is: export}, {field: value, below: 10, currency: USD}]}")
    run = run_profiles(pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT), profiles)
    assert run.unjudged == {"P-1": 2}
    assert run.hits.column("message_id").to_pylist() == ["m4"]


@pytest.mark.parametrize(
    ("field", "item", "expected"),
    [
        ("value_per_kg", {"value": 100.0, "net_mass_kg": 10.0, "gross_mass_kg": 20.0}, 10),
        ("value_per_kg", {"value": 100.0, "net_mass_kg": None, "gross_mass_kg": 20.0}, 5),
        ("value_per_kg", {"value": 100.0, "net_mass_kg": 0.0, "gross_mass_kg": 20.0}, 5),
        ("value_per_piece", {"value": 100.0, "quantity": 5.0, "unit": "PR"}, 20),
        ("value_per_piece", {"value": 120.0, "quantity": 5.0, "unit": "DZN"}, 2),
        ("value_per_piece", {"value": 100.0, "quantity": 5.0, "unit": None}, 20),
        ("kg_per_piece", {"net_mass_kg": 10.0, "quantity": 5.0, "unit": "H87"}, 2),
        ("kg_per_package", {"gross_mass_kg": 20.0, "net_mass_kg": 10.0, "packages": 4}, 5),
        ("kg_per_package", {"gross_mass_kg": None, "net_mass_kg": 10.0, "packages": 4}, 2.5),
    ],
)
def test_ratios(met: Met, field: str, item: dict[str, Any], expected: float) -> None:
    money = ", currency: USD" if field.startswith("value") else ""
    when = f"{{item: {{field: {field}, between: [{expected}, {expected}]{money}}}}}"
    assert met(when, {"goods": [{"currency": "USD", **item}]}) == [True]


@pytest.mark.parametrize(
    ("field", "item"),
    [
        ("value_per_kg", {"value": 100.0}),
        ("value_per_kg", {"value": 100.0, "net_mass_kg": 0.0, "gross_mass_kg": -1.0}),
        ("value_per_piece", {"value": 100.0, "quantity": 0.0, "unit": "H87"}),
        ("value_per_piece", {"value": 100.0, "quantity": 5.0, "unit": "KGM"}),
        ("value_per_piece", {"quantity": 5.0, "unit": "H87"}),
    ],
)
def test_a_ratio_without_its_parts_is_missing(met: Met, field: str, item: dict[str, Any]) -> None:
    row = {"goods": [{"currency": "USD", **item}]}
    assert met(f"{{item: {{field: {field}, missing: true}}}}", row) == [True]
    assert met(f"{{item: {{field: {field}, at_least: -1, currency: USD}}}}", row) == [False]


def test_pieces_of_a_consignment_are_those_of_all_its_items(met: Met) -> None:
    two, unknown = {"quantity": 2.0, "unit": "H87"}, {"quantity": 2.0, "unit": "KGM"}
    rows = [{"goods": [two, two]}, {"goods": [two, unknown]}, {"goods": []}]
    assert met("{field: pieces, is: 4}", *rows) == [True, False, False]
    assert met("{field: pieces, missing: true}", *rows) == [False, True, True]
    assert met("{field: item_count, at_least: 2}", *rows) == [True, True, False]
    value = {"value": 40.0, "currency": "USD"}
    assert met("{field: value_per_piece, at_most: 10, currency: USD}", {**rows[0], **value}) == [True]
