"""A control is a full record with or without a find, and is stored once however often it is sent."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case, Control
from tidewaiter.node.live.models import Event
from tidewaiter.node.targeting.models import SelectedConsignment

from .conftest import World


def test_a_no_find_is_a_full_record(world: World) -> None:
    control = world.control(finding="no_find", no_find_as="as_declared", category="footwear", quantity=Decimal(5))
    control.refresh_from_db()
    assert (control.finding, control.kind, control.extent, control.no_find_as) == (
        "no_find", "physical", "part", "as_declared",
    )  # fmt: skip
    assert control.officer == world.officer
    assert (control.category, control.quantity) == ("", None)
    assert not Case.objects.exists()
    assert AuditRow.objects.filter(verb="casework.control_recorded", object_id=str(control.pk)).count() == 1
    assert Event.objects.filter(topic="casework.control").count() == 1


@pytest.mark.parametrize("subject", ["consignment", "vehicle", "passenger", "shop", "premises"])
def test_every_subject_needs_no_declaration(world: World, subject: str) -> None:
    assert world.control(subject=subject, subject_label="x 1", references=(), finding="no_find").subject == subject


def test_a_find_opens_a_case_with_a_suspected_line(world: World) -> None:
    case = world.case(right=world.right)
    line = case.lines.get()
    assert case.number == f"HK-HZMB-{timezone.localdate().year}-00001"
    assert (line.quantity, line.unit, line.stage, line.right) == (840, "PR", "suspected", world.right)
    assert case.status == "provisional"


def test_the_same_record_again_gives_the_same_control(world: World) -> None:
    entry = world.entry()
    first, new = services.record_control(world.officer, entry)
    again, new_again = services.record_control(world.officer, entry)
    assert (new, new_again) == (True, False)
    assert first == again
    assert Control.objects.count() == Case.objects.count() == 1
    assert AuditRow.objects.filter(verb="casework.control_recorded").count() == 1


def test_another_persons_record_is_not_given_away(world: World) -> None:
    entry = world.entry()
    services.record_control(world.officer, entry)
    with pytest.raises(NotAllowed):
        services.record_control(world.case_officer, entry)


def test_another_office_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        services.record_control(world.officer, world.entry(office=world.other))
    assert not Control.objects.exists()


@pytest.mark.parametrize(
    ("missing", "field"), [({"quantity": None}, "quantity"), ({"unit": ""}, "quantity"), ({"category": ""}, "category")]
)
def test_a_find_says_how_many_of_what(world: World, missing: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        services.record_control(world.officer, world.entry(**missing))
    assert refused.value.field == field


def test_half_a_pair_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        services.record_control(world.officer, world.entry(quantity=Decimal("1.5")))


def test_a_wrong_clock_of_a_phone_refuses_nothing(world: World) -> None:
    later = timezone.now() + timedelta(days=3)
    control = world.control(began_at=later, recorded_at=later + timedelta(minutes=5))
    assert control.began_at <= control.recorded_at <= timezone.now()


def test_references_are_found_however_they_are_written(world: World) -> None:
    control = world.control(references=[{"type": "house_bill", "value": "7714 0926 335"}])
    assert Control.objects.all().with_reference("77140926-335").get() == control
    assert Control.objects.all().with_reference("粤Z K417港").get() == control
    assert not Control.objects.all().with_reference("  ").exists()


def test_visible_in_ones_own_offices_alone(world: World) -> None:
    control = world.control()
    assert Control.objects.visible_to(world.officer).get() == control
    assert not Control.objects.visible_to(world.outsider).exists()


def test_client_ids_are_unique_in_the_database(world: World) -> None:
    one = world.control(client_id=uuid.uuid4())
    with pytest.raises(Exception, match=r"(?i)unique"):
        Control.objects.filter(pk=world.control().pk).update(client_id=one.client_id)


def test_a_queue_item_that_is_not_there_is_told_and_the_record_stands(world: World) -> None:
    control = world.control(selection_id=uuid.uuid4(), finding="no_find")
    control.refresh_from_db()
    assert control.selection is None
    assert control.not_free


def test_a_queue_item_of_another_office_is_not_marked(world: World) -> None:
    item = SelectedConsignment.objects.create(
        administration="HK", office=world.other, reference="ZK417", reference_type="plate", references=[]
    )
    control = world.control(selection_id=item.pk, finding="no_find")
    item.refresh_from_db()
    assert control.not_free
    assert item.state == "waiting"
