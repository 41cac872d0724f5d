"""Lanes are profiles of our language that count from the start to the end of the operation, and not a moment longer."""

import yaml
from tests.node.operations.conftest import Node

from tidewaiter.node.operations import lanes, services
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.targeting import criteria
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.screening.profiles import Profiles


def test_they_are_live_from_the_start_to_the_end(node: Node) -> None:
    operation = services.plan(node.coordinator, node.entry())
    assert list(lanes.provide()) == []
    for code in ("CN-GD", "MO"):
        node.came(code, node.said(code, operation))
    assert list(lanes.provide()) == []
    operation = services.start(node.coordinator, operation)
    [live] = lanes.provide()
    assert dict(live.lanes) == {"SLACK-WATER-3/L1": "SLACK-WATER-3 L1", "SLACK-WATER-3/L2": "SLACK-WATER-3 L2"}
    profiles, problems = Profiles.read(live.text.encode(), "lanes", operation.today())
    assert [one.id for one in profiles.running] == ["SLACK-WATER-3/L1", "SLACK-WATER-3/L2"]
    assert problems == []
    services.end(node.coordinator, operation)
    assert list(lanes.provide()) == []


def test_screening_asks_for_them() -> None:
    assert criteria._providers["operations"] is lanes.provide


def test_a_lane_says_what_the_plan_says() -> None:
    plan = lanes.LanePlan(
        code="L1", names={"en": "Shoes {to} Europe", "pt": "Calçado"}, regions=["europe"], modes=[3], courier=False,
        categories=["footwear"], control_points=["HK-RIVER-TRADE"],
    )  # fmt: skip
    from datetime import date

    [profile] = yaml.safe_load(lanes.written(plan, "OP-1", date(2026, 5, 1), date(2026, 5, 12)))["profiles"]
    assert profile["valid"] == {"from": date(2026, 5, 1), "until": date(2026, 5, 12)}
    conditions = profile["when"]["all"]
    assert {"field": "mode", "in": [3]} in conditions
    assert {"field": "courier", "is": False} in conditions
    assert {"field": "office", "in": ["HK-RIVER-TRADE"]} in conditions
    assert "64" in conditions[3]["item"]["prefix"]
    assert profile["sentence"]["en"] == "Focus lane of operation OP-1: Shoes (to) Europe"


def test_a_run_sets_aside_what_the_plan_says(node: Node) -> None:
    operation = node.running()
    Operation.objects.filter(pk=operation.pk).update(capacity_percent=30)
    gathered = criteria.gather(ScreeningRun(office=node.river))
    [aside] = gathered.set_aside
    assert (aside.name, aside.share) == ("SLACK-WATER-3", 0.3)
    assert aside.rules == {"SLACK-WATER-3/L1", "SLACK-WATER-3/L2"}
    assert [one["percent"] for one in gathered.described["sets"]] == [30]
    services.end(node.coordinator, Operation.objects.get(pk=operation.pk))
    assert criteria.gather(ScreeningRun(office=node.river)).set_aside == ()
