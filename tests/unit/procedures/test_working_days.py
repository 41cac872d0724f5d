"""Working days of the mainland: published holidays, made-up weekend days, exact arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.procedures.words import ProcedureDataError
from tidewaiter.procedures.working_days import calendar_of, read_calendar

CN = calendar_of("CN")
DAYS = st.dates(date(2022, 6, 1), date(2028, 6, 1))
COUNTS = st.integers(1, 120)
ONE = timedelta(days=1)


@given(DAYS, COUNTS)
def test_adding_lands_on_a_working_day_and_counts_back(day: date, count: int) -> None:
    found = CN.add(day, count)
    assert CN.is_working(found)
    assert CN.between(day, found) == count
    assert CN.between(found, day) == -count
    assert CN.between(day, found - ONE) == count - 1


@given(DAYS, COUNTS, COUNTS)
def test_adding_twice_is_adding_the_sum(day: date, one: int, other: int) -> None:
    assert CN.add(CN.add(day, one), other) == CN.add(day, one + other)


@given(DAYS, DAYS, DAYS)
def test_counting_goes_by_stages(a: date, b: date, c: date) -> None:
    assert CN.between(a, b) + CN.between(b, c) == CN.between(a, c)


@given(DAYS)
def test_the_day_itself_is_not_counted(day: date) -> None:
    assert CN.between(day, day) == 0
    assert CN.add(day, 1) > day


@given(DAYS)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    found = CN.on_or_after(day)
    assert CN.is_working(found)
    assert not any(CN.is_working(day + step * ONE) for step in range((found - day).days))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-01-26", True),  # a Sunday worked for the Spring Festival
        ("2025-01-28", False),  # a Tuesday
        ("2025-10-08", False),
        ("2025-10-11", True),  # a Saturday worked
        ("2025-10-12", False),
        ("2026-01-02", False),  # a Friday
        ("2026-01-04", True),  # a Sunday worked
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-09-20", True),
        ("2026-09-25", False),
        ("2023-10-07", True),
        ("2023-08-21", True),
        ("2023-08-26", False),
    ],
)
def test_days_that_the_notices_name(day: str, working: bool) -> None:
    assert CN.is_working(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2025-09-30", 1, "2025-10-09"),  # the long holiday between
        ("2025-10-10", 1, "2025-10-11"),  # a Friday, then a worked Saturday
        ("2025-10-11", 1, "2025-10-13"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2025-12-31", 1, "2026-01-04"),  # over the year's end, to a worked Sunday
        ("2025-12-30", 3, "2026-01-05"),
        ("2026-01-03", 1, "2026-01-04"),  # from a holiday
        ("2024-02-29", 1, "2024-03-01"),
        ("2023-09-28", 3, "2023-10-09"),
    ],
)
def test_counts_over_holidays_worked_weekends_and_the_year(day: str, count: int, found: str) -> None:
    assert CN.add(date.fromisoformat(day), count) == date.fromisoformat(found)


@pytest.mark.parametrize(("year", "days"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    assert CN.between(date(year - 1, 12, 31), date(year, 12, 31)) == days


def test_a_year_that_is_not_published_counts_by_weekday_and_says_so() -> None:
    assert CN.last_published == 2026
    assert CN.is_working(date(2027, 1, 1))
    assert CN.published(date(2023, 1, 1), date(2026, 12, 31))
    assert not CN.published(date(2026, 12, 31), date(2027, 1, 1))
    assert not CN.published(date(2022, 12, 31), date(2023, 1, 3))


def test_every_year_names_its_notice() -> None:
    assert all("国办发明电" in year.source and year.checked for year in CN.years.values())


def test_less_than_one_day_is_not_counted() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CN.add(date(2026, 1, 5), 0)


def test_an_unknown_calendar_says_so() -> None:
    with pytest.raises(ProcedureDataError, match="no working-day calendar of ZZ"):
        calendar_of("ZZ")


@pytest.mark.parametrize(
    ("holidays", "make_up", "fault"),
    [
        ('{ name = "x", first = 2026-01-05, last = 2026-01-04 }', "", "no holiday"),
        ('{ name = "x", first = 2025-12-31, last = 2026-01-01 }', "", "another year"),
        ('{ name = "x", first = 2026-01-03, last = 2026-01-04 }', "2026-01-04", "made up"),
        ("", "2026-01-05", "made up"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(holidays: str, make_up: str, fault: str) -> None:
    text = f"""
        jurisdiction = "ZZ"
        weekend = [6, 7]
        [[year]]
        year = 2026
        source = "x"
        checked = "x"
        holidays = [{holidays}]
        make_up = [{make_up}]
    """
    with pytest.raises(ProcedureDataError, match=fault):
        read_calendar(text, "ZZ.toml")
