"""A run from the upload to the queue, on a synthetic world."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from tests.node.targeting.conftest import declarations

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.services import work
from tidewaiter.refdata.languages import REQUIRED


def test_what_was_read_is_accepted_or_rejected_and_the_selected_wait(done_run: ScreeningRun) -> None:
    counts = done_run.counts
    assert counts["read"] == 2000 == counts["accepted"] + counts["rejected"]
    lines = SelectedConsignment.objects.filter(run=done_run)
    assert lines.count() == done_run.in_queue > 50
    assert done_run.in_queue + done_run.elsewhere == counts["selected"] + counts["overflow"]
    assert set(lines.values_list("administration", flat=True)) == {"HK"}
    assert done_run.criteria["watchlist"]["version"] == 1


def test_every_line_says_why_in_each_language(done_run: ScreeningRun) -> None:
    for line in SelectedConsignment.objects.filter(run=done_run):
        assert line.reasons
        for reason in line.reasons:
            assert set(REQUIRED) <= set(reason["texts"]), line.reference
            assert f"|{reason['kind']}|" in line.kinds


def test_a_job_that_was_killed_runs_again_without_doubling(
    world: Path, analyst: Person, hong_kong: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = services.start_run(analyst, declarations(world), office=hong_kong, capacity=4)
    whole = work.import_selection

    def killed(*arguments: object) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(work, "import_selection", killed)
    with pytest.raises(KeyboardInterrupt):
        work.do(str(run.id))
    run.refresh_from_db()
    assert run.state == "running"
    before = SelectedConsignment.objects.count()
    assert before > 50
    taken = services.take(analyst, SelectedConsignment.objects.earliest("id"))
    monkeypatch.undo()
    work.do(str(run.id))
    run.refresh_from_db()
    assert (run.state, run.attempt) == ("done", 2)
    assert SelectedConsignment.objects.count() == before == run.in_queue
    taken.refresh_from_db()
    assert taken.state == "taken"
    work.do(str(run.id))
    run.refresh_from_db()
    assert run.attempt == 2


def test_the_same_declarations_read_again_stand_once_in_the_queue(
    done_run: ScreeningRun, world: Path, analyst: Person, hong_kong: Office
) -> None:
    held = services.take(analyst, SelectedConsignment.objects.earliest("id"))
    waiting = SelectedConsignment.objects.open().count()
    again = services.start_run(analyst, declarations(world), office=hong_kong, capacity=4)
    work.do(str(again.id))
    assert SelectedConsignment.objects.open().count() == waiting
    held.refresh_from_db()
    assert held.superseded_by is None


def test_a_file_that_no_reader_knows_is_refused_and_nothing_kept(analyst: Person, hong_kong: Office) -> None:
    bad = ContentFile(b"\x89PNG\r\n\x1a\n" + bytes(200), name="holiday.png")
    with pytest.raises(Refused) as refused:
        services.start_run(analyst, [bad], office=hong_kong)
    assert "holiday.png" in refused.value.message
    assert not ScreeningRun.objects.exists()


def test_criteria_that_cannot_be_used_never_count(analyst: Person, hong_kong: Office) -> None:
    bad = ContentFile(b"profiles:\n- id: X\n  when: nonsense\n", name="mine.yaml")
    with pytest.raises(Refused) as refused:
        services.add_criteria(analyst, kind="profiles", file=bad, office=hong_kong)
    assert "mine.yaml" in refused.value.message
    assert "/criteria/" not in refused.value.message


def test_an_upload_through_the_page_leads_to_the_run(
    browser: Callable[[Person], Client], analyst: Person, world: Path
) -> None:
    client = browser(analyst)
    file = declarations(world)[0]
    answer = client.post(reverse("targeting:start"), {"files": [file], "office": "HK", "capacity": "5"})
    run = ScreeningRun.objects.get()
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert run.number in page.content.decode()
    work.do(str(run.id))
    assert "accepted" in client.get(answer["Location"]).content.decode()
