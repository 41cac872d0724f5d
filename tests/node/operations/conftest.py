"""Three parties' worth of objects on one node: people, neighbours, records of an operation, what the others send."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tidewaiter.exchange import objects as wire
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework.models import Case, Control, LineValue, SeizureLine
from tidewaiter.node.live.models import Event
from tidewaiter.node.operations import incoming, services
from tidewaiter.node.operations.lanes import LanePlan
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.partners.inbox import Arrived
from tidewaiter.node.partners.models import InboxObject, OutboxObject, Peer, PeerAgreement
from tidewaiter.node.partners.services.peers import KINDS, PURPOSE

NAMES = {"en": "Slack Water", "zh-Hant": "平潮", "zh-Hans": "平潮", "pt": "Estofo da Maré"}
OBJECTIVE = {"en": "Goods to three regions.", "zh-Hant": "運往三個地區的貨物。"}


def office(code: str, parent: Office | None = None) -> Office:
    path = f"{parent.path if parent else ''}{code}/"
    return Office.objects.get_or_create(code=code, defaults={"parent": parent, "path": path, "administration": "HK"})[0]


def person(username: str, role: Role, at: Office) -> Person:
    made = Person.objects.create(username=username, office=at, must_change_password=False)
    RoleGrant.objects.create(person=made, role=role, office=at, reason="for a test")
    return made


def peer(code: str) -> Peer:
    made, _new = Peer.objects.get_or_create(
        administration=code, defaults={"root_url": f"http://{code}.example/taxii2/"}
    )
    PeerAgreement.objects.create(
        peer=made, legal_basis="for a test", kinds=list(KINDS), purposes=[PURPOSE], valid_from=date(2020, 1, 1)
    )
    return made


@dataclass
class Node:
    """The node of Hong Kong with its people and neighbours, and functions that make records."""

    top: Office
    river: Office
    airport: Office
    coordinator: Person
    people: dict[str, Person]
    peers: dict[str, Peer]

    def entry(self, **changes: Any) -> services.PlanEntry:
        today = timezone.now().astimezone(Operation(utc_offset="+08:00").zone).date()
        held = {
            "code": "SLACK-WATER-3",
            "names": NAMES,
            "objective": OBJECTIVE,
            "starts_on": today - timedelta(days=3),
            "ends_on": today + timedelta(days=8),
            "participants": ["CN-GD", "MO"],
            "lanes": [
                LanePlan(code="L1", names={"en": "North America", "zh-Hant": "北美"}, regions=["north_america"]),
                LanePlan(code="L2", names={"en": "Europe by road"}, regions=["europe"], modes=[3]),
            ],
            "cut_off": time(18),
        }
        return services.PlanEntry(**{**held, **changes})

    def came(self, sender: str, told: wire.Exchanged, arrival: Arrival = Arrival.NEW) -> None:
        """Hand an object of a neighbour to its handler, as the inbox does."""
        arrived = Arrived(self.peers[sender], told, wire.to_stix(told), InboxObject(), arrival)
        with transaction.atomic():
            incoming.HANDLERS[told.kind](arrived)

    def said(self, sender: str, operation: Operation, *, agreed: bool = True, **subject: Any) -> wire.Agreement:
        held = {"id": operation.object_id, "modified": operation.modified, "digest": operation.plan_digest, **subject}
        return wire.Agreement(
            id=wire.new_id("opinion"), **made_by(sender), subject=wire.Subject(**held), agreed=agreed,
            words=None if agreed else "not with this cut-off hour",
        )  # fmt: skip

    def running(self, **changes: Any) -> Operation:
        """An operation that all agreed to and that has started."""
        operation = services.plan(self.coordinator, self.entry(**changes))
        for code in ("CN-GD", "MO"):
            self.came(code, self.said(code, operation))
        return services.start(self.coordinator, operation)

    def control(
        self, operation: Operation, finding: str = "no_find", *, at: Office | None = None, days: int = 0
    ) -> Control:
        began = operation.midnight(operation.starts_on) + timedelta(days=days, hours=9)
        return Control.objects.create(
            client_id=uuid.uuid4(), office=at or self.river, officer=self.people["officer"], began_at=began,
            recorded_at=began, subject="consignment", subject_label="HAWB 1", kind="physical", finding=finding,
            operation_id=operation.pk,
        )  # fmt: skip

    def seizure(
        self, operation: Operation, lines: list[tuple[str, str, str]], values: list[tuple[str, str, str]] = (),  # type: ignore[assignment]
        *, at: Office | None = None, status: str = "provisional", arrests: int = 0,
    ) -> Case:  # fmt: skip
        """A case with lines (quantity, unit, stage) and values (amount, currency, basis) of its first line."""
        self.control(operation, "find", at=at)
        serial = Case.objects.count() + 1
        case = Case.objects.create(
            office=at or self.river, year=2026, serial=serial, number=f"HK/{serial}", title="Shoes", status=status,
            detected_at=operation.midnight(operation.starts_on) + timedelta(hours=10), arrests=arrests,
            opened_by=self.people["officer"], operation_id=operation.pk,
        )  # fmt: skip
        made = [
            SeizureLine.objects.create(
                case=case,
                number=number,
                category="footwear",
                description="shoes",
                right_type="TM",
                infringement="counterfeit",
                quantity=Decimal(quantity),
                unit=unit,
                stage=stage,
            )
            for number, (quantity, unit, stage) in enumerate(lines, 1)
        ]
        for amount, currency, basis in values:
            LineValue.objects.create(
                line=made[0], basis=basis, currency=currency, amount=Decimal(amount), method="price list",
                valued_on=operation.starts_on, assessed_by=self.people["officer"],
            )  # fmt: skip
        Event.objects.create(topic="casework.case", object_type="casework.case", object_id=str(case.pk))
        return case

    def figures(
        self, sender: str, operation: Operation, *, final: bool = False, **changes: Any
    ) -> wire.ReleasedFigures:
        """What a neighbour releases: pairs and a value on another basis in another currency."""
        status = wire.Status.CONFIRMED if final else wire.Status.PROVISIONAL
        money = {"CN-GD": ("CNY", "GENUINE_RETAIL"), "MO": ("MOP", "GENUINE_RETAIL")}[sender]
        held: dict[str, Any] = {
            "id": wire.new_id("report"),
            "operation": operation.object_id,
            "title": "figures",
            "starts_on": operation.starts_on,
            "ends_on": operation.starts_on,
            "status": status,
            "figures": (
                figure("seizures", "4", status, records=4),
                figure("items", "1200", status, unit="PR", stage=wire.Stage.SUSPECTED, records=9),
                figure(
                    "value", "88000.50", status, currency=money[0], basis=wire.Basis(money[1]),
                    valued_on=operation.starts_on, method="as recorded", stage=wire.Stage.SUSPECTED, records=9,
                ),
                figure("tips_sent", "5", status), figure("tips_acknowledged", "4", status),
                figure("tips_acted_on", "3", status),
            ),
            "controls": (
                wire.Controls(inspections=90, finds=6, no_finds=84),
                wire.Controls(inspections=10, finds=1, no_finds=9, lane="random"),
                wire.Controls(inspections=40, finds=4, no_finds=36, lane="L1"),
                wire.Controls(inspections=90, finds=6, no_finds=84, day=operation.starts_on),
            ),
        }  # fmt: skip
        head = made_by(sender)
        return wire.ReleasedFigures(**{**head, "at": head["modified"], **held, **changes})


def figure(measure: str, amount: str, status: wire.Status, **more: Any) -> wire.Figure:
    return wire.Figure(measure=wire.Measure(measure), amount=Decimal(amount), status=status, **more)


def made_by(sender: str, at: datetime | None = None) -> dict[str, Any]:
    moment = at or wire.now()
    handling = wire.Handling(tlp=wire.Tlp.AMBER)
    return {"author": wire.identity_of(sender), "created": moment, "modified": moment, "handling": handling}


@pytest.fixture
def node(db: None) -> Node:
    top = office("HK")
    river, airport = office("HK-RIVER-TRADE", top), office("HK-AIRPORT-CARGO", top)
    people = {
        "officer": person("officer", Role.OFFICER, river),
        "elsewhere": person("elsewhere", Role.OFFICER, airport),
        "small": person("small", Role.COORDINATOR, river),
        "analyst": person("analyst", Role.ANALYST, top),
        "case": person("case", Role.CASE_OFFICER, top),
        "intelligence": person("intelligence", Role.INTELLIGENCE, top),
        "auditor": person("auditor", Role.AUDITOR, top),
        "administrator": person("administrator", Role.ADMINISTRATOR, top),
    }
    coordinator = person("coordinator", Role.COORDINATOR, top)
    people["coordinator"] = coordinator
    return Node(top, river, airport, coordinator, people, {code: peer(code) for code in ("CN-GD", "MO")})


@pytest.fixture
def sent() -> Callable[[str], list[dict[str, Any]]]:
    """What lies in the outbox of a kind, oldest first."""

    def find(kind: str) -> list[dict[str, Any]]:
        return [one.plain for one in OutboxObject.objects.filter(kind=kind).order_by("pk")]

    return find
