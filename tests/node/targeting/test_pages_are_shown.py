"""Every page of targeting is shown in every language, with real lines."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment

Browser = Callable[[Person], Client]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "pt", "zh-hant-mo"])
def test_all_pages_in_every_language(browser: Browser, analyst: Person, done_run: ScreeningRun, language: str) -> None:
    analyst.language = language
    client = browser(analyst)
    line = SelectedConsignment.objects.filter(run=done_run, origin="watchlist").first()
    assert line is not None
    pages = [
        reverse("targeting:queue"), reverse("targeting:peek", args=[line.pk]), line.get_absolute_url(),
        reverse("targeting:find"), f"{reverse('targeting:find')}?reference={line.reference}",
        reverse("targeting:runs"), reverse("targeting:start"), reverse("targeting:criteria"),
        reverse("targeting:run", args=[done_run.pk]), reverse("targeting:rejects_overview"),
        reverse("targeting:rejects", args=[done_run.pk]), reverse("targeting:mend", args=[done_run.pk]),
    ]  # fmt: skip
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert line.reference in answer.content.decode() or "/queue" not in page
