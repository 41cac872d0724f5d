"""Alike figures are added; for the rest it is said why not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.consolidation import CountedTwice, Figure, Finality, Key, Measure, Qualifier, total
from tidewaiter.refdata.languages import LANGUAGES


def value(party: str, amount: int | Decimal, currency: str = "HKD", basis: str = "STREET", *records: str) -> Figure:
    return Figure(Key(party, Measure.VALUE, basis=basis, currency=currency), Decimal(amount), records)


def items(party: str, amount: int, unit: str = "H87", **more: str) -> Figure:
    return Figure(Key(party, Measure.ITEMS, unit=unit, **more), Decimal(amount))  # type: ignore[arg-type]


def test_alike_figures_of_several_parties_are_one_sum() -> None:
    (found,) = total([value("HK", 5, "HKD", "STREET", "h1"), value("MO", 7, "HKD", "STREET", "m1")])
    assert found.single is not None
    assert (found.single.amount, found.single.parties, found.single.records) == (12, ("HK", "MO"), ("h1", "m1"))
    assert found.reasons == ()
    assert found.why_apart("en") == ""


def test_three_currencies_and_four_bases_stand_apart() -> None:
    figures = [
        value("HK", 16_000_000, "HKD", "STREET"),
        value("HK", 1, "HKD", "DECLARED"),
        value("MO", 2_650_000, "MOP", "GENUINE_RETAIL"),
        value("CN-GD", 9_211_500, "CNY", "UNSTATED"),
    ]
    (found,) = total(figures)
    assert found.single is None
    assert [one.amount for one in found.sums] == [9_211_500, 1, 16_000_000, 2_650_000]
    assert [(reason.code, len(reason.values)) for reason in found.reasons] == [("currencies", 3), ("bases", 4)]
    assert found.why_apart("en") == "3 currencies, 4 value bases"
    assert found.why_apart("zh-Hant") == "3種貨幣、4種估值基準"
    assert found.why_apart("pt") == "3 moedas, 4 bases de valoração"


def test_pieces_pairs_stages_and_finalities_stand_apart() -> None:
    figures = [
        items("HK", 1),
        items("HK", 2, unit="PR"),
        items("HK", 4, stage="suspected"),
        items("HK", 8, finality=Finality.FINAL),
    ]
    (found,) = total(figures)
    assert sorted(one.amount for one in found.sums) == [1, 2, 4, 8]
    assert [reason.code for reason in found.reasons] == ["units", "stages", "finalities"]


def test_unstated_is_alike_within_one_party_only() -> None:
    (found,) = total([value("HK", 1, "HKD", "UNSTATED"), value("HK", 2, "HKD", "UNSTATED")])
    assert found.single is not None
    assert (found.single.amount, found.single.party) == (3, "HK")
    (found,) = total([value("HK", 1, "HKD", "UNSTATED"), value("MO", 2, "HKD", "UNSTATED")])
    assert [one.amount for one in found.sums] == [1, 2]
    assert [(reason.code, reason.values) for reason in found.reasons] == [("parties", ("HK", "MO"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_words(language: str) -> None:
    everything = total(
        [
            value("HK", 1, "HKD", "UNSTATED"),
            value("MO", 2, "HKD", "UNSTATED"),
            items("HK", 1),
            items("HK", 2, unit="PR"),
            items("HK", 4, stage="suspected", unit="PR"),
            items("HK", 8, finality=Finality.FINAL),
        ]
    )
    assert all(reason.text(language) for one in everything for reason in one.reasons)


def test_a_record_is_not_counted_twice() -> None:
    with pytest.raises(CountedTwice) as caught:
        total([value("HK", 5, "HKD", "STREET", "r1"), value("MO", 7, "HKD", "STREET", "r1")])
    assert caught.value.records == ("r1",)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "over"], "over"),
        (["over", "unstated"], "unstated"),
        (["over", "about", "unstated"], "about"),
    ],
)
def test_a_sum_is_no_more_exact_than_its_parts(parts: list[str], whole: str) -> None:
    key = Key("HK", Measure.CASES)
    (found,) = total(Figure(key, Decimal(1), qualifier=Qualifier(part)) for part in parts)
    assert found.single is not None
    assert found.single.qualifier == whole


CURRENCIES = st.sampled_from(["HKD", "MOP", "CNY"])
BASES = st.sampled_from(["STREET", "DECLARED", "UNSTATED"])
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
FIGURES = st.lists(st.builds(value, st.sampled_from(["HK", "MO"]), AMOUNTS, CURRENCIES, BASES), max_size=20)


@given(FIGURES)
def test_nothing_is_lost_and_nothing_is_mixed(figures: list[Figure]) -> None:
    sums = [one for found in total(figures) for one in found.sums]
    assert sum(one.amount for one in sums) == sum(figure.amount for figure in figures)
    for one in sums:
        assert {(figure.key.currency, figure.key.basis) for figure in one.figures} == {(one.currency, one.basis)}
        assert sum(figure.amount for figure in one.figures) == one.amount


@given(FIGURES)
def test_the_order_of_figures_changes_nothing(figures: list[Figure]) -> None:
    def seen(order: list[Figure]) -> list[tuple[str, str, str, Decimal]]:
        return [(s.currency, s.basis, s.party, s.amount) for found in total(order) for s in found.sums]

    assert seen(figures) == seen(figures[::-1])


@pytest.mark.parametrize(
    "fields",
    [
        {"measure": Measure.VALUE},
        {"measure": Measure.VALUE, "currency": "HKD"},
        {"measure": Measure.VALUE, "currency": "HKD", "basis": "STREET", "unit": "H87"},
        {"measure": Measure.CASES, "currency": "HKD"},
        {"measure": Measure.ITEMS},
    ],
)
def test_a_key_that_means_nothing_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"value|items"):
        Key("HK", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_what_is_no_figure_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="no figure"):
        Figure(Key("HK", Measure.CASES), Decimal(amount))
