"""Cases, lines, values, custody, disposal and clocks: what may follow what, by whom, and what is never changed."""

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.models import AuditPayload, AuditRow
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import ArrestedPerson, Case, CaseClock, CustodyEvent
from tidewaiter.node.casework.models.exhibits import Fixed
from tidewaiter.node.casework.queries import figures as counting
from tidewaiter.node.casework.queries import page
from tidewaiter.node.search.models import SearchEntry

from .conftest import World, make_office, make_person


def test_numbers_have_no_gap_when_a_case_fails(world: World) -> None:
    first = world.case()
    with pytest.raises(Refused):
        services.open_case(
            world.case_officer, office=world.office, title="x", detected_at=timezone.now() + timedelta(days=1)
        )
    assert [first.serial, world.case().serial] == [1, 2]


def test_each_office_counts_for_itself(world: World) -> None:
    world.case()
    other = services.open_case(world.outsider, office=world.other, title="x", detected_at=timezone.now())
    assert other.number.startswith("HK-RIVER-TRADE-")
    assert other.serial == 1


def test_a_case_moves_as_its_machine_says(world: World) -> None:
    case = world.case()
    with pytest.raises(NotAllowed):
        services.change_case(world.officer, case, "investigate")
    case = services.change_case(world.case_officer, case, "investigate")
    with pytest.raises(WrongState):
        services.change_case(world.case_officer, case, "decide")
    case = services.change_case(world.case_officer, case, "decide", reason="fakes")
    case = services.change_case(world.case_officer, case, "close")
    assert case.closed_at is not None
    with pytest.raises(Refused):
        services.add_line(world.case_officer, case, category="footwear")
    assert AuditRow.objects.filter(verb="casework.case_moved", object_id=str(case.pk)).count() == 3


