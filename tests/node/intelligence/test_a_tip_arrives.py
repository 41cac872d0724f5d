"""A neighbour's tip reaches the desk, the duty officer and the queue at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tidewaiter.exchange.objects import Asked, Handling, Place, Tlp, now
from tidewaiter.exchange.signing import SigningKey
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.intelligence.models import DutyShift, Tip
from tidewaiter.node.live.models import Event
from tidewaiter.node.search.models import SearchEntry
from tidewaiter.node.targeting.models import SelectedConsignment

Arrive = Callable[..., Tip]


def test_it_stands_at_the_desk_that_it_names_and_in_its_queue(arrive: Arrive) -> None:
    tip = arrive()
    assert (tip.state, tip.office_id, tip.peer_id, tip.direction) == ("delivered", "HK-HZMB", "CN-GD", "in")
    line = SelectedConsignment.objects.get(pk=tip.queue_item)
    assert (line.office_id, line.tip, line.reference, line.status) == ("HK-HZMB", tip.number, "粤Z·M208港", "expected")
    assert "Lorry with watches" in line.reasons[0]["texts"]["en"]
    assert AuditRow.objects.filter(verb="intelligence.tip_arrived").count() == 1
    assert SearchEntry.objects.filter(object_type="intelligence.tip").count() == 1


def test_the_desk_hears_of_it(arrive: Arrive) -> None:
    tip = arrive()
    event = Event.objects.get(topic="tips", object_id=str(tip.pk))
    assert set(event.audience["offices"]) == {"HK", "HK-HZMB"}


def test_whoever_is_on_duty_at_the_desk_or_above_it_has_it(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    above = make_person("intelligence")
    here = make_person("officer", "HK-HZMB")
    at = timezone.now()
    for person, office in ((above, "HK"), (here, "HK-HZMB")):
        DutyShift.objects.create(office_id=office, person=person, starts_at=at, ends_at=at + timedelta(hours=8))
    assert arrive().duty_person == here
    assert arrive(where=Place(administration="HK", office="HK-LO-WU")).duty_person == above


def test_an_office_that_is_not_ours_leaves_it_at_the_top(arrive: Arrive) -> None:
    tip = arrive(where=Place(administration="MO", office="MO-NOWHERE"))
    assert (tip.office_id, tip.queue_item) == ("HK", None)


def test_for_information_makes_no_work(arrive: Arrive) -> None:
    assert arrive(asked=Asked.INFORM).queue_item is None


def test_a_red_tip_is_seen_by_whom_it_is_for(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    at = now()
    tip = arrive(handling=Handling(tlp=Tlp.RED, expires=at + timedelta(hours=1)))
    officer, liaison = make_person("officer", "HK-HZMB"), make_person("intelligence")
    assert not Tip.objects.visible_to(officer).exists()
    assert Tip.objects.visible_to(liaison).get() == tip


def test_another_office_sees_nothing(arrive: Arrive, make_person: Callable[..., Person], browser: Any) -> None:
    tip = arrive()
    stranger = make_person("officer", "HK-LO-WU")
    assert not Tip.objects.visible_to(stranger).exists()
    assert browser(stranger).get(tip.get_absolute_url()).status_code == 404


def test_a_neighbour_cannot_touch_a_tip_of_ours(draft: Callable[..., Tip], gd_key: SigningKey, arrive: Arrive) -> None:
    ours = draft()
    before = Tip.objects.count()
    try:
        arrive(id=f"indicator--{ours.pk}")
    except Tip.DoesNotExist:
        raise AssertionError("ours has gone") from None
    ours.refresh_from_db()
    assert (Tip.objects.count(), ours.direction, ours.title) == (before, "out", "Parcel with bags")
