"""What a person may not see changes no byte that the person gets: neither on its own page nor in lists and counts."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from tests.addresses import ADDRESSES, about, address
from tests.furnishing import Furnished, furnish_administration, furnish_office, people_only, simulated
from tests.visiting import ask, emptied, pass_of, steady

from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting.models import SelectedConsignment

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
METHODS = ("get", "post")
SHARED = {
    "right", "holder", "peer", "collection", "figure", "office", "operation", "closed", "statement", "report",
    "delivery", "audit_row",
}  # fmt: skip
"""What belongs to the whole administration and not to one office, or whose absence is not told by an id of its own."""

OF_ALL = ("operations:", "board:", "partners:lanes", "health-", "audit:", "ui:gallery")
"""Pages that show what the whole administration did together, and the gallery, which shows the hour. The chain of the
audit log is one for the node, and an auditor of any office is told its length."""

Before = dict[tuple[str, str], tuple[int, bytes]]


def _own_things(key: str) -> bool:
    return bool(about(key)) and not set(about(key)) & SHARED


def _whole_pages() -> list[str]:
    return [key for key in ADDRESSES if not ADDRESSES[key] and not key.startswith(OF_ALL)]


@pytest.fixture(scope="module")
def node(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Furnished, Before]]:
    """The node, and what the people of the other office got before anything of ours stood in it."""
    with emptied(django_db_blocker):
        made = furnish_administration(people_only())
        before: Before = {}
        for role in Role:
            session = pass_of(made.people[f"{role.value}@other"])
            for key in _whole_pages():
                answer = ask("get", reverse(key), session)
                before[role.value, key] = answer.status_code, steady(answer.seen)
        furnish_office(made, simulated(tmp_path_factory.mktemp("world")))
        # The run filled the queues of all control points: here all that was selected is ours.
        SelectedConsignment.objects.filter(office=made.other).update(office=made.own)
        yield made, before


@pytest.mark.parametrize("role", list(Role))
def test_what_is_hidden_answers_like_what_is_not_there(node: tuple[Furnished, Before], role: Role) -> None:
    made, _before = node
    session = pass_of(made.people[f"{role.value}@other"])
    absent = Furnished(made.top, made.own, made.other, made.people, dict(made.things))
    wrong = []
    for key in filter(_own_things, ADDRESSES):
        for name in about(key):
            absent.things[name] = uuid.UUID(int=0x4000_8000_0000_0000_0000 | 7)
        for method in METHODS:
            hidden = ask(method, address(key, made), session)
            missing = ask(method, address(key, absent), session)
            same = (hidden.status_code, steady(hidden.seen, address(key, made))) == (
                missing.status_code, steady(missing.seen, address(key, absent)),
            )  # fmt: skip
            if not same or hidden.status_code == 200:
                wrong.append(f"{method} {key}: hidden {hidden.status_code}, absent {missing.status_code}")
        absent.things.update(made.things)
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_lists_and_counts_are_as_if_it_were_not_there(node: tuple[Furnished, Before], role: Role) -> None:
    made, before = node
    session = pass_of(made.people[f"{role.value}@other"])
    wrong = []
    for key in _whole_pages():
        answer = ask("get", reverse(key), session)
        if (answer.status_code, steady(answer.seen)) != before[role.value, key]:
            wrong.append(key)
    assert wrong == []
