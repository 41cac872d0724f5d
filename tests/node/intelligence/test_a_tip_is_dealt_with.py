"""Acknowledged, passed on, acted on, answered: each step tells the sender by a receipt."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.exchange.objects import Figure, Measure, Status, identity_of
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.intelligence import services
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.partners.models import Receipt
from tidewaiter.node.targeting.models import SelectedConsignment

Arrive = Callable[..., Tip]


@pytest.fixture
def officer(make_person: Callable[..., Person]) -> Person:
    """The officer of the control point."""
    return make_person("officer", "HK-HZMB")


def _given(tip: Tip) -> list[str]:
    return list(
        Receipt.objects.filter(direction="gave", object_id=tip.object_id)
        .order_by("key")
        .values_list("state", flat=True)
    )


def test_of_two_people_one_is_first(arrive: Arrive, officer: Person, make_person: Callable[..., Person]) -> None:
    tip = arrive()
    services.acknowledge(officer, tip)
    with pytest.raises(WrongState):
        services.acknowledge(make_person("officer", "HK-HZMB", "second"), tip)
    tip.refresh_from_db()
    assert tip.acknowledged_by == officer
    assert _given(tip) == ["stored", "acknowledged"]


def test_the_answer_carries_the_result_and_the_credit(arrive: Arrive, officer: Person) -> None:
    tip = arrive()
    figure = Figure(measure=Measure.ITEMS, amount=Decimal(118), unit="H87", status=Status.PROVISIONAL)
    services.act_on(officer, tip)
    services.answer(officer, tip, outcome="find", words="118 bags", reference="HK-2026-01191", figures=[figure])
    tip.refresh_from_db()
    assert (tip.state, tip.result_words) == ("answered", "118 bags")
    before, given = Receipt.objects.filter(direction="gave", state="acted_on").order_by("key")
    assert before.result is None
    assert given.result is not None
    assert given.result["credited"] == identity_of("CN-GD")
    assert given.result["figures"][0]["amount"] == "118"
    assert _given(tip) == ["stored", "acknowledged", "acted_on", "acted_on"]


def test_that_something_is_being_done_is_told_at_once(arrive: Arrive, officer: Person) -> None:
    tip = arrive()
    services.act_on(officer, tip, words="The lorry stands in the hall")
    given = Receipt.objects.get(direction="gave", state="acted_on")
    assert (given.words, given.result, given.office) == ("The lorry stands in the hall", None, "HK-HZMB")


def test_an_answer_without_an_acknowledgement_acknowledges(arrive: Arrive, officer: Person) -> None:
    tip = arrive()
    services.answer(officer, tip, outcome="no_find")
    assert _given(tip) == ["stored", "acknowledged", "acted_on"]


def test_passed_on_it_stands_in_the_other_queue(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    tip = arrive()
    moved = services.pass_on(make_person("intelligence"), tip, Office.objects.get(pk="HK-LO-WU"), words="Not ours")
    assert moved.office_id == "HK-LO-WU"
    assert SelectedConsignment.objects.filter(pk=moved.queue_item).exists()


def test_who_has_no_role_there_may_not(arrive: Arrive, make_person: Callable[..., Person]) -> None:
    with pytest.raises(NotAllowed):
        services.acknowledge(make_person("officer", "HK-LO-WU"), arrive())
    with pytest.raises(NotAllowed):
        services.acknowledge(make_person("auditor"), arrive())
