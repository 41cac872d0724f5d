"""Numbers in the running text of a statement lead to what they count: figures to the board, the others to their
parts and one's own records."""

import re

import pytest
from django.urls import reverse
from tests.node.operations.conftest import Node
from tests.node.operations.test_closing_is_frozen_and_agreed import _closed
from tests.visiting import sign_in

from tidewaiter.node.casework.models import Control
from tidewaiter.node.operations.queries import counted
from tidewaiter.node.targeting.models import SelectedConsignment

LANGUAGES = ("en", "zh-hant", "zh-hans", "pt")


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_the_text_are_links(node: Node, language: str) -> None:
    _operation, statement = _closed(node)
    client = sign_in(node.coordinator)
    client.cookies["django_language"] = language
    page = client.get(reverse("operations:statement", args=[statement.pk]), HTTP_ACCEPT_LANGUAGE=language)
    text = page.content.decode().partition("<h2")[0]
    led = re.findall(r'<b><a href="([^"]+)">', text)
    assert any(".inspections." in one for one in led)
    assert any(".seizures." in one for one in led)
    assert any(".arrests." in one for one in led)
    assert [one for one in led if "/numbers/tips_" in one]


@pytest.mark.parametrize("name", sorted(counted.NAMES))
def test_a_number_shows_its_parts_and_the_records_of_this_node(node: Node, name: str) -> None:
    operation, statement = _closed(node)
    line = SelectedConsignment.objects.create(
        administration="HK", office=node.river, kinds="|random|", origin="random", reference="TWH-7"
    )
    Control.objects.filter(operation_id=operation.pk).update(selection_id=line.pk)
    page = sign_in(node.coordinator).get(reverse("operations:statement_number", args=[statement.pk, name]))
    assert page.status_code == 200
    assert [party for party, _amount in page.context["parts"]] == ["HK", "CN-GD", "MO"]
    labels = [getattr(one, "subject_label", "") for one in page.context["page"]]
    drawn = Control.objects.filter(operation_id=operation.pk)
    if name == "drawn":
        assert labels == [one.subject_label for one in drawn]
    elif name == "drawn_finds":
        assert labels == [one.subject_label for one in drawn.filter(finding="find")]
    else:
        assert labels == []


def test_no_other_number_is_there(node: Node) -> None:
    _operation, statement = _closed(node)
    answer = sign_in(node.coordinator).get(reverse("operations:statement_number", args=[statement.pk, "else"]))
    assert answer.status_code == 404
