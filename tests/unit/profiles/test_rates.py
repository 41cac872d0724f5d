"""Rates of exchange."""

from datetime import date
from pathlib import Path

import pytest

from tidewaiter.screening.profiles import ProfileErrors, Rates


def write(folder: Path, *lines: str) -> Path:
    path = folder / "rates.csv"
    path.write_text("\n".join(["currency,per_usd,date,source,synthetic", *lines]) + "\n", encoding="utf-8")
    return path


def test_the_latest_rate_not_after_the_day_counts(tmp_path: Path) -> None:
    path = write(tmp_path, "CNY,7.0,2026-01-01,own,yes", "CNY,7.2,2026-03-01,own,yes", "HKD,7.8,2026-06-01,own,yes")
    rates = Rates.load(path, date(2026, 2, 1))
    assert rates.per_usd == {"CNY": 7.0, "HKD": 7.8}
    assert rates.dates["HKD"] == date(2026, 6, 1)
    assert Rates.load(path).per_usd["CNY"] == 7.2


def test_factors_take_any_currency_to_another_and_each_to_itself() -> None:
    rates = Rates({"USD": 1.0, "CNY": 7.0, "HKD": 7.8})
    assert rates.factors("HKD")["CNY"] == 7.8 / 7.0
    assert rates.factors("HKD")["HKD"] == 1.0
    assert rates.factors("MOP") == {"MOP": 1.0}


def test_every_wrong_line_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "CNYY,7,2026-01-01,own,", "CNY,0,2026-01-01,own,", "HKD,x,2026-01-01,own,", "MOP,8,May,own,")
    with pytest.raises(ProfileErrors) as caught:
        Rates.load(path)
    told = [(problem.line, problem.field) for problem in caught.value.problems]
    assert told == [(2, "currency"), (3, "per_usd"), (4, "per_usd"), (5, "date")]


def test_a_missing_column_and_another_encoding_are_told(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("currency,date,source\n", encoding="utf-8")
    with pytest.raises(ProfileErrors, match="lack the column per_usd"):
        Rates.load(path)
    path.write_bytes("currency,per_usd,date,source\nCNY,7,2026-01-01,é\n".encode("latin-1"))
    with pytest.raises(ProfileErrors, match="not UTF-8"):
        Rates.load(path)
