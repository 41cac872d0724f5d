"""A lane meets a neighbour that refuses, over real HTTP: it halves, sets one object aside and goes on, or stops."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tidewaiter.exchange.objects import (
    Asked,
    Handling,
    Place,
    Receipt,
    ReceiptState,
    Subject,
    Tip,
    Tlp,
    canonical,
    digest,
    identity_of,
    new_id,
    now,
    strict_json,
    to_stix,
)
from tidewaiter.exchange.signing import KeyRing, Request, SignedBatch, SigningKey, sign_batch, verify_batch
from tidewaiter.exchange.signing import verify_request as verify
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.live.models import Event
from tidewaiter.node.partners import frame, services
from tidewaiter.node.partners.collections import RECEIPTS
from tidewaiter.node.partners.exchange.lane import Lane
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.partners.services import ensure_own_key

pytestmark = pytest.mark.django_db
Objects = list[dict[str, Any]]
Rule = Callable[[bytes, Objects], int]


class Guangdong:
    """A node of another make: checks both signatures, answers as its rule says, gives receipts for what it takes."""

    def __init__(self, ours: KeyRing) -> None:
        self.key = SigningKey.generate(identity_of("CN-GD"))
        self.ours = ours
        self.rule: Rule = lambda body, objects: 202
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[int, list[str]]] = []
        self.url = ""

    def answer(self, request: Request) -> tuple[int, bytes]:
        """Status and body."""
        assert verify(request, self.ours).owner == identity_of("HK")
        verified = verify_batch(SignedBatch.from_envelope(request.body), self.ours)
        assert not verified.refused
        objects = [one.plain for one in verified.objects]
        status = self.rule(request.body, objects)
        self.asked.append((status, [one["name"] for one in objects]))
        if status != 202:
            return status, json.dumps({"title": "Not this", "http_status": str(status)}).encode()
        return status, canonical({"status": "complete", RECEIPTS: self._receipts(objects)})

    def _receipts(self, objects: Objects) -> dict[str, Any]:
        at = now()
        told = Receipt(
            id=new_id("note"),
            author=identity_of("CN-GD"),
            created=at,
            modified=at,
            handling=Handling(tlp=Tlp.AMBER_STRICT),
            state=ReceiptState.STORED,
            subjects=tuple(Subject(id=one["id"], digest=digest(one)) for one in objects),
            reached_at=at,
        )
        return strict_json.read(sign_batch([to_stix(told)], self.key).to_envelope())

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Status and number of objects of each request."""
        return [(status, len(names)) for status, names in self.asked]


