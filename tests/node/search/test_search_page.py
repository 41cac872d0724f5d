"""The page and the suggestions of the one box."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from tidewaiter.node.accounts import sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(world):
    """The browser of somebody who has signed in."""
    request = HttpRequest()
    request.session = SessionStore()
    sessions.begin(request, world.people["river"])
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def words(response):
    """The text of the main part, without markup."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_nobody_searches_who_is_not_signed_in(db):
    for path in ("/search/?q=bag", "/search/suggest?q=bag"):
        answer = Client().get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/sign-in/")


def test_an_empty_box_says_what_can_be_typed(client):
    answer = client.get("/search/")
    assert answer.status_code == 200
    assert "What are you looking for?" in words(answer)
    assert "house bill" in words(answer)


def test_a_list_shows_what_was_found(client, world, make_lake):
    bill = {"references": [{"type": "house_bill", "value": "TWH-0017"}], "office": "HK-RIVER-TRADE"}
    make_lake(bill, bill)
    world.add("Case 5", summary="twh 0017 <b>檢獲</b>")
    text = words(client.get("/search/", {"q": " TWH-0017 "}))
    assert "3 results for TWH-0017" in text
    assert text.index("House bill") < text.index("Case 5")
    assert "&lt;b&gt;檢獲" in text


def test_a_scanned_reference_leads_to_its_record(client, world):
    made = world.add("HK-2026/0017")
    answer = client.get("/search/", {"q": "HK20260017"})
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{made.pk}/")
    assert client.get("/search/", {"q": "HK20260017", "list": "1"}).status_code == 200


def test_nothing_found_says_what_to_do(client, world):
    world.add("Airport bag", office="HK-AIRPORT-CARGO")
    for query in ("bag", "nothing of the kind"):
        text = words(client.get("/search/", {"q": query}))
        assert f"Nothing found for {query}" in text
        assert "Use fewer or other words" in text


def test_a_long_list_goes_on(client, world):
    for number in range(25):
        world.add(f"Bag {number:02d}", days=number)
    first = client.get("/search/", {"q": "bag", "kind": "live.event"})
    assert "The latest 20 results for bag" in words(first)
    assert "Bag 24" in words(first)
    following = re.search(r'href="(\?[^"]+)" rel="next"', first.content.decode()).group(1).replace("&amp;", "&")
    second = words(client.get(f"/search/{following}"))
    assert "5 results for bag" in second
    assert "Bag 00" in second


def test_part_of_the_lake_that_cannot_be_searched_is_told(client, make_lake):
    folder = make_lake({"references": [{"type": "house_bill", "value": "TWH-0017"}]})
    (folder / "index.json").unlink()
    assert "could not be searched" in words(client.get("/search/", {"q": "TWH-0017"}))


@pytest.mark.parametrize(
    "query", ["x" * 5000, "\x00", "' OR 1=1 --", '"', "((", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_odd_queries_are_answered(client, query):
    assert client.get("/search/", {"q": query}).status_code == 200
    assert client.get("/search/suggest", {"q": query}).json() == {"items": []}


def test_suggestions_name_and_lead(client, world):
    made = world.add("Handbags of leather")
    world.add("Handbags of others", office="HK-AIRPORT-CARGO")
    answer = client.get("/search/suggest", {"q": "handb"})
    assert answer.json() == {"items": [{"title": "Handbags of leather", "kind": "Case", "url": f"/cases/{made.pk}/"}]}
    assert "no-store" in answer["Cache-Control"]


def test_searching_changes_nothing(client):
    assert client.post("/search/", {"q": "bag"}).status_code == 405


def test_a_search_asks_few_questions(client, world, django_assert_max_num_queries):
    for number in range(20):
        world.add(f"Bag {number}")
    client.get("/search/", {"q": "bag"})
    with django_assert_max_num_queries(14):
        client.get("/search/", {"q": "bag"})
