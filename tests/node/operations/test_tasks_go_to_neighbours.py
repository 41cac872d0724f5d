"""A task goes to a neighbour's office through the outbox; its people acknowledge it; who asked is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from tests.node.operations.conftest import Node, made_by
from tests.visiting import sign_in

from tidewaiter.exchange import objects as wire
from tidewaiter.exchange.objects import Refused as NotTaken
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.operations import services
from tidewaiter.node.operations.models import Operation, Tasking
from tidewaiter.node.operations.queries import reporting
from tidewaiter.node.partners.models import Delivery, OutboxObject

Sent = Callable[[str], list[dict[str, Any]]]
WORDS = {"title": "Look at parcels", "instructions": "At the airport, for Europe."}


def _acknowledged(told: wire.Tasking, sender: str = "CN-GD", digest: str = "") -> wire.Agreement:
    found = digest or wire.digest(wire.to_stix(told))
    subject = wire.Subject(id=told.id, modified=told.modified, digest=found)
    return wire.Agreement(id=wire.new_id("opinion"), **made_by(sender), subject=subject, agreed=True)


def _sent_task(node: Node) -> tuple[Operation, Tasking, wire.Tasking]:
    operation = node.running()
    made = services.propose(
        node.coordinator, operation, "CN-GD-GUANGZHOU-AIRPORT", **WORDS, lanes=["L1"], controls_a_day=12
    )
    told = wire.from_stix(OutboxObject.objects.get(kind="tasking").plain)
    assert isinstance(told, wire.Tasking)
    return operation, made, told


def test_it_goes_to_that_neighbour_alone(node: Node) -> None:
    operation, made, told = _sent_task(node)
    assert (told.administration, told.office, told.lanes) == ("CN-GD", "CN-GD-GUANGZHOU-AIRPORT", ("L1",))
    assert told.operation == operation.object_id
    assert [one.peer_id for one in Delivery.objects.filter(outbox__kind="tasking")] == ["CN-GD"]
    assert AuditRow.objects.filter(verb="operations.task_proposed", object_id=str(made.pk)).count() == 1
    # It is no task of an office of ours, so nobody of ours is missing a report for it.
    assert reporting.missing_offices(operation, operation.today()) == []


def test_the_acknowledgement_comes_back(node: Node) -> None:
    _operation, made, told = _sent_task(node)
    node.came("CN-GD", _acknowledged(told))
    made.refresh_from_db()
    assert made.state == "acknowledged"
    assert AuditRow.objects.filter(verb="operations.acknowledged_there").count() == 1
    node.came("CN-GD", _acknowledged(told))
    assert AuditRow.objects.filter(verb="operations.acknowledged_there").count() == 1


def test_nobody_else_acknowledges_it_nor_another_version(node: Node) -> None:
    _operation, made, told = _sent_task(node)
    with pytest.raises(NotTaken):
        node.came("MO", _acknowledged(told, "MO"))
    with pytest.raises(NotTaken):
        node.came("CN-GD", _acknowledged(told, digest="a" * 64))
    made.refresh_from_db()
    assert made.state == "new"


def test_our_office_acknowledges_what_a_neighbour_proposed(node: Node, sent: Sent) -> None:
    operation = node.running()
    told = wire.Tasking(
        id=wire.new_id("course-of-action"), **made_by("MO"), operation=operation.object_id, administration="HK",
        office="HK-RIVER-TRADE", **WORDS, starts_on=operation.starts_on, ends_on=operation.ends_on,
    )  # fmt: skip
    node.came("MO", told)
    tasking = Tasking.objects.get()
    services.acknowledge(node.people["officer"], tasking)
    services.acknowledge(node.people["officer"], tasking)
    [answer] = [one for one in map(wire.from_stix, sent("agreement")) if one.subject.id == told.id]
    assert answer.agreed
    assert answer.subject.digest == wire.digest(wire.to_stix(told))
    [delivery] = Delivery.objects.filter(outbox__object_id=answer.id)
    assert delivery.peer_id == "MO"


def test_who_may_and_to_whom(node: Node) -> None:
    operation = node.running()
    with pytest.raises(NotAllowed):
        services.propose(node.people["small"], operation, "CN-GD-GUANGZHOU-AIRPORT", **WORDS)
    for code in ("HK-RIVER-TRADE", "NOWHERE"):
        with pytest.raises(Refused):
            services.propose(node.coordinator, operation, code, **WORDS)
    assert not Tasking.objects.exists()
    ours = services.propose(node.coordinator, operation, "CN-GD-GUANGZHOU-AIRPORT", **WORDS)
    with pytest.raises(NotAllowed):
        services.acknowledge(node.coordinator, ours)


def test_the_form_offers_neighbours_to_the_coordinator_of_the_whole(node: Node) -> None:
    operation = node.running()
    address = reverse("operations:task", args=[operation.pk])
    assert b"CN-GD-GUANGZHOU-AIRPORT" not in sign_in(node.people["small"]).get(address).content
    browser = sign_in(node.coordinator)
    assert b"CN-GD-GUANGZHOU-AIRPORT" in browser.get(address).content
    assert browser.post(address, {"office": "NOWHERE", **WORDS}).status_code == 422
    assert browser.post(address, {"office": "CN-GD-GUANGZHOU-AIRPORT", **WORDS}).status_code == 302
    assert browser.post(address, {"office": "HK-RIVER-TRADE", **WORDS}).status_code == 302
    assert set(Tasking.objects.values_list("place", "office")) == {
        ("CN-GD-GUANGZHOU-AIRPORT", None), ("", "HK-RIVER-TRADE"),
    }  # fmt: skip
    page = browser.get(operation.get_absolute_url()).content.decode()
    assert "Guangzhou Baiyun Airport Customs" in page
