"""A clock starts from a proven fact, counts exactly, says by which law, and what it does not know."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.procedures import Clock, Event, EventKind, Level, calendar_of, clocks_for
from tidewaiter.refdata.languages import LANGUAGES

SERVED = EventKind.NOTICE_SERVED
EX_OFFICIO = EventKind.DETAINED_EX_OFFICIO
ON_APPLICATION = EventKind.DETAINED_ON_APPLICATION
REPLY = "CN.REG395.A16.RH_REPLY"
INVESTIGATE = "CN.REG395.A20.INVESTIGATE"
COURT_EXO = "CN.REG395.A24.COURT_EXO"
COURT_APP = "CN.REG395.A24.COURT_APP"
CN = calendar_of("CN")


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(code: str, today: str, *events: Event, administration: str = "CN-GD") -> Clock:
    return next(found for found in clocks_for(administration, events, day(today)) if found.code == code)


def notes(found: Clock) -> list[str]:
    return [note.code for note in found.notes if note.code != "law_unconfirmed"]


def test_without_events_all_four_wait() -> None:
    clocks = clocks_for("CN-GD", [], day("2026-03-02"))
    assert {found.code for found in clocks} == {REPLY, INVESTIGATE, COURT_EXO, COURT_APP}
    assert all(found.level is Level.NOT_STARTED and found.due is None for found in clocks)
    assert all(notes(found) == ["not_started"] for found in clocks)


def test_service_without_proof_starts_nothing() -> None:
    found = clock(REPLY, "2026-03-03", Event(SERVED, day("2026-03-02"), proof=" "))
    assert (found.level, found.start, found.due, found.days_left) == (Level.NOT_STARTED, None, None, None)
    assert notes(found) == ["service_not_proven"]
    assert "2 March 2026" in found.notes[0].text("en")
    assert "2 de Março de 2026" in found.notes[0].text("pt")


def test_a_notice_on_its_way_starts_nothing() -> None:
    found = clock(REPLY, "2026-03-03", Event(EventKind.NOTICE_SENT, day("2026-03-02")))
    assert (found.level, notes(found)) == (Level.NOT_STARTED, ["notice_sent"])


@pytest.mark.parametrize(
    ("today", "level", "left", "calendar_left"),
    [
        ("2026-02-12", Level.RUNNING, 3, 12),
        ("2026-02-13", Level.RUNNING, 2, 11),
        ("2026-02-14", Level.RUNNING, 1, 10),
        ("2026-02-20", Level.RUNNING, 1, 4),
        ("2026-02-23", Level.RUNNING, 1, 1),
        ("2026-02-24", Level.DUE, 0, 0),
        ("2026-02-25", Level.OVER, -1, -1),
        ("2026-03-02", Level.OVER, -5, -6),  # Saturday 28 February was worked
    ],
)
def test_days_left_over_the_spring_festival(today: str, level: Level, left: int, calendar_left: int) -> None:
    # Served on a Thursday. The three days: Friday the 13th, Saturday the 14th (worked), Tuesday the 24th.
    found = clock(REPLY, today, Event(SERVED, day("2026-02-12"), "delivery record 1"))
    assert (found.start, found.due) == (day("2026-02-12"), day("2026-02-24"))
    assert (found.level, found.days_left, found.calendar_days_left) == (level, left, calendar_left)
    assert notes(found) == []


@given(st.dates(date(2023, 1, 1), date(2026, 8, 1)), st.integers(0, 120))
def test_levels_and_days_left_agree(start: date, later: int) -> None:
    today = start + timedelta(days=later)
    for found in clocks_for("CN-GD", [Event(EX_OFFICIO, start)], today):
        if found.due is None:
            continue
        assert found.length is not None
        assert found.days_left is not None
        assert CN.between(start, found.due) == found.length
        assert found.days_left == found.length - CN.between(start, today)
        assert (found.level is Level.DUE) is (today == found.due)
        assert (found.level is Level.OVER) is (today > found.due)


@pytest.mark.parametrize(
    ("code", "kind", "start", "due"),
    [
        (INVESTIGATE, EX_OFFICIO, "2023-08-28", "2023-10-13"),
        (COURT_EXO, EX_OFFICIO, "2023-08-28", "2023-11-10"),
        (COURT_APP, ON_APPLICATION, "2023-09-01", "2023-10-07"),
        (COURT_EXO, EX_OFFICIO, "2025-12-01", "2026-02-10"),
    ],
)
def test_the_long_clocks_by_hand(code: str, kind: EventKind, start: str, due: str) -> None:
    assert clock(code, start, Event(kind, day(start))).due == day(due)


def test_the_manner_of_detention_decides_on_the_court_clock() -> None:
    at = Event(EX_OFFICIO, day("2026-03-02"))
    assert {found.code for found in clocks_for("CN-GD", [at], day("2026-03-03"))} == {REPLY, INVESTIGATE, COURT_EXO}
    at = Event(ON_APPLICATION, day("2026-03-02"))
    assert {found.code for found in clocks_for("CN-GD", [at], day("2026-03-03"))} == {REPLY, COURT_APP}


def test_the_clock_that_expires_next_comes_first() -> None:
    clocks = clocks_for("CN-GD", [Event(EX_OFFICIO, day("2026-03-02"))], day("2026-03-03"))
    assert [found.code for found in clocks] == [INVESTIGATE, COURT_EXO, REPLY]


def test_what_was_done_in_time_is_met_and_counts_no_more() -> None:
    served = Event(SERVED, day("2026-03-02"), "record 7")
    found = clock(REPLY, "2026-04-01", served, Event(EventKind.APPLICATION_MADE, day("2026-03-05")))
    assert (found.level, found.days_left, notes(found)) == (Level.MET, None, ["met"])
    found = clock(REPLY, "2026-04-01", served, Event(EventKind.APPLICATION_MADE, day("2026-03-06")))
    assert (found.level, notes(found)) == (Level.OVER, ["done_late"])


def test_what_stopped_before_the_start_stops_nothing() -> None:
    events = [Event(SERVED, day("2026-03-02"), "r"), Event(EventKind.APPLICATION_MADE, day("2026-02-26"))]
    assert clock(REPLY, "2026-03-03", *events).level is Level.RUNNING


def test_the_first_proven_service_counts() -> None:
    events = [
        Event(SERVED, day("2026-03-04"), "r2"),
        Event(SERVED, day("2026-03-02")),
        Event(SERVED, day("2026-03-03"), "r1"),
    ]
    assert clock(REPLY, "2026-03-05", *events).start == day("2026-03-03")


def test_an_event_that_is_still_to_come_is_not_counted() -> None:
    found = clock(INVESTIGATE, "2026-03-02", Event(EX_OFFICIO, day("2026-03-03")))
    assert (found.level, notes(found)) == (Level.NOT_STARTED, ["in_the_future"])


def test_a_clock_that_passes_the_last_published_calendar_says_so() -> None:
    found = clock(COURT_EXO, "2026-11-22", Event(EX_OFFICIO, day("2026-11-20")))
    assert found.due == day("2027-01-29")
    assert not found.published
    assert notes(found) == ["calendar_not_published"]
    assert "2027" in found.notes[0].text("zh-Hans")
    assert "2,027" not in found.notes[0].text("en")
    assert clock(INVESTIGATE, "2026-11-22", Event(EX_OFFICIO, day("2026-11-20"))).published is False
    assert clock(INVESTIGATE, "2026-11-22", Event(EX_OFFICIO, day("2026-11-19"))).published


def test_an_event_before_the_version_held_is_unknown() -> None:
    found = clock(INVESTIGATE, "2026-03-02", Event(EX_OFFICIO, day("2018-03-18")))
    assert (found.level, notes(found), found.due) == (Level.UNKNOWN, ["rule_not_held"], None)


@pytest.mark.parametrize("administration", ["HK", "MO", "ZZ", "ZZ-TOP"])
def test_others_state_that_no_day_count_is_confirmed(administration: str) -> None:
    (found,) = clocks_for(administration, [Event(EX_OFFICIO, day("2026-03-02"))], day("2026-03-03"))
    assert (found.level, found.due, found.length) == (Level.UNKNOWN, None, None)
    assert not found.law.confirmed


@pytest.mark.parametrize("administration", ["CN-GD", "CN", "HK", "MO", "ZZ"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clock_speaks_every_language_and_cites_its_law(administration: str, language: str) -> None:
    for found in clocks_for(administration, [], day("2026-03-02")):
        assert found.title.text(language)
        assert found.on_expiry.text(language)
        assert found.law.instrument.text(language)
        assert found.law.source
        assert found.law.as_of <= day("2026-11-22")
        assert all(note.text(language) for note in found.notes)
        assert found.notes[-1].code == "law_unconfirmed"
