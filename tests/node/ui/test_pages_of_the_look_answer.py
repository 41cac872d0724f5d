"""The gallery, its sample pages, the preferences and the error pages answer in every language."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from tidewaiter.node.ui.drawing.outlines import WORLD
from tidewaiter.node.ui.errors import PAGES, error_response
from tidewaiter.node.ui.gallery import SAMPLES
from tidewaiter.node.ui.languages import TAGS

needs_outlines = pytest.mark.skipif(
    not (WORLD / "land-110m.json").is_file(),
    reason="front-end files are not there: run `python -m tidewaiter.node.ui.vendor`",
)
pytestmark = pytest.mark.django_db


def fetch(client: Client, language: str, address: str) -> str:
    client.post(reverse("ui:preferences"), {"language": language})
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@needs_outlines
@pytest.mark.parametrize("language", sorted(TAGS))
@pytest.mark.parametrize("sample", ["", *sorted(SAMPLES)])
def test_every_page_in_every_language(officer: Client, language: str, sample: str) -> None:
    address = reverse("ui:sample", args=[sample]) if sample else reverse("ui:gallery")
    html = fetch(officer, language, address)
    assert f'<html lang="{TAGS[language]}"' in html
    assert html.count("<h1") == 1
    assert "tw-synth" in html, "invented content is stamped"
    assert not re.search(r"<[^>]+\sstyle=", html)
    assert "%(" not in html


@needs_outlines
def test_numbers_inside_drawings_are_never_written_for_readers(officer: Client) -> None:
    html = fetch(officer, "pt", reverse("ui:gallery"))
    for name, value in re.findall(r'\b(x|y|cx|cy|r|width|height|stroke-width)="([^"]*)"', html):
        assert re.fullmatch(r"-?\d+(\.\d+)?|device-width.*", value), f"{name}={value!r}"


def test_an_unknown_sample_is_not_there(officer: Client) -> None:
    assert officer.get("/ui/gallery/nothing/").status_code == 404


def test_who_is_not_signed_in_sees_no_gallery() -> None:
    assert Client().get(reverse("ui:gallery"))["Location"].startswith("/accounts/sign-in/")


def test_preferences_are_kept_in_cookies_and_lead_back() -> None:
    answer = Client().post(reverse("ui:preferences"), {"language": "pt", "theme": "dark", "next": "/queue/?page=2"})
    assert answer.status_code == 302
    assert answer["Location"] == "/queue/?page=2"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "pt"
    assert answer.cookies["tw_theme"]["httponly"]


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_preferences_never_lead_to_another_place(target: str) -> None:
    assert Client().post(reverse("ui:preferences"), {"next": target})["Location"] == "/"


def test_unknown_preferences_change_nothing() -> None:
    answer = Client().post(reverse("ui:preferences"), {"language": "xx", "theme": "pink", "keys": "maybe"})
    assert not answer.cookies


def test_preferences_want_a_token() -> None:
    assert Client(enforce_csrf_checks=True).post(reverse("ui:preferences"), {"theme": "dark"}).status_code == 403


@pytest.mark.parametrize("code", sorted(PAGES))
@pytest.mark.parametrize("language", sorted(TAGS))
def test_error_pages_say_what_to_do_without_a_database(
    code: int, language: str, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    request = RequestFactory().get("/nowhere")
    request.user = AnonymousUser()
    with translation.override(language), django_assert_num_queries(0):  # type: ignore[operator]
        answer = error_response(request, code)
        words = str(PAGES[code].todo)
    assert answer.status_code == code
    assert words.replace("'", "&#x27;") in answer.content.decode()
