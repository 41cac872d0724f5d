"""Runs inside a node of the tests: reads ``[function, arguments…]`` a line, writes what it gave."""

import json
import os
import signal
import sys
import traceback
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tidewaiter.node.folder import enter

enter(Path(sys.argv[1]))

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from tidewaiter.exchange.signing import sign_batch  # noqa: E402
from tidewaiter.node.accounts.models import Office, Person, RoleGrant  # noqa: E402
from tidewaiter.node.intelligence import services as tips  # noqa: E402
from tidewaiter.node.intelligence.models import Tip  # noqa: E402
from tidewaiter.node.intelligence.queries.figures import tips as figures  # noqa: E402
from tidewaiter.node.partners import services  # noqa: E402
from tidewaiter.node.partners.models import Delivery, InboxBatch, InboxObject, OutboxObject, Peer  # noqa: E402


def own_key() -> Any:
    return services.own_public_key()["key"]


def befriend(code: str, port: int, key: Any) -> None:
    peer = services.add_peer(None, administration=code, url=f"http://127.0.0.1:{port}", key=key)
    if not peer.agreements.exists():
        services.add_agreement(None, peer, legal_basis="Invented arrangement, article 3", valid_from=date(2020, 1, 1))
    Peer.objects.update(state="active", failures=0, next_at=None)


def person() -> Person:
    top = str(settings.CONFIG.administration)
    found, made = Person.objects.get_or_create(username="liaison", defaults={"office_id": top})
    if made:
        RoleGrant.objects.create(person=found, role="intelligence", office_id=top, reason="for a test")
    return found


def send_tips(peer: str, count: int, office: str) -> list[str]:
    with transaction.atomic():
        return [send_tip(peer, f"Tip {number}", office) for number in range(count)]


def send_tip(peer: str, title: str, office: str) -> str:
    actor = person()
    [tip] = tips.draft(
        actor, office=Office.objects.get(pk=actor.office_id), peers=[Peer.objects.get(pk=peer)], title=title,
        what="Watches of the brand Lumodot", where_office=office, expires_at=timezone.now() + timedelta(hours=6),
        references=[{"kind": "plate", "value": "粤Z·M208港"}], asked="control", tlp="amber",
    )  # fmt: skip
    tips.send(actor, [tip])
    return str(tip.pk)


def acknowledge(pk: str) -> None:
    tips.acknowledge(person(), Tip.objects.get(pk=pk))


def answer(pk: str) -> None:
    tips.answer(person(), Tip.objects.get(pk=pk), outcome="find", words="Behind a false wall", reference="HK-2026-1")


def recall(pk: str) -> None:
    tips.recall(person(), Tip.objects.get(pk=pk), reason="error", words="The plate was wrong")


def states() -> dict[str, str]:
    return {str(tip.pk): tip.state for tip in Tip.objects.all()}


def tip(pk: str) -> dict[str, Any] | None:
    found = Tip.objects.filter(pk=pk).first()
    return None if found is None else {
        "state": found.state, "number": found.number, "office": found.office_id, "title": found.title,
        "result": found.result, "queue": str(found.queue_item),
        "events": list(found.events.order_by("id").values_list("kind", flat=True)),
    }  # fmt: skip


def undelivered() -> int:
    return Delivery.objects.undelivered().count()


def counts() -> dict[str, int]:
    return {
        "outbox": OutboxObject.objects.count(), "inbox": InboxObject.objects.exclude(state="rejected").count(),
        "batches": InboxBatch.objects.count(), "tips": Tip.objects.count(), "undelivered": undelivered(),
        "attempts": sum(Delivery.objects.values_list("attempts", flat=True)),
    }  # fmt: skip


def lane(peer: str) -> dict[str, Any]:
    found = Peer.objects.get(pk=peer)
    return {"failures": found.failures, "error": found.last_error, "state": found.state}


def hurry() -> None:
    Peer.objects.update(next_at=None)


def envelope_of(pk: str) -> str:
    held = OutboxObject.objects.get(object_id=Tip.objects.get(pk=pk).object_id)
    return sign_batch([held.plain], services.ensure_own_key()).to_envelope().decode()


def die_while_sending(point: str) -> int:
    """Walk the lane in a process that kills itself at that point; give how it ended."""
    return _in_a_process(lambda: _send(point))


def _send(point: str) -> None:
    from tidewaiter.node.partners.exchange import lane as lanes

    post, accepted = lanes.Line.post, lanes.answers.accepted

    def posting(*arguments: Any) -> Any:
        if point == "before_post":
            _die()
        answered = post(*arguments)
        if point == "after_post":
            _die()
        return answered

    def accepting(*arguments: Any) -> None:
        accepted(*arguments)
        _die()

    lanes.Line.post = posting
    lanes.answers.accepted = accepting
    lanes.Lane(Peer.objects.exclude(pk=settings.CONFIG.administration).get().pk).step()


def die_while_receiving(content: str, point: str) -> int:
    """Take a batch in a process that kills itself at that point; give how it ended."""
    return _in_a_process(lambda: _receive(content.encode(), point))


def _receive(content: bytes, point: str) -> None:
    from tidewaiter.exchange.signing import VerifiedRequest
    from tidewaiter.node.partners.services import receiving

    apply = receiving.apply

    def applying(batch: InboxBatch) -> Any:
        if point == "applied":
            apply(batch)
        _die()

    receiving.apply = applying
    now = timezone.now()
    request = VerifiedRequest("", "k", now, "n", uuid.uuid4().hex, now)
    receiving.receive(Peer.objects.get(), request, content)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _in_a_process(work: Callable[[], None]) -> int:
    connection.close()
    child = os.fork()
    if child == 0:
        work()
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def p99() -> float | None:
    return figures().delivery_p99


for line in sys.stdin:
    try:
        name, *arguments = json.loads(line)
        answer_ = {"value": globals()[name](*arguments)}
    except Exception:  # noqa: BLE001 - whatever it was goes to the test
        answer_ = {"error": traceback.format_exc()}
    connection.close()
    print(json.dumps(answer_), flush=True)
