"""Windows of time, days of the week and periods, on the clock of the place."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

Met = Callable[..., list[bool]]


def lodged(*parts: int, offset: int | None = 480) -> dict[str, Any]:
    return {"lodged_at": datetime(*parts, tzinfo=UTC), "lodged_offset": offset}  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("hour", "minute", "inside"),
    [(13, 59, False), (14, 0, True), (21, 59, True), (22, 0, False)],  # 22:00 to 06:00 at UTC+8
)
def test_a_window_may_pass_midnight(met: Met, hour: int, minute: int, inside: bool) -> None:
    when = '{field: lodged_at, time: {from: "22:00", until: "06:00"}}'
    assert met(when, lodged(2026, 5, 20, hour, minute)) == [inside]


def test_a_window_within_the_day(met: Met) -> None:
    when = "{field: lodged_at, time: {from: 09:00, until: 17:30}}"
    rows = [lodged(2026, 5, 20, 1, 0), lodged(2026, 5, 20, 9, 29), lodged(2026, 5, 20, 9, 30)]
    assert met(when, *rows) == [True, True, False]


def test_the_weekday_is_that_of_the_place(met: Met) -> None:
    friday_evening_utc = lodged(2026, 5, 22, 20, 0)  # Saturday 04:00 at UTC+8
    assert met("{field: lodged_at, weekday: [sat, sun]}", friday_evening_utc) == [True]
    assert met("{field: lodged_at, weekday: friday}", friday_evening_utc) == [False]


def test_a_period_includes_both_days_and_may_be_open(met: Met) -> None:
    rows = [lodged(2026, 4, 30, 15, 59), lodged(2026, 4, 30, 16, 0), lodged(2026, 5, 31, 15, 59), lodged(2026, 6, 1)]
    assert met("{field: lodged_at, date: {from: 2026-05-01, until: 2026-05-31}}", *rows) == [False, True, True, False]
    assert met("{field: lodged_at, date: {from: 2026-05-01}}", *rows) == [False, True, True, True]
    assert met("{field: lodged_at, date: {until: 2026-05-31}}", *rows) == [True, True, True, False]


def test_without_its_offset_a_moment_has_no_local_time(met: Met) -> None:
    row = lodged(2026, 5, 20, 15, 0, offset=None)
    assert met('{field: lodged_at, time: {from: "00:00", until: "23:59"}}', row) == [False]
    assert met("{field: lodged_at, missing: false}", row) == [True]
