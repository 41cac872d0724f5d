"""A plan under one shared id: planned by one, agreed by each, amended, started, and taken from its lead alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import yaml
from tests.node.operations.conftest import Node

from tidewaiter.exchange import objects as wire
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.operations import exchanged, lanes, services
from tidewaiter.node.operations.models import Operation

Sent = Callable[[str], list[dict[str, Any]]]


def test_it_is_agreed_when_all_have_said_yes(node: Node, sent: Sent) -> None:
    operation = services.plan(node.coordinator, node.entry())
    [plan] = sent("operation")
    assert plan["id"] == f"grouping--{operation.pk}"
    assert operation.state == "planned"
    node.came("CN-GD", node.said("CN-GD", operation))
    operation.refresh_from_db()
    assert operation.state == "planned"
    node.came("MO", node.said("MO", operation))
    operation.refresh_from_db()
    assert operation.state == "agreed"
    assert AuditRow.objects.filter(verb="operations.planned").count() == 1


def test_it_does_not_start_before_all_have_agreed(node: Node) -> None:
    operation = services.plan(node.coordinator, node.entry())
    node.came("CN-GD", node.said("CN-GD", operation))
    node.came("MO", node.said("MO", operation, agreed=False))
    with pytest.raises(Refused):
        services.start(node.coordinator, operation)


def test_an_amended_plan_is_agreed_anew(node: Node) -> None:
    operation = services.plan(node.coordinator, node.entry())
    for code in ("CN-GD", "MO"):
        node.came(code, node.said(code, operation))
    later = node.entry(ends_on=operation.ends_on + timedelta(days=1))
    operation = services.amend(node.coordinator, operation, later, reason="one day more")
    assert operation.state == "planned"
    assert [one.has_agreed for one in operation.parties.select_related("operation")] == [True, False, False]


def test_the_coordinator_of_a_part_does_not_plan_for_all(node: Node) -> None:
    with pytest.raises(NotAllowed):
        services.plan(node.people["small"], node.entry())


def test_a_stranger_cannot_take_part(node: Node) -> None:
    with pytest.raises(Refused, match="JP"):
        services.plan(node.coordinator, node.entry(participants=["JP"]))
    assert not Operation.objects.exists()


def test_a_lane_that_cannot_run_is_not_planned(node: Node) -> None:
    broken = lanes.LanePlan(code="L1", names={"en": "x"}, profile="profiles: [{id: x, when: nonsense}]")
    empty = lanes.LanePlan(code="L1", names={"en": "x"})
    for lane in (broken, empty):
        with pytest.raises(Refused):
            services.plan(node.coordinator, node.entry(lanes=[lane]))
    assert not Operation.objects.exists()


def _plan_of_guangdong(node: Node) -> wire.Operation:
    """A plan that Guangdong leads: ours, as another one would have made it."""
    operation = services.plan(node.coordinator, node.entry())
    told = exchanged.plan(operation, operation.parties.all(), operation.lanes.all())
    parties = tuple(
        wire.Participant(administration=code, role=role)
        for code, role in (("CN-GD", wire.Role.LEAD), ("HK", wire.Role.PARTY), ("MO", wire.Role.PARTY))
    )
    operation.delete()
    return replace(told, id=wire.new_id("grouping"), author=wire.identity_of("CN-GD"), participants=parties)


def test_a_plan_of_a_neighbour_runs_here_once_agreed(node: Node) -> None:
    told = _plan_of_guangdong(node)
    node.came("CN-GD", told)
    node.came("CN-GD", told, Arrival.SAME)
    operation = Operation.objects.get()
    assert str(operation.pk) == told.id.partition("--")[2]
    assert list(lanes.provide()) == []
    services.agree(node.coordinator, operation)
    node.came("MO", node.said("MO", operation))
    operation.refresh_from_db()
    assert operation.state == "agreed"
    node.came("CN-GD", told.new_version(exchanged.later(told.modified), phase=wire.Phase.RUNNING), Arrival.LATER)
    [running] = lanes.provide()
    assert [one["id"] for one in yaml.safe_load(running.text)["profiles"]] == ["SLACK-WATER-3/L1", "SLACK-WATER-3/L2"]
    node.came("CN-GD", told.new_version(exchanged.later(told.modified), phase=wire.Phase.CLOSED), Arrival.LATER)
    assert list(lanes.provide()) == []


def test_it_does_not_run_here_without_our_agreement(node: Node) -> None:
    told = _plan_of_guangdong(node)
    node.came("CN-GD", told)
    with pytest.raises(wire.Refused):
        node.came("CN-GD", told.new_version(exchanged.later(told.modified), phase=wire.Phase.RUNNING), Arrival.LATER)
    assert Operation.objects.get().state == "planned"


def test_only_the_lead_makes_new_versions(node: Node) -> None:
    told = _plan_of_guangdong(node)
    node.came("CN-GD", told)
    operation = Operation.objects.get()
    with pytest.raises(wire.Refused):
        node.came("MO", told.new_version(exchanged.later(told.modified), phase=wire.Phase.CANCELLED), Arrival.LATER)
    for deed in (services.start, services.end):
        with pytest.raises(Refused):
            deed(node.coordinator, operation)


def test_an_answer_that_comes_twice_changes_nothing(node: Node) -> None:
    operation = services.plan(node.coordinator, node.entry())
    said = node.said("CN-GD", operation)
    node.came("CN-GD", said)
    node.came("CN-GD", said, Arrival.SAME)
    assert operation.parties.filter(answer="yes").count() == 2
