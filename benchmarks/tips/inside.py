"""Runs inside a node: reads ``[function, arguments…]`` a line, writes what it gave. Started by run.py."""

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tidewaiter.node.folder import enter

enter(Path(sys.argv[1]))

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from tidewaiter.node.accounts.models import Office, Person, RoleGrant  # noqa: E402
from tidewaiter.node.intelligence import services as tips  # noqa: E402
from tidewaiter.node.intelligence.models import DutyShift  # noqa: E402
from tidewaiter.node.live import services as live  # noqa: E402
from tidewaiter.node.live.models import Event  # noqa: E402
from tidewaiter.node.partners import services  # noqa: E402
from tidewaiter.node.partners.models import Delivery, InboxObject, Peer  # noqa: E402

DESK = "HK-HZMB"


def own_key() -> Any:
    """Our public key."""
    return services.own_public_key()["key"]


def befriend(code: str, port: int, key: Any) -> None:
    """Make the other a neighbour, with an agreement."""
    peer = services.add_peer(None, administration=code, url=f"http://127.0.0.1:{port}", key=key)
    services.add_agreement(None, peer, legal_basis="Invented arrangement, article 3", valid_from=date(2020, 1, 1))


def stream(office: str) -> str:
    """Put an officer on duty at the desk, and give the address of that officer's live stream."""
    officer = _person("officer", office)
    at = timezone.now()
    DutyShift.objects.create(office_id=office, person=officer, starts_at=at, ends_at=at + timedelta(hours=8))
    return live.address(officer)


def send(number: int) -> tuple[str, float]:
    """Write a tip, send it, and give its key and the moment right after its commit, before anything is woken."""
    actor = _person("intelligence", str(settings.CONFIG.administration))
    [tip] = tips.draft(
        actor, office=Office.objects.get(pk=actor.office_id), peers=[Peer.objects.get()], title=f"Lorry {number}",
        what="Watches of the brand Lumodot", where_office=DESK, expires_at=timezone.now() + timedelta(hours=6),
        references=[{"kind": "plate", "value": f"粤Z·M{number:04d}港"}], asked="control", tlp="amber", synthetic=True,
    )  # fmt: skip
    committed: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.time()))
        tips.send(actor, [tip])
    return str(tip.pk), committed[0]


def undelivered() -> int:
    """How many objects a neighbour has neither stored nor refused."""
    return Delivery.objects.undelivered().count()


def receipts() -> dict[str, float]:
    """When the signed receipt of each tip was written down here."""
    found = Delivery.objects.filter(outbox__kind="tip").exclude(settled_at=None)
    return {one.object_id.partition("--")[2]: one.settled_at.timestamp() for one in found if one.settled_at}


def stored() -> dict[str, float]:
    """When the transaction that stored each tip was about to be committed."""
    found = InboxObject.objects.filter(kind="tip", state="stored").select_related("batch")
    return {one.object_id.partition("--")[2]: one.batch.applied_at.timestamp() for one in found if one.batch.applied_at}


def events() -> dict[str, str]:
    """Of which tip each live event told."""
    rows = Event.objects.filter(topic="tips").values_list("id", "object_id")
    return {str(event): tip for event, tip in rows}


def _person(role: str, office: str) -> Person:
    found, made = Person.objects.get_or_create(username=f"bench-{role}", defaults={"office_id": office})
    if made:
        RoleGrant.objects.create(person=found, role=role, office_id=office, reason="for a measurement")
    return found


for line in sys.stdin:
    name, *arguments = json.loads(line)
    print(json.dumps(globals()[name](*arguments)), flush=True)
    if name != "send":
        connection.close()
