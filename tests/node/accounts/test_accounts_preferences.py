"""Language, theme and keys: chosen on the frame or the page of settings, signed in or not, and kept with the person."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tidewaiter.node.audit.models import AuditRow


def switch(client: Client, **choice: str) -> Any:

    return client.post(reverse("ui:preferences"), choice | {"next": "/accounts/settings/"})


@pytest.mark.parametrize(("language", "words"), [("zh-hant", "登入"), ("zh-hans", "登录"), ("pt", "Iniciar sessão")])
def test_the_door_speaks_the_language_that_was_chosen(world: Any, language: str, words: str) -> None:
    client = Client()
    assert switch(client, language=language).status_code == 302
    page = client.get("/accounts/sign-in/").content.decode()
    assert words in page


def test_a_switch_on_the_frame_is_kept_with_the_person(world: Any) -> None:
    client = world.client("officer@own")
    for choice in ({"language": "zh-hans"}, {"theme": "dark"}, {"keys": "off"}):
        switch(client, **choice)
    person = world["officer@own"]
    assert (person.language, person.theme, person.shortcuts) == ("zh-hans", "dark", False)
    assert "我的设置" in client.get("/accounts/settings/").content.decode()
    assert AuditRow.objects.filter(verb="accounts.preferences_changed").count() == 3


def test_what_is_no_choice_changes_nothing(world: Any) -> None:
    client = world.client("officer@own")
    switch(client, language="tlh", theme="pink", keys="maybe")
    person = world["officer@own"]
    assert (person.language, person.theme, person.shortcuts) == ("en", "auto", True)


def test_the_page_of_settings(world: Any) -> None:
    client = world.client("officer@own")
    answer = client.post("/accounts/settings/", {"language": "pt", "theme": "dark"})
    assert answer.status_code == 302
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "pt"
    assert "As suas definições foram guardadas." in client.get("/accounts/settings/").content.decode()
    assert world["officer@own"].shortcuts is False
    wrong = client.post("/accounts/settings/", {"language": "tlh", "theme": "dark"})
    assert wrong.status_code == 422


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "pt", "zh-hant-mo"])
def test_every_page_speaks_every_language(world: Any, language: str) -> None:
    client = world.client("administrator@own")
    switch(client, language=language)
    subject = world["subject@own"].pk
    pages = ["", "new/", "settings/", "password/", "offices/", f"{subject}/", f"{subject}/edit/", f"{subject}/grant/"]
    for page in [*(f"/accounts/{page}" for page in pages), "/audit/", "/audit/check/"]:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "{actor}" not in answer.content.decode()
