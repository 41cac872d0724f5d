"""Unacknowledged it climbs by set times; acknowledged it does not; at the end it expires."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.intelligence import services
from tidewaiter.node.intelligence.models import DutyShift, EscalationStep, Tip
from tidewaiter.node.intelligence.services import climbing
from tidewaiter.node.partners.models import OutboxObject, Receipt
from tidewaiter.node.targeting.models import SelectedConsignment

Arrive = Callable[..., Tip]


def _later(tip: Tip, seconds: int) -> None:
    """As if so many seconds had passed."""
    tip.refresh_from_db()
    shift = timedelta(seconds=seconds)
    climbs = None if tip.climbs_at is None else tip.climbs_at - shift
    Tip.objects.filter(pk=tip.pk).update(
        arrived_at=tip.arrived_at - shift, climbs_at=climbs, expires_at=tip.expires_at - shift
    )


def test_it_reaches_the_duty_officer_the_coordinator_and_the_sender(
    arrive: Arrive, make_person: Callable[..., Person]
) -> None:
    coordinator = make_person("coordinator")
    tip = arrive()
    officer = make_person("officer", "HK-HZMB")
    at = timezone.now()
    DutyShift.objects.create(office_id="HK-HZMB", person=officer, starts_at=at, ends_at=at + timedelta(hours=8))
    assert climbing.climb() == 0
    _later(tip, 121)
    assert climbing.climb() == 1
    _later(tip, 180)
    assert climbing.climb() == 1
    _later(tip, 300)
    assert climbing.climb() == 1
    assert climbing.climb() == 0
    told = list(tip.events.filter(kind__in=("climbed", "sender_told")).order_by("id").values_list("target", "words"))
    assert told == [("duty_officer", officer.name), ("coordinator", coordinator.name), ("sender", "")]
    tip.refresh_from_db()
    assert (tip.duty_person, tip.climbs_at) == (officer, None)
    assert Receipt.objects.get(direction="gave", state="unacknowledged").office == "HK-HZMB"
    assert OutboxObject.objects.get().kind == "receipt"


def test_an_acknowledged_one_climbs_no_further(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    tip = arrive()
    services.acknowledge(make_person("officer", "HK-HZMB"), tip)
    _later(tip, 3600)
    assert climbing.climb() == 0


def test_own_times_hold(arrive: Arrive) -> None:
    EscalationStep.objects.create(target="duty_officer", after_seconds=10)
    tip = arrive()
    _later(tip, 11)
    assert climbing.climb() == 1


def test_times_in_disorder_are_refused(make_person: Callable[..., Person]) -> None:
    with pytest.raises(Refused):
        services.set_times(
            make_person("coordinator"), {"queue": 0, "duty_officer": 300, "coordinator": 60, "sender": 600}
        )


def test_it_expires_and_cannot_be_acted_on(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    tip = arrive()
    _later(tip, 9 * 3600)
    assert climbing.expire() == 1
    assert climbing.expire() == 0
    line = SelectedConsignment.objects.get(pk=tip.queue_item)
    assert line.state not in ("waiting", "taken")
    assert tip.number in line.release_reason
    with pytest.raises(WrongState):
        services.act_on(make_person("officer", "HK-HZMB"), tip)
