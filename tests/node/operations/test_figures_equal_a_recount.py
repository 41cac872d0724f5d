"""The grouped count equals casework's own and an independent one in SQL, and unlike things stand apart."""

from decimal import Decimal
from typing import Any

from django.db import connection
from tests.node.operations.conftest import Node

from tidewaiter.consolidation import Measure, total
from tidewaiter.node.casework.queries.figures import Filter
from tidewaiter.node.casework.queries.figures import figures as of_casework
from tidewaiter.node.operations import services
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries import tally
from tidewaiter.node.operations.queries.figures import by_key


def _filled(node: Node) -> Operation:
    operation = node.running()
    for days in (0, 0, 1):
        node.control(operation, days=days)
    node.control(operation, "not_inspectable", at=node.airport)
    node.seizure(operation, [("840", "PR", "suspected"), ("12.5", "KGM", "seized")], [("9600.10", "HKD", "STREET")])
    node.seizure(
        operation, [("30", "H87", "suspected"), ("5", "H87", "returned")],
        [("100.20", "HKD", "STREET"), ("77", "USD", "DECLARED")], at=node.airport, status="confirmed", arrests=2,
    )  # fmt: skip
    node.seizure(operation, [("99", "PR", "suspected")], status="draft")
    other = Operation.objects.create(
        code="OTHER", lead="HK", starts_on=operation.starts_on, ends_on=operation.ends_on, created=operation.created,
        modified=operation.modified, plan_digest="",
    )  # fmt: skip
    node.seizure(other, [("1000", "PR", "suspected")])
    return operation


def test_it_is_what_casework_counts(node: Node) -> None:
    operation = _filled(node)
    ours = {one.figure.key: (one.figure.amount, one.records) for one in tally.count(operation).figures()}
    theirs = of_casework(Filter(operation_id=operation.pk))
    assert ours == {one.figure.key: (one.figure.amount, one.records) for one in theirs}


def test_counting_asks_as_often_for_many_records_as_for_few(node: Node, django_assert_num_queries: Any) -> None:
    operation = _filled(node)
    with django_assert_num_queries(5):
        of_casework(Filter(operation_id=operation.pk))
    for _number in range(5):
        node.seizure(operation, [("1", "H87", "suspected")], [("1", "HKD", "STREET")])
    with django_assert_num_queries(5):
        of_casework(Filter(operation_id=operation.pk))


def test_it_is_what_sql_counts(node: Node) -> None:
    operation = _filled(node)
    counted = by_key(one.figure for one in tally.count(operation).figures())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.unit, l.stage, SUM(l.quantity)"
            " FROM casework_seizureline l JOIN casework_case c ON c.id = l.case_id"
            " WHERE c.number <> 'HK/3' AND c.title = 'Shoes' AND c.number <> 'HK/4' AND l.stage <> 'returned'"
            " GROUP BY l.unit, l.stage"
        )
        rows = cursor.fetchall()
    assert {(unit, stage): Decimal(str(amount)) for unit, stage, amount in rows} == {
        (key[1], key[4]): amount for key, amount in counted.items() if key[0] == "items"
    }
    assert counted["inspections", "", "", "", ""] == 7
    assert counted["finds", "", "", "", ""] == 3
    assert counted["no_finds", "", "", "", ""] == 3
    assert counted["value", "", "STREET", "HKD", "suspected"] == Decimal("9700.30")


def test_unlike_things_are_not_added(node: Node) -> None:
    figures = [one.figure for one in tally.count(_filled(node)).figures()]
    by_measure = {one.measure: one for one in total(figures)}
    assert by_measure[Measure.VALUE].single is None
    assert {one.code for one in by_measure[Measure.VALUE].reasons} >= {"currencies", "bases"}
    assert {one.code for one in by_measure[Measure.ITEMS].reasons} >= {"units", "stages"}


def test_one_office_counts_its_own(node: Node) -> None:
    held = tally.count(_filled(node)).within({node.airport.code})
    counted = by_key(one.figure for one in held.figures())
    assert counted["inspections", "", "", "", ""] == 2
    assert ("items", "PR", "", "", "suspected") not in counted


def test_a_kept_count_is_the_same(node: Node) -> None:
    counted = tally.count(_filled(node))
    assert tally.Tally.from_json(counted.as_json()) == counted


def test_what_is_released_is_what_was_counted(node: Node) -> None:
    operation = _filled(node)
    released = services.release_figures(node.coordinator, operation)
    shown = {(one["measure"], one["unit"], one["stage"], one["status"]): one["amount"] for one in released.figures}
    assert shown["items", "PR", "suspected", "provisional"] == "840"
    assert shown["items", "H87", "suspected", "confirmed"] == "30"
    assert shown["arrests", "", "", "confirmed"] == "2"
    assert released.controls[0] | {"lane": ""} == {
        "inspections": 7, "finds": 3, "no_finds": 3, "not_inspectable": 1, "lane": "", "day": "", "office": "",
    }  # fmt: skip
