"""The live stream over real HTTP: events come, are resumed, and reach only those who may hear them."""

import http.client
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tidewaiter.node.config import Config, in_folder
from tidewaiter.node.live import tickets
from tidewaiter.node.processes import processes

Say = Callable[[str], Any]


class Page:
    """An open page: reads the stream."""

    def __init__(self, port: int, ticket: str, *, last: int | None = None, origin: str = "") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        headers |= {"Origin": origin} if origin else {}
        self._connection.request("GET", f"/live/events?ticket={quote(ticket)}", headers=headers)
        self.answer = self._connection.getresponse()

    def __enter__(self) -> "Page":
        return self

    def __exit__(self, *_: object) -> None:
        self.answer.close()
        self._connection.close()

    def next(self) -> dict[str, Any]:
        """The next event; its id as the browser would remember it is that of its data."""
        identity = None
        while line := self.answer.readline().decode():
            if line.startswith("id: "):
                identity = int(line[4:])
            elif line.startswith("data: "):
                found = dict(json.loads(line[6:]))
                assert found["id"] == identity
                return found
        raise AssertionError("the stream ended")


@pytest.fixture(scope="module")
def live(node: Any, eventually: Callable[..., Any]) -> Iterator[tuple[int, Say]]:
    """The port of a running live process, and a process of the same node that writes."""
    config = Config.read(in_folder(str(node.folder)))
    [command] = [process.command for process in processes(config) if process.name == "live"]
    environment = {"TIDEWAITER_FOLDER": str(node.folder), "PATH": ""}
    with subprocess.Popen([sys.executable, *command[1:]], env=environment) as process, node.inside() as say:
        try:
            eventually(lambda: node.get("/health/live", live=True)[0] == 200, "the live process")
            yield config.live_port_used, say
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def officer(live: tuple[int, Say]) -> str:
    return str(live[1]("person('officer', ('officer', 'HK'))"))


def test_an_event_arrives_without_content(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    with Page(port, say(f"ticket({officer!r})")) as page:
        assert page.answer.status == 200
        assert page.answer.headers["Content-Type"].startswith("text/event-stream")
        assert page.answer.headers["Cache-Control"] == "no-store"
        event = say("announce('queue', 'HK')")
        assert page.next() == {"id": event, "topic": "queue"}


def test_what_happened_between_the_page_and_its_stream_is_told(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    ticket = say(f"ticket({officer!r})")
    event = say("announce('between', 'HK')")
    with Page(port, ticket) as page:
        assert page.next() == {"id": event, "topic": "between"}


def test_a_page_that_comes_again_gets_what_it_missed_and_nothing_older(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    ticket = say(f"ticket({officer!r})")
    with Page(port, ticket) as page:
        first = say("announce('first', 'HK')")
        assert page.next()["id"] == first
    second, third = say("announce('second', 'HK')"), say("announce('third', 'HK')")
    with Page(port, ticket, last=first) as page:
        assert [page.next()["id"], page.next()["id"]] == [second, third]
        after = say("announce('after', 'HK')")
        assert page.next() == {"id": after, "topic": "after"}


def test_of_the_same_change_only_the_newest_is_told_again(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    ticket = say(f"ticket({officer!r})")
    say("[announce('busy', 'HK') for _ in range(20)]")
    newest = say("announce('busy', 'HK')")
    with Page(port, ticket) as page:
        assert page.next()["id"] == newest


def test_the_audience_is_respected(live: tuple[int, Say]) -> None:
    port, say = live
    tickets_of = {
        name: say(f"ticket(person({name!r}, {grants}))")
        for name, grants in {
            "head": "('officer', 'HK')",
            "post": "('officer', 'HK-POST')",
            "wharf": "('analyst', 'HK-KWAI-CHUNG'), ('auditor', 'HK-POST')",
        }.items()
    }
    with (
        Page(port, tickets_of["head"]) as head,
        Page(port, tickets_of["post"]) as post,
        Page(port, tickets_of["wharf"]) as wharf,
    ):
        say("announce('officers of the post', 'HK', offices=['HK-POST'], roles=['officer'])")
        say("announce('the wharf', 'HK', offices=['HK-KWAI-CHUNG'])")
        say("announce('the head', 'HK', offices=['HK'])")
        say("announce('auditors of the post', 'HK', offices=Office.objects.filter(pk='HK-POST'), roles=['auditor'])")
        say("announce('analysts of the post', 'HK', offices=['HK-POST'], roles=['analyst'])")
        say("announce('officers', 'HK', roles=['officer'])")
        say("announce('nobody', 'HK', offices=[])")
        say("announce('end', 'HK')")
        assert _until_end(head) == ["officers of the post", "the wharf", "the head", "officers"]
        assert _until_end(post) == ["officers of the post", "officers"]
        assert _until_end(wharf) == ["the wharf", "auditors of the post"]


def _until_end(page: Page) -> list[str]:
    topics: list[str] = []
    while not topics or topics[-1] != "end":
        topics.append(page.next()["topic"])
    return topics[:-1]


def test_what_is_undone_is_never_told(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    with Page(port, say(f"ticket({officer!r})")) as page:
        say("undone('undone', 'HK')")
        say("announce('done', 'HK')")
        assert page.next()["topic"] == "done"


def test_without_a_valid_ticket_nothing_is_told(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    good = str(say(f"ticket({officer!r})"))
    forged = tickets.seal("the key of another node" * 4, officer, [("officer", "HK")], 0)
    for ticket in ("", "x", good[:-1] + ("A" if good[-1] != "A" else "B"), forged):
        with Page(port, ticket) as page:
            assert page.answer.status == 401


def test_only_the_nodes_own_pages_may_listen(live: tuple[int, Say], officer: str) -> None:
    port, say = live
    ticket = say(f"ticket({officer!r})")
    own = f"http://127.0.0.1:{port - 1}"
    with Page(port, ticket, origin=own) as page:
        assert page.answer.status == 200
        assert page.answer.headers["Access-Control-Allow-Origin"] == own
    with Page(port, ticket, origin="http://elsewhere.example") as page:
        assert page.answer.status == 403
        assert "Access-Control-Allow-Origin" not in page.answer.headers


def test_who_is_deactivated_may_hear_nothing(live: tuple[int, Say], node: Any) -> None:
    say = live[1]
    gone = say("person('gone', ('officer', 'HK'))")
    say(f"Person.objects.filter(pk={gone!r}).update(is_active=False)")
    ticket = tickets.unseal(Config.read(in_folder(str(node.folder))).secret_key, str(say(f"ticket({gone!r})")))
    assert ticket.grants == ()
    assert not ticket.may_hear({"offices": None, "roles": None})