def test_values_stand_beside_each_other_and_never_add_up(world: World) -> None:
    line = world.line()
    given = {"method": "shop price", "valued_on": date(2026, 11, 20)}
    for basis, currency, amount in (("STREET", "HKD", "10"), ("STREET", "CNY", "9"), ("MSRP", "HKD", "99.50")):
        services.add_value(world.case_officer, line, basis=basis, currency=currency, amount=Decimal(amount), **given)
    services.add_value(world.case_officer, line, basis="STREET", currency="HKD", amount=Decimal(12), **given)
    found = page.whole(world.case_officer, line.case_id)
    assert found is not None
    sums = page.sums(found.lines.all())
    assert {(one.basis, one.currency): one.amount for one in sums} == {
        ("STREET", "HKD"): 12, ("STREET", "CNY"): 9, ("MSRP", "HKD"): Decimal("99.50"),
    }  # fmt: skip
    assert page.unlike(sums) == (2, 2, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"currency": "ZZZ"}, "currency"),
        ({"amount": Decimal("1.005")}, "amount"),
        ({"valued_on": timezone.localdate() + timedelta(days=2)}, "valued_on"),
    ],
)
def test_a_wrong_value_is_refused(world: World, wrong: dict[str, object], field: str) -> None:
    values = {
        "basis": "STREET", "currency": "HKD", "amount": Decimal(1), "method": "m", "valued_on": timezone.localdate(),
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        services.add_value(world.case_officer, world.line(), **{**values, **wrong})  # type: ignore[arg-type]
    assert refused.value.field == field


def test_custody_is_told_step_by_step_and_never_changed(world: World) -> None:
    exhibit = services.add_exhibit(world.officer, world.case(), description="shoe", place="bay 2", seal_number="S 1")
    exhibit = services.record_custody(world.officer, exhibit, "store", place="B2-14")
    with pytest.raises(WrongState):
        services.record_custody(world.officer, exhibit, "seal", place="B2-14", seal_number="S 2")
    exhibit = services.record_custody(world.officer, exhibit, "open", place="lab", reason="for the examiner")
    assert exhibit.seal_number == ""
    with pytest.raises(Refused):
        services.record_custody(world.officer, exhibit, "seal", place="lab")
    assert [one.action for one in exhibit.custody.all()] == ["collect", "seal", "store", "open"]
    event = exhibit.custody.first()
    assert event is not None
    event.place = "elsewhere"
    for forbidden in (event.save, event.delete, CustodyEvent.objects.all().delete):
        with pytest.raises(Fixed):
            forbidden()


def test_the_database_refuses_to_change_custody(world: World) -> None:
    services.add_exhibit(world.officer, world.case(), description="shoe", place="bay 2")
    statements = ["UPDATE casework_custodyevent SET place = 'x'", "DELETE FROM casework_custodyevent"]
    if connection.vendor == "postgresql":
        statements.append("TRUNCATE casework_custodyevent CASCADE")
        connection.check_constraints()  # what waits for the end of the transaction would refuse it first
    for statement in statements:
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_proposed_a_disposal_does_not_approve_it(world: World) -> None:
    disposal = services.propose_disposal(world.case_officer, world.case(), outcome="destroyed")
    with pytest.raises(NotAllowed):
        services.change_disposal(world.case_officer, disposal, "approve")
    disposal = services.change_disposal(world.second, disposal, "approve")
    with pytest.raises(Refused):
        services.change_disposal(world.second, disposal, "carry_out", carried_out_on=timezone.localdate())
    disposal = services.change_disposal(
        world.second, disposal, "carry_out", carried_out_on=timezone.localdate(), witness="NG P, audit"
    )
    assert disposal.state == "carried_out"


def test_hong_kong_runs_no_clock(world: World) -> None:
    case = world.case()
    services.record_event(world.case_officer, case, kind="notice_served", day=date(2026, 11, 2), proof="EMS 1")
    assert not CaseClock.objects.exists()
    assert page.clocks_today(case)[0].code == "HK.CASE.NO_DAY_COUNT"


@pytest.fixture
def mainland(world: World) -> Case:
    office = make_office("CN-GD-SHENZHEN", make_office("CN-GD"))
    person = make_person("he.jun", office, *("officer", "case_officer"))
    world.made["person"] = person
    return services.open_case(person, office=office, title="shoes", detected_at=timezone.now())


def test_a_clock_of_the_mainland_starts_from_proven_service(world: World, mainland: Case) -> None:
    person = mainland.opened_by
    with pytest.raises(Refused) as refused:
        services.record_event(person, mainland, kind="notice_served", day=date(2026, 3, 2))
    assert refused.value.field == "proof"
    event = services.record_event(person, mainland, kind="notice_served", day=date(2026, 3, 2), proof="EMS 12")
    clock = CaseClock.objects.get()
    assert (clock.code, clock.due) == ("CN.REG395.A16.RH_REPLY", date(2026, 3, 5))
    assert CaseClock.objects.all().next_for(person) == clock
    assert CaseClock.objects.all().next_for(world.officer) is None
    services.void_event(person, event, reason="another case")
    assert not CaseClock.objects.exists()


def test_names_are_read_by_case_officers_alone_and_each_reading_is_audited(world: World) -> None:
    case = world.case()
    services.add_person(world.case_officer, case, name="CHAN SECRET", arrested_on=timezone.localdate())
    assert Case.objects.get(pk=case.pk).arrests == 1
    with pytest.raises(NotAllowed):
        services.read_persons(world.officer, case)
    assert [one.name for one in services.read_persons(world.second, case)] == ["CHAN SECRET"]
    assert AuditRow.objects.filter(verb="casework.persons_read", actor=world.second).count() == 1
    assert not ArrestedPerson.objects.visible_to(world.officer).exists()
    assert not any("SECRET" in body for body in AuditPayload.objects.values_list("body", flat=True))
    assert not any("SECRET" in text.upper() for text in SearchEntry.objects.values_list("shadow", flat=True))


def test_figures_name_the_records_that_they_count(world: World) -> None:
    operation = uuid.uuid4()
    line = world.line(operation_id=operation)
    world.control(finding="no_find", operation_id=operation)
    world.control(finding="no_find")
    value = {"method": "shop", "valued_on": timezone.localdate()}
    services.add_value(world.case_officer, line, basis="STREET", currency="HKD", amount=Decimal(500), **value)
    found = {
        (one.figure.key.measure.value, one.figure.key.unit, one.figure.key.basis): (one.figure.amount, one.records)
        for one in counting.figures(counting.Filter(operation_id=operation))
    }
    assert found["inspections", "", ""][0] == 2
    assert found["no_finds", "", ""] == (1, 1)
    assert found["seizures", "", ""] == (1, 1)
    assert found["items", "PR", ""] == (840, 1)
    assert found["value", "", "STREET"] == (500, 1)
    services.void_line(world.case_officer, line, reason="another case")
    left = {one.figure.key.measure.value for one in counting.figures(counting.Filter(operation_id=operation))}
    assert left == {"inspections", "finds", "no_finds"}
