"""Apps add to the frame through the registry; the frame puts the parts together on first use."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from tidewaiter.node.ui import frame

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(frame, "_PROVIDERS", {})
    yield


def entry(label: str, url: str, order: int) -> frame.Entry:
    return frame.Entry(label=label, url=url, icon="queue", order=order)


def given(**parts: object) -> Callable[[HttpRequest], frame.Contribution]:
    return lambda _request: frame.Contribution(**parts)  # type: ignore[arg-type]


@pytest.mark.usefixtures("alone")
def test_navigation_is_ordered_and_knows_where_one_is() -> None:
    frame.register("cases", given(entries=(entry("Cases", "/cases/", 20),)))
    frame.register("queue", given(entries=(entry("Queue", "/queue/", 10), entry("Runs", "/queue/runs/", 15))))
    shown = frame.frame(RequestFactory().get("/queue/runs/7"))["frame"]
    assert [(one.label, current) for one, current in shown.entries] == [
        ("Queue", False),
        ("Runs", True),
        ("Cases", False),
    ]


@pytest.mark.usefixtures("alone")
def test_the_clock_that_ends_next_is_shown_and_alerts_newest_first() -> None:
    clocks = [frame.Clock(began=NOW, ends=NOW + timedelta(hours=h), event=str(h), law="", url="/") for h in (5, 2, 9)]
    alerts = [frame.Alert(text=str(h), url="/", at=NOW + timedelta(hours=h)) for h in (1, 3, 2)]
    frame.register("a", given(clocks=tuple(clocks[:2]), alerts=tuple(alerts)))
    frame.register("b", given(clocks=tuple(clocks[2:])))
    shown = frame.frame(RequestFactory().get("/"))["frame"]
    assert shown.clock.event == "2"
    assert [one.text for one in shown.alerts] == ["3", "2", "1"]


@pytest.mark.usefixtures("alone")
def test_nobody_is_asked_before_the_frame_is_shown() -> None:
    asked = []

    def provide(_request: HttpRequest) -> frame.Contribution:
        asked.append(1)
        return frame.Contribution(person="HO W S")

    frame.register("accounts", provide)
    context = frame.frame(RequestFactory().get("/"))
    assert not asked
    assert context["frame"].person == "HO W S"
    assert context["frame"].role == ""
    assert asked == [1]


@pytest.mark.usefixtures("alone")
def test_an_empty_node_has_a_frame_too() -> None:
    shown = frame.frame(RequestFactory().get("/"))["frame"]
    assert shown.entries == () and shown.clock is None and shown.operation is None
    assert shown.administration == "HK" and shown.name == "Hong Kong Customs" and shown.own_name == "香港海關"


@pytest.mark.usefixtures("alone")
def test_registering_again_replaces_and_forgetting_an_unknown_one_is_an_error() -> None:
    frame.register("a", given(person="one"))
    frame.register("a", given(person="two"))
    assert frame.frame(RequestFactory().get("/"))["frame"].person == "two"
    frame.forget("a")
    with pytest.raises(KeyError):
        frame.forget("a")


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("pink", ""), (None, "")])
def test_a_theme_that_is_none_is_not_believed(cookie: str | None, theme: str) -> None:
    request = RequestFactory().get("/")
    if cookie:
        request.COOKIES["tw_theme"] = cookie
    assert frame.frame(request)["theme"] == theme
