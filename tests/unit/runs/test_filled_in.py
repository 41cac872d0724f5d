"""A profile's sentence is the same from the few columns that are read for it as from the whole consignment."""

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tidewaiter.runs.filled_in import columns_of, is_filled_in
from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.profiles import Profiles, Rates
from tidewaiter.screening.profiles.fields import FIELDS

CONDITION = "{item: {all: [{field: hs, prefix: '64'}, {field: value_per_piece, below: 5, currency: USD}]}}"

LONE = (
    "{field: value_per_piece, below: 5, currency: USD}, {not: {field: hs, prefix: '6400'}},"
    " {any: [{field: item.value_per_piece, below: 100, currency: USD}, {field: destination.country, is: US}]}"
)


def _profiles(sentence: str, condition: str = CONDITION) -> Profiles:
    text = (
        "profiles:\n  - {id: P1, owner: Tests, purpose: to fill in, valid: {from: 2026-05-01, until: 2026-06-30},\n"
        f"     channel: physical, priority: 1, sentence: {{en: '{sentence}', pt: sem valor}}, when: {condition}}}\n"
    )
    return Profiles.read(text.encode(), "p.yaml", None, Rates({"USD": 1.0, "HKD": 7.8}))[0]


def _value(kind: pa.DataType, number: int) -> Any:
    if pa.types.is_list(kind):
        return [{member.name: _value(member.type, number + place) for member in kind.value_type} for place in range(3)]
    if pa.types.is_timestamp(kind):
        return datetime(2026, 5, 1 + number % 28, 12, tzinfo=UTC)
    if pa.types.is_boolean(kind):
        return number % 2 == 0
    return f"t{number}" if pa.types.is_string(kind) else number + 1


@pytest.fixture(scope="module")
def consignment(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The path of a file with one consignment that has a value, each another, wherever one may stand."""
    row = {field.name: _value(field.type, 3 * number) for number, field in enumerate(CONSIGNMENT)}
    for place, item in enumerate(row["goods"]):
        item |= {"hs": f"640{place}", "currency": ("EUR", "HKD", "USD")[place], "unit": "PR", "quantity": 10.0**place}
    for list_name, roles in (("parties", ("consignor", "driver")), ("route", ("origin", "destination"))):
        for element, role in zip(row[list_name], roles, strict=False):
            element["role"] = role
    row |= {"mode": 4, "currency": "USD"}
    path = tmp_path_factory.mktemp("lake") / "one.parquet"
    pq.write_table(pa.Table.from_pylist([row], schema=CONSIGNMENT), path)
    return path


@pytest.mark.parametrize("name", sorted({*FIELDS, *(field.removeprefix("item.") for field in FIELDS)}))
@pytest.mark.parametrize("block", [True, False])
def test_each_field_is_filled_in_from_its_own_columns(name: str, block: bool, consignment: Any) -> None:
    profiles = _profiles(f"Here {{{name}}}, said once more: {{{name}}}.", CONDITION if block else f"{{all: [{LONE}]}}")
    columns = columns_of(profiles.every, "en")
    whole = pq.ParquetFile(consignment).read().to_pylist()[0]
    few = pq.ParquetFile(consignment).read(columns).to_pylist()[0]
    told = profiles.describe("P1", "en", whole)
    assert profiles.describe("P1", "en", few) == told
    assert len(str(few)) < len(str(whole)) / 2
    if name.startswith("item."):
        assert "not stated" not in told


def test_a_sentence_without_a_field_needs_no_column() -> None:
    profiles = _profiles("at {value_per_piece} a piece")
    assert is_filled_in(profiles.every[0], "en")
    assert not is_filled_in(profiles.every[0], "pt")
    assert columns_of(profiles.every, "pt") == []


def test_the_element_that_met_the_profile_is_told(consignment: Any) -> None:
    profiles = _profiles("{hs} at {value_per_piece}")
    few = pq.ParquetFile(consignment).read(columns_of(profiles.every, "en")).to_pylist()[0]
    whole = pq.ParquetFile(consignment).read().to_pylist()[0]
    assert profiles.describe("P1", "en", few) == profiles.describe("P1", "en", whole)
    assert profiles.describe("P1", "en", few).startswith("6401 at"), "the first item has no rate"