@contextmanager
def _serving(peer: Guangdong) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            signed = Request.to("POST", f"http://{self.headers['Host']}{self.path}", body)
            status, content = peer.answer(
                Request(method="POST", authority=signed.authority, path=self.path, query="", body=body, headers=headers)
            )
            self.send_response(status)
            for name, value in {**peer.headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def gd() -> Iterator[Guangdong]:
    """Guangdong, which is a neighbour here and answers on loopback."""
    made = Guangdong(KeyRing([ensure_own_key().public]))
    with _serving(made):
        peer = services.add_peer(None, administration="CN-GD", url=made.url, key=made.key.public.public_jwk())
        services.add_agreement(None, peer, legal_basis="Invented arrangement", valid_from=date(2020, 1, 1))
        yield made


@pytest.fixture
def lane(gd: Guangdong) -> Iterator[Lane]:
    """The lane to it, as the exchange process walks it."""
    made = Lane("CN-GD")
    yield made
    made.close()


def _write(*titles: str) -> None:
    at = now()
    with transaction.atomic():
        for title in titles:
            told = Tip(
                id=new_id("indicator"),
                author=identity_of(str(settings.CONFIG.administration)),
                created=at,
                modified=at,
                handling=Handling(tlp=Tlp.AMBER, expires=at + timedelta(hours=8)),
                title=title,
                what="Watches of the brand Lumodot",
                sent_at=at,
                where=Place(administration="CN-GD"),
                asked=Asked.INFORM,
            )
            services.publish(told, ["CN-GD"])


def _states() -> dict[str, str]:
    found = Delivery.objects.select_related("outbox").order_by("id")
    return {one.outbox.plain["name"]: one.state for one in found}


def test_too_much_at_once_is_halved_until_it_goes(gd: Guangdong, lane: Lane) -> None:
    gd.rule = lambda body, objects: 413 if len(objects) > 2 else 202
    names = [f"Tip {number}" for number in range(7)]
    _write(*names)
    step = lane.step()
    assert step.answered == 7
    assert gd.sizes == [(413, 7), (413, 4), (202, 2), (202, 2), (413, 3), (202, 2), (202, 1)]
    assert [name for status, taken in gd.asked if status == 202 for name in taken] == names
    assert set(_states().values()) == {"stored"}
    assert Peer.objects.get().failures == 0


def test_one_object_that_is_too_large_alone_is_set_aside(gd: Guangdong, lane: Lane) -> None:
    gd.rule = lambda body, objects: 413 if any(one["name"] == "Huge" for one in objects) else 202
    _write("One", "Huge", "Two")
    lane.step()
    assert _states() == {"One": "stored", "Huge": "set_aside", "Two": "stored"}
    assert Delivery.objects.get(state="set_aside").last_error == "http_413"


@pytest.mark.parametrize("status", [400, 409, 422])
def test_what_is_not_taken_is_found_and_set_aside_while_the_lane_goes_on(
    gd: Guangdong, lane: Lane, status: int
) -> None:
    gd.rule = lambda body, objects: status if any(one["name"] == "Poison" for one in objects) else 202
    _write("One", "Two", "Poison", "Three", "Four")
    lane.step()
    assert _states() == {
        "One": "stored", "Two": "stored", "Poison": "set_aside", "Three": "stored", "Four": "stored",
    }  # fmt: skip
    aside = Delivery.objects.get(state="set_aside")
    assert (aside.last_error, aside.last_error_detail) == (f"http_{status}", "Not this")
    assert AuditRow.objects.filter(verb="partners.set_aside").count() == 1
    assert Event.objects.filter(topic="partners").exists()
    assert any(alert.level == "bad" for alert in frame.alerts_of([Peer.objects.get()]))
    gd.asked.clear()
    _write("Five")
    lane.step()
    assert gd.asked == [(202, ["Five"])]
    assert Peer.objects.get().is_active


@pytest.mark.parametrize("status", [401, 403])
def test_who_does_not_know_us_stops_the_lane_and_raises_the_alarm(gd: Guangdong, lane: Lane, status: int) -> None:
    gd.rule = lambda body, objects: status
    _write("One", "Two")
    lane.step()
    peer = Peer.objects.get()
    assert (peer.is_active, peer.stopped_by, peer.last_error) == (False, None, f"http_{status}")
    assert _states() == {"One": "waiting", "Two": "waiting"}
    assert AuditRow.objects.filter(verb="partners.lane_stopped_itself").count() == 1
    assert Event.objects.filter(topic="partners").exists()
    [alert] = frame.alerts_of([peer])
    assert alert.level == "bad"
    lane.step()
    assert len(gd.asked) == 1


def test_who_asks_us_to_wait_is_not_asked_before(gd: Guangdong, lane: Lane) -> None:
    gd.rule = lambda body, objects: 503
    gd.headers = {"Retry-After": "600"}
    _write("One")
    step = lane.step()
    assert step.pause is not None
    assert step.pause >= timedelta(minutes=10)
    lane.step()
    assert len(gd.asked) == 1
    assert _states() == {"One": "waiting"}


def test_who_takes_a_batch_and_says_nothing_of_an_object_has_it_set_aside(gd: Guangdong, lane: Lane) -> None:
    receipts = gd._receipts
    gd._receipts = lambda objects: receipts(objects[:1])  # type: ignore[method-assign]
    _write("One", "Two")
    lane.step()
    assert _states() == {"One": "stored", "Two": "set_aside"}
    assert Delivery.objects.get(state="set_aside").last_error == "no_receipt"
