"""Amounts and quantities add only what is alike, and a vocabulary is its closed list."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain import seizure, vocabulary
from tidewaiter.domain.money import Unlike, Value, ValueBasis
from tidewaiter.domain.quantity import Quantity
from tidewaiter.refdata import closed_lists

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


def value(amount: str | Decimal, currency: str = "HKD", basis: ValueBasis = ValueBasis.STREET) -> Value:
    return Value(Decimal(amount), currency, basis)


@given(AMOUNTS, AMOUNTS)
def test_alike_values_add_exactly(one: Decimal, other: Decimal) -> None:
    assert (value(one) + value(other)).amount == one + other


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        (value("1", currency="CNY"), ("currency",)),
        (value("1", basis=ValueBasis.GENUINE_RETAIL), ("basis",)),
        (value("1", currency="MOP", basis=ValueBasis.UNSTATED), ("currency", "basis")),
    ],
)
def test_unlike_values_stand_apart(other: Value, differing: tuple[str, ...]) -> None:
    with pytest.raises(Unlike) as caught:
        value("1") + other
    assert caught.value.differing == differing


def test_a_sum_keeps_day_and_method_where_they_agree() -> None:
    day = date(2023, 8, 21)
    one = Value(Decimal(1), "HKD", ValueBasis.STREET, day, "price list")
    assert (one + one).valued_on == day
    assert (one + value("1")).valued_on is None
    assert (one + value("1")).method == ""


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "Infinity", "0.001", "10000000000000000"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"no amount|decimals"):
        value(amount)


@pytest.mark.parametrize("currency", ["", "$", "hkd", "HKDX"])
def test_what_is_no_currency_is_refused(currency: str) -> None:
    with pytest.raises(ValueError, match="no currency"):
        value("1", currency=currency)


def test_pieces_and_pairs_stand_apart() -> None:
    assert Quantity(Decimal(2), "PR") + Quantity(Decimal(3), "PR") == Quantity(Decimal(5), "PR")
    with pytest.raises(Unlike, match="unit"):
        Quantity(Decimal(2), "PR") + Quantity(Decimal(3), "H87")


@pytest.mark.parametrize(("number", "unit"), [("-1", "H87"), ("NaN", "KGM"), ("1.5", "H87"), ("1", ""), ("1", "kgm")])
def test_what_is_no_quantity_is_refused(number: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"no quantity|no unit|no fractions"):
        Quantity(Decimal(number), unit)


def test_weights_have_fractions() -> None:
    assert Quantity(Decimal("1.5"), "KGM").number == Decimal("1.5")


@pytest.mark.parametrize(
    ("list_name", "codes"),
    [
        ("right_type", seizure.RightType),
        ("infringement_type", seizure.InfringementType),
        ("concealment", seizure.Concealment),
        ("control_subject", seizure.ControlSubject),
        ("control_channel", vocabulary.ControlChannel),
        ("finding", vocabulary.Finding),
        ("value_basis", ValueBasis),
    ],
)
def test_a_vocabulary_is_its_closed_list(list_name: str, codes: type[StrEnum]) -> None:
    assert tuple(codes) == closed_lists.codes(list_name)
