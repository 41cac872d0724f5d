"""What a neighbour sends is taken once, whatever happens on the way; what is not its own is refused."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tidewaiter.exchange.objects import (
    Asked,
    Handling,
    Place,
    Reference,
    Tip,
    Tlp,
    canonical,
    identity_of,
    new_id,
    now,
    read_as,
    to_stix,
)
from tidewaiter.exchange.objects import Receipt as ReceiptObject
from tidewaiter.exchange.signing import (
    KeyRing,
    Request,
    SignedBatch,
    SigningKey,
    sign_batch,
    sign_request,
    verify_batch,
)
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.partners import inbox, services
from tidewaiter.node.partners.collections import RECEIPTS, inbox_of
from tidewaiter.node.partners.models import InboxBatch, InboxObject, OutboxObject, Peer, Receipt
from tidewaiter.node.partners.services import receiving

pytestmark = pytest.mark.django_db
TAXII = "application/taxii+json;version=2.1"
HOST = "127.0.0.1:8000"


class Neighbour:
    """Guangdong, as this node sees it."""

    def __init__(self, code: str = "CN-GD") -> None:
        self.code = code
        self.key = SigningKey.generate(identity_of(code))
        self.path = f"/taxii2/exchange/collections/{inbox_of('HK', code)}/objects/"

    def tip(self, **changes: Any) -> Tip:
        """An invented tip."""
        at = now()
        fields: dict[str, Any] = {
            "id": new_id("indicator"),
            "author": identity_of(self.code),
            "created": at,
            "modified": at,
            "handling": Handling(tlp=Tlp.AMBER, expires=at + timedelta(hours=8)),
            "title": "Lorry with watches",
            "what": "Watches of the brand Lumodot behind a false wall",
            "sent_at": at,
            "where": Place(administration="HK", office="HK-HZMB"),
            "asked": Asked.CONTROL,
            "references": (Reference(kind="plate", value="粤Z·M208港"),),
        }
        return Tip(**{**fields, **changes})

    def envelope(self, *objects: Any) -> bytes:
        """A sealed batch of them."""
        plain = [one if isinstance(one, dict) else to_stix(one) for one in objects]
        return sign_batch(plain, self.key).to_envelope()

    def post(self, body: bytes, *, key: SigningKey | None = None, path: str = "", **headers: str) -> Any:
        """Post to the inbox as the exchange process does."""
        where = path or self.path
        signed = sign_request(Request.to("POST", f"http://{HOST}{where}", body), key or self.key)
        found = {"Accept": TAXII, **signed, **headers}
        return Client().post(where, body, content_type=TAXII, headers={"Host": HOST, **found})


@pytest.fixture
def gd() -> Neighbour:
    """A neighbour that is known here."""
    made = Neighbour()
    services.add_peer(None, administration="CN-GD", url="http://127.0.0.1:9", key=made.key.public.public_jwk())
    return made


@pytest.fixture
def taken() -> Iterator[list[inbox.Arrived]]:
    """What the handler of tips was given; the real one stands aside meanwhile."""
    found: list[inbox.Arrived] = []
    before = inbox.handler_of("tip")
    inbox.register("tip", found.append)
    yield found
    if before is not None:
        inbox.register("tip", before)


def test_an_object_is_stored_handed_over_and_answered_with_a_signed_receipt(gd: Neighbour, taken: Any) -> None:
    told = gd.tip()
    answer = gd.post(gd.envelope(told))
    assert answer.status_code == 202
    assert answer["Content-Type"] == TAXII
    body = json.loads(answer.content)
    assert (body["status"], body["total_count"], body["success_count"]) == ("complete", 1, 1)
    assert body["successes"][0]["id"] == told.id
    [arrived] = taken
    assert arrived.told == told
    row = InboxObject.objects.get()
    assert (row.state, row.kind, row.peer_id) == ("stored", "tip", "CN-GD")
    own = KeyRing([services.ensure_own_key().public])
    verified = verify_batch(SignedBatch.from_envelope(canonical(body[RECEIPTS])), own)
    receipt = read_as(ReceiptObject, verified.objects[0].plain)
    assert (receipt.state, receipt.subjects[0].id, receipt.subjects[0].digest) == ("stored", told.id, row.digest)


def test_the_same_batch_again_has_no_effect_and_the_same_receipt(gd: Neighbour, taken: Any) -> None:
    body = gd.envelope(gd.tip())
    first, second = (json.loads(gd.post(body).content) for _ in range(2))
    assert len(taken) == 1
    assert InboxObject.objects.count() == 1
    assert Receipt.objects.filter(direction="gave").count() == 1
    assert first[RECEIPTS]["objects"] == second[RECEIPTS]["objects"]


def test_the_same_version_with_other_content_is_refused_and_alarmed(gd: Neighbour, taken: Any) -> None:
    told = gd.tip()
    other = gd.tip(id=told.id, created=told.created, modified=told.modified, what="Something else")
    gd.post(gd.envelope(told))
    body = json.loads(gd.post(gd.envelope(other)).content)
    assert body["failure_count"] == 1
    assert body["failures"][0]["message"].startswith("version_conflict")
    assert len(taken) == 1
    assert AuditRow.objects.filter(verb="partners.conflict").count() == 1


def test_a_tampered_batch_is_refused_as_a_whole(gd: Neighbour, taken: Any) -> None:
    body = gd.envelope(gd.tip()).replace(b"Lumodot", b"Lumidot")
    answer = gd.post(body)
    assert answer.status_code == 422
    assert json.loads(answer.content)["error_code"] == "bad_signature"
    assert InboxBatch.objects.get().state == "refused"
    assert not taken
    assert not InboxObject.objects.exists()


def test_a_batch_of_another_administration_is_not_taken(gd: Neighbour, taken: Any) -> None:
    mo = Neighbour("MO")
    services.add_peer(None, administration="MO", url="http://127.0.0.1:9", key=mo.key.public.public_jwk())
    answer = gd.post(mo.envelope(mo.tip()))
    assert answer.status_code == 422
    assert not taken


def test_who_is_unknown_stopped_or_unsigned_gets_the_same_answer(gd: Neighbour, taken: Any) -> None:
    body = gd.envelope(gd.tip())
    stranger = gd.post(body, key=SigningKey.generate(identity_of("CN-GD")))
    unsigned = Client().post(gd.path, body, content_type=TAXII, headers={"Host": HOST, "Accept": TAXII})
    Peer.objects.update(state="stopped")
    stopped = gd.post(body)
    assert {one.status_code for one in (stranger, unsigned, stopped)} == {401}
    assert stranger.content == unsigned.content == stopped.content
    assert not taken
    assert not InboxBatch.objects.exists()


def test_a_signed_request_is_used_once(gd: Neighbour, taken: Any) -> None:
    body = gd.envelope(gd.tip())
    signed = sign_request(Request.to("POST", f"http://{HOST}{gd.path}", body), gd.key)
    headers = {"Host": HOST, "Accept": TAXII, **signed}
    first, second = (Client().post(gd.path, body, content_type=TAXII, headers=headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (202, 401)


def test_the_inbox_of_another_is_not_there(gd: Neighbour, taken: Any) -> None:
    path = f"/taxii2/exchange/collections/{inbox_of('HK', 'MO')}/objects/"
    assert gd.post(gd.envelope(gd.tip()), path=path).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"), [({"Accept": "text/html"}, 406), ({"Content-Type": "application/json"}, 415)]
)
def test_other_media_types_are_refused(gd: Neighbour, headers: dict[str, str], status: int) -> None:
    body = gd.envelope(gd.tip())
    signed = sign_request(Request.to("POST", f"http://{HOST}{gd.path}", body), gd.key)
    kind = headers.pop("Content-Type", TAXII)
    answer = Client().post(
        gd.path, body, content_type=kind, headers={"Host": HOST, "Accept": TAXII, **signed, **headers}
    )
    assert answer.status_code == status


def test_too_large_is_refused_before_it_is_read(gd: Neighbour) -> None:
    answer = Client().post(
        gd.path, b"x" * (10 * 1024 * 1024 + 1), content_type=TAXII, headers={"Host": HOST, "Accept": TAXII}
    )
    assert answer.status_code == 413


def test_a_kind_that_nobody_takes_is_refused_with_its_reason(gd: Neighbour, taken: Any) -> None:
    plain = to_stix(gd.tip())
    extension = next(iter(plain["extensions"]))
    plain["extensions"][extension]["kind"] = "horoscope"
    body = json.loads(gd.post(gd.envelope(plain)).content)
    assert body["failures"][0]["message"].startswith("unknown_kind")


def test_a_fault_of_ours_leaves_one_object_pending_and_takes_the_others(gd: Neighbour) -> None:
    good, bad = gd.tip(), gd.tip(title="breaks")
    seen: list[str] = []

    def handler(arrived: inbox.Arrived) -> None:
        if arrived.told.id == bad.id and seen.count(bad.id) < 2:
            seen.append(arrived.told.id)
            raise RuntimeError("a fault of ours")
        seen.append(arrived.told.id)

    before = inbox.handler_of("tip")
    inbox.register("tip", handler)
    try:
        body = json.loads(gd.post(gd.envelope(bad, good)).content)
        assert (body["status"], body["success_count"], body["pending_count"]) == ("pending", 1, 1)
        assert receiving.try_pending() == 0
        assert receiving.try_pending() == 1
    finally:
        if before is not None:
            inbox.register("tip", before)
    assert set(InboxObject.objects.values_list("state", flat=True)) == {"stored"}
    assert OutboxObject.objects.get().kind == "receipt"


def test_bytes_that_a_dead_process_kept_are_applied_by_the_next(gd: Neighbour, taken: Any) -> None:
    body = gd.envelope(gd.tip())
    InboxBatch.objects.create(
        peer_id="CN-GD",
        content=body,
        digest="0" * 64,
        request_key_id="k",
        received_at=timezone.now() - timedelta(minutes=1),
    )
    assert receiving.finish_left_behind() == 1
    assert len(taken) == 1
    assert InboxBatch.objects.get().state == "applied"
    assert json.loads(gd.post(body).content)["success_count"] == 1
    assert len(taken) == 1


def test_discovery_root_and_own_inbox_alone_are_shown(gd: Neighbour) -> None:
    def get(path: str) -> Any:
        signed = sign_request(Request.to("GET", f"http://{HOST}{path}"), gd.key)
        return Client().get(path, headers={"Host": HOST, "Accept": TAXII, **signed})

    assert get("/taxii2/").json()["default"].endswith("/taxii2/exchange/")
    assert get("/taxii2/exchange/").json()["max_content_length"] > 0
    [mine] = get("/taxii2/exchange/collections/").json()["collections"]
    assert UUID(mine["id"])
    assert mine["id"] == inbox_of("HK", "CN-GD")
    assert get(f"/taxii2/exchange/collections/{inbox_of('HK', 'MO')}/").status_code == 404
    assert settings.CONFIG.administration == "HK"
