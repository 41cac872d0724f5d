"""Numbers, money, dates and spans stand as the rules of the term base write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.node.ui import formats, money
from tidewaiter.refdata.languages import LANGUAGES

N = "\u00a0"
DAY = date(2025, 11, 3)


@pytest.mark.parametrize(
    ("lang", "running", "table"),
    [
        ("en", "1,234,567.89", "1,234,567.89"),
        ("zh-Hant", "1,234,567.89", "1,234,567.89"),
        ("zh-Hans", "1234567.89", "1,234,567.89"),
        ("zh-Hant-MO", "1,234,567.89", "1,234,567.89"),
        ("pt", f"1{N}234{N}567,89", f"1{N}234{N}567,89"),
    ],
)
def test_numbers(lang: str, running: str, table: str) -> None:
    value = Decimal("1234567.89")
    assert formats.number(value, lang) == running
    assert formats.number(value, lang, table=True) == table


@pytest.mark.parametrize(
    ("value", "lang", "words"),
    [
        (1_600_000, "en", f"1.6{N}million"),
        (56_000, "en", "56,000"),
        (56_000, "zh-Hant", "5.6萬"),
        (56_000, "zh-Hans", "5.6万"),
        (1_600_000, "zh-Hant-MO", "160萬"),
        (467_000_000_000, "zh-Hant", "4,670億"),
        (467_000_000_000, "zh-Hans", "4670亿"),
        (1_600_000, "pt", f"1,6{N}milhões"),
        (1_000_000, "pt", f"1{N}milhão"),
        (1_000_000_000, "pt", f"1{N}mil milhões"),
        (56_000, "pt", f"56{N}000"),
    ],
)
def test_large_numbers(value: int, lang: str, words: str) -> None:
    assert formats.large(value, lang) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("16000000", "HKD", (
            f"HK$16{N}million", "1,600萬港元", "1600万港元", "1,600萬港元",
            f"16{N}milhões{N}de dólares de Hong Kong",
        )),
        ("2650000", "MOP", (
            f"MOP2.65{N}million", "265萬澳門元", "265万澳门元", "265萬澳門元",
            f"2,65{N}milhões{N}de patacas",
        )),
        ("9211500", "CNY", (
            f"RMB{N}9.2115{N}million", "921.15萬元人民幣", "人民币921.15万元", "921.15萬元人民幣",
            f"9,2115{N}milhões{N}de renminbis",
        )),
        ("467000000000", "USD", (
            f"US$467{N}billion", "4,670億美元", "4670亿美元", "4,670億美元",
            f"467{N}mil milhões{N}de dólares americanos",
        )),
        ("3800000000", "EUR", (
            f"EUR{N}3.8{N}billion", "38億歐元", "38亿欧元", "38億歐元",
            f"3,8{N}mil milhões{N}de euros",
        )),
    ],
)  # fmt: skip
def test_money_in_sentences(amount: str, currency: str, words: tuple[str, ...]) -> None:
    order = ("en", "zh-Hant", "zh-Hans", "zh-Hant-MO", "pt")
    assert tuple(money.in_sentence(Decimal(amount), currency, lang) for lang in order) == words


def test_money_in_tables() -> None:
    for lang in ("en", "zh-Hant", "zh-Hans", "zh-Hant-MO"):
        assert money.in_table(16_000_000, "HKD", lang) == f"HKD{N}16,000,000.00"
    assert money.in_table(16_000_000, "HKD", "pt") == f"HKD{N}16{N}000{N}000,00"


def test_an_amount_that_is_not_round_is_never_rounded() -> None:
    assert money.in_sentence(Decimal("1234567.89"), "HKD", "en") == "HK$1,234,567.89"
    assert money.in_sentence(Decimal("1234567.89"), "HKD", "zh-Hant") == "1,234,567.89港元"
    assert money.in_sentence(Decimal("51200"), "JPY", "en") == f"JPY{N}51,200"


@pytest.mark.parametrize(
    ("lang", "long", "full", "span"),
    [
        ("en", f"3{N}November 2025", f"Monday, 3{N}November 2025", f"18 to 31{N}July 2025"),
        ("zh-Hant", "2025年11月3日", "2025年11月3日（星期一）", "2025年7月18日至31日"),
        ("zh-Hans", "2025年11月3日", "2025年11月3日（星期一）", "2025年7月18日至31日"),
        ("zh-Hant-MO", "2025年11月3日", "2025年11月3日（星期一）", "2025年7月18日至31日"),
        ("pt", f"3{N}de Novembro de 2025", f"segunda-feira, 3{N}de Novembro de 2025", f"de 18 a 31{N}de Julho de 2025"),
    ],
)
def test_dates(lang: str, long: str, full: str, span: str) -> None:
    assert formats.long_date(DAY, lang) == long
    assert formats.full_date(DAY, lang) == full
    assert formats.period(date(2025, 7, 18), date(2025, 7, 31), lang) == span
    assert formats.short_date(DAY) == "2025-11-03"


def test_periods_over_months_and_years() -> None:
    assert formats.period(date(2023, 8, 21), date(2023, 9, 1), "en") == f"21{N}August to 1{N}September 2023"
    assert formats.period(date(2023, 8, 21), date(2023, 9, 1), "zh-Hant") == "2023年8月21日至9月1日"
    assert formats.period(date(2023, 8, 21), date(2023, 9, 1), "pt") == f"de 21{N}de Agosto a 1{N}de Setembro de 2023"
    assert formats.period(date(2025, 12, 30), date(2026, 1, 2), "zh-Hans") == "2025年12月30日至2026年1月2日"
    assert formats.period(DAY, DAY, "en") == f"3{N}November 2025"


def test_times_and_zones() -> None:
    moment = datetime(2025, 11, 3, 14, 5, tzinfo=timezone(timedelta(hours=8)))
    assert formats.clock_time(moment, "en") == "14:05"
    assert formats.clock_time(moment, "pt", zone=True) == f"14:05{N}(UTC+8)"
    assert formats.clock_time(moment, "zh-Hant", zone=True) == "14:05（UTC+8）"
    assert formats.clock_time(datetime(2025, 1, 1, tzinfo=UTC), "en", zone=True) == f"00:00{N}(UTC+0)"
    with pytest.raises(ValueError, match="without a zone"):
        formats.clock_time(datetime(2025, 1, 1), "en", zone=True)


@pytest.mark.parametrize(
    ("lang", "hours", "working", "share"),
    [
        ("en", f"3{N}h{N}46{N}min", f"3{N}working days", "86.5%"),
        ("zh-Hant", "3小時46分鐘", "3個工作天", "86.5%"),
        ("zh-Hans", "3小时46分钟", "3个工作日", "86.5%"),
        ("zh-Hant-MO", "3小時46分鐘", "3個工作日", "86.5%"),
        ("pt", f"3{N}h{N}46{N}min", f"3{N}dias úteis", "86,5%"),
    ],
)
def test_spans_and_shares(lang: str, hours: str, working: str, share: str) -> None:
    assert formats.duration(timedelta(hours=3, minutes=46, seconds=59), lang) == hours
    assert formats.days_of(3, lang, working=True) == working
    assert formats.percent(Decimal("0.865"), lang) == share


def test_sizes() -> None:
    assert formats.file_size(999, "en") == f"999{N}B"
    assert formats.file_size(1_234_567, "en") == f"1.2{N}MB"
    assert formats.file_size(1_234_567, "pt") == f"1,2{N}MB"


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2), st.sampled_from(LANGUAGES), st.booleans())
def test_no_digit_is_lost_or_made(value: Decimal, lang: str, table: bool) -> None:
    written = formats.number(value, lang, table=table)
    mark = "," if lang == "pt" else "."
    whole, _, cents = written.replace("−", "-").partition(mark)
    back = "".join(character for character in whole if character.isdigit() or character == "-")
    assert Decimal(f"{back}.{cents or 0}") == value


@given(
    st.integers(min_value=0, max_value=10**13),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["HKD", "CNY", "USD", "JPY"]),
)
def test_money_never_stands_without_its_currency(amount: int, lang: str, currency: str) -> None:
    for words in (money.in_table(amount, currency, lang), money.in_sentence(amount, currency, lang)):
        assert not words.startswith("$")
        assert any(not character.isdigit() and character not in ".,−" + N for character in words)
