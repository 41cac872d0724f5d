"""The list of cases is narrowed by words as the search finds them, page by page, and says when it holds the latest
alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Case
from tidewaiter.node.casework.queries import cases as reading
from tidewaiter.node.casework.views import cases as view

from .conftest import World

Enter = Callable[[Person], Client]


def numbers(world: World, words: str) -> set[str]:
    seen = Case.objects.visible_to(world.case_officer)
    return set(seen.in_words(words, world.case_officer)[0].values_list("number", flat=True))


def test_a_case_is_found_by_number_and_words_and_no_other_is(world: World) -> None:
    first, second = world.case(mark="Velmora 威摩拉"), world.case(mark="Ostrane")
    assert numbers(world, "velmora") == numbers(world, "Velm") == numbers(world, "威摩拉") == {first.number}
    assert numbers(world, second.number) == {second.number}
    assert numbers(world, "velmora ostrane") == numbers(world, "·") == set()


def test_the_latest_alone_are_told_to_be_so(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [world.case(mark="Velmora") for _ in range(3)]
    for module in (reading, view):
        monkeypatch.setattr(module, "MOST_IN_WORDS", 2)
    html = enter(world.case_officer).get(reverse("casework:cases"), {"q": "velmora"}).content.decode()
    assert "2 of the latest 2 cases with these words" in html
    latest = Case.objects.order_by("-opened_at", "-id").values_list("number", flat=True)[:2]
    assert {one.number for one in made if one.number in html} == set(latest)


def test_pages_follow_one_another(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {world.case().number for _ in range(3)}
    monkeypatch.setattr(view, "PAGE", 2)
    browser, address = enter(world.case_officer), reverse("casework:cases")
    first, second = (browser.get(address, {"page": number}).content.decode() for number in (1, 2))
    on_first, on_second = ({number for number in made if number in html} for html in (first, second))
    assert (len(on_first), len(on_second)) == (2, 1)
    assert on_first | on_second == made
