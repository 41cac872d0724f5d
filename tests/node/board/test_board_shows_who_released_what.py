"""The board: own figures live, the others' as released, what is missing said so, every figure with its records."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.node.operations.conftest import Node
from tests.visiting import sign_in

from tidewaiter.node.board import services
from tidewaiter.node.live.models import Event
from tidewaiter.node.operations.models import Operation


def _signed_in(node: Node, name: str, language: str = "en") -> Client:
    person = node.people[name]
    person.language = language
    person.save()
    return sign_in(person)


def _filled(node: Node) -> Operation:
    operation = node.running()
    node.control(operation)
    node.seizure(operation, [("840", "PR", "suspected")], [("9600.10", "HKD", "STREET")])
    node.seizure(operation, [("5", "H87", "suspected")], [], at=node.airport)
    node.came("CN-GD", node.figures("CN-GD", operation))
    return operation


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "pt", "zh-hant-mo"])
def test_it_answers_in_every_language(node: Node, language: str) -> None:
    operation = _filled(node)
    client = _signed_in(node, "coordinator", language)
    for name, parts in (("board:board", []), ("board:tables_of", [operation.pk])):
        answer = client.get(reverse(name, args=parts))
        assert answer.status_code == 200
        assert "style=" not in answer.content.decode()


def test_what_was_not_released_is_not_a_nought(node: Node) -> None:
    operation = _filled(node)
    page = _signed_in(node, "coordinator").get(reverse("board:tables_of", args=[operation.pk])).content.decode()
    row = re.search(r'data-admin="MO">.*?</tr>', page, re.DOTALL)
    assert row is not None
    assert "not reported" in row.group(0)
    assert not re.search(r">0<", row.group(0))


def test_unlike_values_have_no_total(node: Node) -> None:
    operation = _filled(node)
    page = _signed_in(node, "coordinator").get(reverse("board:operation", args=[operation.pk])).content.decode()
    assert "tw-nosum" in page
    assert "2 currencies, 2 value bases" in page
    assert "97,600" not in page


def test_who_reaches_one_office_sees_its_figures_alone(node: Node) -> None:
    operation = _filled(node)
    csv = _signed_in(node, "elsewhere").get(reverse("board:csv", args=[operation.pk])).content.decode()
    assert "HK,inspections,1," in csv
    assert "HK,items,840" not in csv
    assert "CN-GD,inspections,90," in csv
    whole = _signed_in(node, "coordinator").get(reverse("board:csv", args=[operation.pk])).content.decode()
    assert "HK,inspections,3," in whole


def test_a_figure_opens_the_records_that_it_counts(node: Node) -> None:
    operation = _filled(node)
    client = _signed_in(node, "coordinator")
    page = client.get(reverse("board:operation", args=[operation.pk])).content.decode()
    links = set(re.findall(r'href="(/board/[^"]*/figures/[^"]+/)"', page))
    assert len(links) >= 8
    for link in links:
        assert client.get(link).status_code == 200, link
    pairs = next(link for link in links if "HK.items.PR" in link)
    assert "HK/1/1" in client.get(pairs).content.decode()
    assert "HK/1/1" not in _signed_in(node, "elsewhere").get(pairs).content.decode()


def test_a_sum_opens_the_part_of_each_party(node: Node) -> None:
    operation = _filled(node)
    client = _signed_in(node, "coordinator")
    page = client.get(reverse("board:operation", args=[operation.pk])).content.decode()
    [pairs] = set(re.findall(r'href="(/board/[^"]*/figures/_\.items\.PR[^"]+)"', page))
    parts = client.get(pairs).content.decode()
    assert "HK.items.PR._._.suspected.provisional" in parts
    assert "CN-GD.items.PR._._.suspected.provisional" in parts
    assert "840" in parts
    assert "1,200" in parts
    # Who reaches one office sees of one's own part what lies there.
    assert "HK.items.PR" not in _signed_in(node, "elsewhere").get(pairs).content.decode()


def test_provisional_and_final_parts_both_stand_behind_a_number(node: Node) -> None:
    operation = _filled(node)
    node.seizure(operation, [("7", "H87", "suspected")], status="confirmed")
    client = _signed_in(node, "coordinator")
    services.current(operation, fresh=True)
    page = client.get(reverse("board:operation", args=[operation.pk])).content.decode()
    for party in ("_", "HK"):
        [address] = set(re.findall(rf'href="(/board/[^"]*/figures/{party}\.seizures[^"]*all=1)"', page))
        parts = client.get(address).content.decode()
        assert "HK.seizures._._._._.provisional" in parts
        assert "HK.seizures._._._._.final" in parts
        assert ("CN-GD.seizures" in parts) == (party == "_")


def test_targeted_finds_stand_beside_those_of_the_random_share(node: Node) -> None:
    operation = _filled(node)
    page = _signed_in(node, "coordinator").get(reverse("board:operation", args=[operation.pk])).content.decode()
    assert "targeted: 7 of 83" in page
    assert "random share: 1 of 10" in page
    address = re.search(r'href="(/board/[^"]*/figures/_\.finds[^"]*)"', page)
    assert address is not None


def test_it_moves_when_something_happens(node: Node) -> None:
    operation = _filled(node)
    before = services.current(operation, fresh=True)
    assert services.current(operation).at == before.at
    node.control(operation)
    Event.objects.create(topic="casework.control", object_type="casework.control", object_id="x")
    assert services.is_behind(before)
    before.at, before.seconds = before.at - 2 * services.LEAST, 0.0
    before.save()
    after = services.current(operation)
    assert sum(one["count"] for one in after.content["tally"]["controls"]) == 4


def test_without_an_operation_it_says_what_to_do(node: Node) -> None:
    assert _signed_in(node, "coordinator").get(reverse("board:board")).status_code == 200


def test_an_unknown_figure_is_not_there(node: Node) -> None:
    operation = _filled(node)
    client = _signed_in(node, "coordinator")
    for code in ("x", "HK.items._._._.suspected.final", "JP.inspections._._._._.final"):
        assert client.get(reverse("board:figure", args=[operation.pk, code])).status_code == 404


def test_the_number_of_queries_does_not_grow(node: Node, django_assert_max_num_queries: object) -> None:
    operation = _filled(node)
    services.current(operation, fresh=True)
    client = _signed_in(node, "coordinator")
    url = reverse("board:operation", args=[operation.pk])
    with django_assert_max_num_queries(QUERIES):  # type: ignore[operator]
        client.get(url, headers={"HX-Request": "true"})
    for _ in range(5):
        node.control(operation)
    services.current(operation, fresh=True)
    with django_assert_max_num_queries(QUERIES):  # type: ignore[operator]
        client.get(url, headers={"HX-Request": "true"})


QUERIES = 24
"""Of the tiles, session and person included."""
