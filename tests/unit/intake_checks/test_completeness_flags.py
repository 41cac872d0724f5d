"""What a whole declaration leaves out, and times that cannot be right."""

import datetime

import pytest

MOMENT = datetime.datetime(2026, 5, 1, 9, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize("blank", [None, "", " \u3000"])
def test_missing_office_and_description(declaration, flags_of, blank):
    declaration["office"] = blank
    declaration["goods"][0]["description"] = blank
    assert flags_of(declaration) == ["missing_office:office", "empty_description:goods[1].description"]


@pytest.mark.parametrize("goods", [None, []])
def test_missing_time_and_goods(declaration, flags_of, goods):
    declaration |= {"lodged_at": None, "presented_at": None, "goods": goods}
    assert flags_of(declaration) == ["missing_time:lodged_at", "no_goods:goods"]


@pytest.mark.parametrize("name", ["lodged_at", "presented_at"])
def test_one_time_is_enough(declaration, flags_of, name):
    declaration[name] = None
    assert flags_of(declaration) == []


@pytest.mark.parametrize(
    ("function", "partial"), [("amendment", True), ("cancellation", False), ("report", False), ("original", True)]
)
def test_other_messages_may_leave_things_out(declaration, flags_of, function, partial):
    declaration |= {"function": function, "partial": partial, "office": None, "goods": None}
    declaration |= {"lodged_at": None, "presented_at": None}
    assert flags_of(declaration) == []


def test_a_whole_amendment_is_judged_like_an_original(declaration, flags_of):
    assert flags_of(declaration | {"function": "amendment", "office": None}) == ["missing_office:office"]


@pytest.mark.parametrize(("year", "doubted"), [(1989, True), (1990, False), (2100, False), (2101, True)])
def test_implausible_year(declaration, flags_of, year, doubted):
    declaration["presented_at"] = datetime.datetime(year, 6, 1, tzinfo=datetime.UTC)
    assert flags_of(declaration) == (["implausible_year:presented_at"] if doubted else [])


@pytest.mark.parametrize(("hours", "doubted"), [(26, False), (27, True)])
def test_lodged_after_the_message_was_issued(declaration, flags_of, hours, doubted):
    declaration["lodged_at"] = MOMENT + datetime.timedelta(hours=hours)
    assert flags_of(declaration) == (["time_in_future:lodged_at"] if doubted else [])


def test_presented_before_or_after_the_lodgement_is_ordinary(declaration, flags_of):
    for days in (-30, 30):
        assert flags_of(declaration | {"presented_at": MOMENT + datetime.timedelta(days=days)}) == []


def test_without_an_issue_time_nothing_is_in_the_future(declaration, flags_of):
    assert flags_of(declaration | {"issued_at": None}) == []
