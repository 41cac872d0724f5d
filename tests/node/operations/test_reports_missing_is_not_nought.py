"""The daily report: offices to their administration, administrations to each other; who has not reported is named."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.node.operations.conftest import Node, figure, made_by

from tidewaiter.exchange import objects as wire
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.operations import services
from tidewaiter.node.operations.models import Operation, SituationReport
from tidewaiter.node.operations.queries import reporting
from tidewaiter.node.operations.queries.figures import latest_releases, released_figures

Sent = Callable[[str], list[dict[str, Any]]]


def _tasked(node: Node) -> Operation:
    operation = node.running()
    for at in (node.river, node.airport):
        services.task(node.coordinator, operation, at, title="Look", instructions="At lane 1.", lanes=["L1"])
    return operation


def test_an_office_that_has_not_reported_is_named(node: Node) -> None:
    operation = _tasked(node)
    day = operation.starts_on
    services.report_office(node.people["officer"], operation, node.river, day, words="quiet")
    by_party = {one.party: one for one in reporting.reported(operation, day, ["HK", "CN-GD", "MO"])}
    assert by_party["HK"].done == 1
    assert by_party["HK"].missing == (node.airport,)
    assert by_party["CN-GD"].at is None


def test_a_released_report_holds_the_day_and_the_offices_that_reported(node: Node, sent: Sent) -> None:
    operation = _tasked(node)
    day = operation.starts_on
    node.control(operation)
    node.control(operation, at=node.airport)
    node.control(operation, days=1)
    services.report_office(node.people["officer"], operation, node.river, day)
    services.release_report(node.coordinator, operation, day, words="first day")
    [report] = sent("situation_report")
    held = wire.read_as(wire.SituationReport, report)
    assert held.controls[0].inspections == 2
    assert [one.office for one in held.controls if one.office] == ["HK-RIVER-TRADE"]
    [released] = sent("released_figures")
    assert wire.read_as(wire.ReleasedFigures, released).controls[0].inspections == 3


def test_released_again_it_is_a_version_of_the_same(node: Node, sent: Sent) -> None:
    operation = _tasked(node)
    for words in ("first", "second"):
        services.release_report(node.coordinator, operation, operation.starts_on, words=words)
    first, second = sent("situation_report")
    assert first["id"] == second["id"]
    assert first["modified"] < second["modified"]
    assert first["created"] == second["created"]
    assert SituationReport.objects.filter(office=None).count() == 1


def test_a_neighbours_report_is_taken_once(node: Node) -> None:
    operation = _tasked(node)
    told = wire.SituationReport(
        id=wire.new_id("report"), **made_by("MO"), operation=operation.object_id, title="MO", at=wire.now(),
        day=operation.starts_on, cut_off=wire.to_the_millisecond(operation.cut_off_of(operation.starts_on)),
        status=wire.Status.PROVISIONAL, figures=(figure("seizures", "2", wire.Status.PROVISIONAL),),
    )  # fmt: skip
    node.came("MO", told)
    node.came("MO", told, Arrival.SAME)
    [report] = SituationReport.objects.filter(administration="MO")
    assert report.figures[0]["amount"] == "2"


def test_what_was_never_released_is_not_a_nought(node: Node) -> None:
    operation = _tasked(node)
    node.came("CN-GD", node.figures("CN-GD", operation))
    releases = latest_releases(operation)
    assert released_figures(operation, "CN-GD", releases.get("CN-GD")).as_of is not None
    macao = released_figures(operation, "MO", releases.get("MO"))
    assert macao.as_of is None
    assert macao.counted == ()


def test_a_stranger_to_the_operation_reports_nothing(node: Node) -> None:
    operation = node.running()
    operation.parties.filter(administration="MO").delete()
    with pytest.raises(wire.Refused):
        node.came("MO", node.figures("MO", operation))


def test_no_day_but_those_of_the_operation(node: Node) -> None:
    operation = _tasked(node)
    for day in (operation.starts_on - timedelta(days=1), operation.today() + timedelta(days=1)):
        with pytest.raises(Refused):
            services.release_report(node.coordinator, operation, day)


def test_who_may_report_and_release(node: Node) -> None:
    operation = _tasked(node)
    with pytest.raises(NotAllowed):
        services.report_office(node.people["officer"], operation, node.airport, operation.starts_on)
    for name in ("officer", "small", "analyst", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            services.release_report(node.people[name], operation, operation.starts_on)


def test_a_task_is_acknowledged_by_its_office(node: Node) -> None:
    operation = _tasked(node)
    tasking = operation.taskings.get(office=node.river)
    with pytest.raises(NotAllowed):
        services.acknowledge(node.people["elsewhere"], tasking)
    services.acknowledge(node.people["officer"], tasking)
    assert services.acknowledge(node.people["officer"], tasking).acknowledged_by == node.people["officer"]
