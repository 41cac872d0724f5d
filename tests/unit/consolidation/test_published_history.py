"""Published results keep their source, rounding, basis and currency, and are not added across parties."""

from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest

from tidewaiter.consolidation import Measure, Qualifier, published_results, total
from tidewaiter.refdata import closed_lists, currencies


def test_the_operation_of_august_2023() -> None:
    (found,) = [result for result in published_results() if result.operation == "gba-2023-2"]
    assert (found.administration, found.items, found.qualifier) == ("HK", 23_000, Qualifier.ABOUT)
    assert (found.value, found.value_currency, found.value_basis) == (Decimal(16_000_000), "HKD", "UNSTATED")
    assert found.destinations == ("North America", "Europe", "Belt and Road")
    by_measure = {figure.key.measure: figure for figure in found.figures()}
    assert set(by_measure) == {Measure.ITEMS, Measure.VALUE}
    assert by_measure[Measure.VALUE].source == found.source
    assert by_measure[Measure.VALUE].qualifier is Qualifier.UNSTATED


def test_every_row_has_its_source_and_known_codes() -> None:
    for result in published_results():
        assert result.source
        assert result.end is None or result.end >= result.start
        if result.value is not None:
            assert result.value_basis in closed_lists.codes("value_basis")
            assert result.value_currency in currencies.codes()
        assert result.figures()


def test_two_parties_of_one_operation_are_not_added() -> None:
    figures = [f for r in published_results() if r.operation == "gba-2020-3" for f in r.figures()]
    totals = {found.measure: found for found in total(figures)}
    assert len(totals[Measure.VALUE].sums) == 2
    assert {reason.code for reason in totals[Measure.VALUE].reasons} == {"currencies", "bases"}
    assert len(totals[Measure.ITEMS].sums) == 2
    assert totals[Measure.ITEMS].single is None
    assert totals[Measure.ITEMS].why_apart("en")


@pytest.mark.shared
def test_the_file_is_the_one_that_was_researched(shared: Path) -> None:
    ours = files("tidewaiter.consolidation").joinpath("data", "joint-operations.csv").read_bytes()
    assert ours == (shared / "data" / "joint-operations.csv").read_bytes()
