"""Rejects: to look at, to take away, to mend in a form or as a file; what is mended makes a new run."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from tidewaiter.intake.mapping.own_csv import write_own_csv
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.queries import rejects
from tidewaiter.node.targeting.services.work import do

GOOD = '{"message_id":"M-1","consignment_id":"C-1","function":"original","administration":"HK","office":"HK-HZMB"}\n'
BAD = '{"message_id":"M-2","consignment_id":"C-2","function":"original","administration":"HK",}\n'


@pytest.fixture
def rejecting(analyst: Person, hong_kong: Office) -> ScreeningRun:
    """A run that rejected one of its lines."""
    run = services.start_run(analyst, [ContentFile((GOOD + BAD).encode(), name="day.jsonl")], office=hong_kong)
    do(str(run.id))
    run.refresh_from_db()
    assert run.counts["rejected"] >= 1, (run.state, run.failure)
    return run


def test_a_mended_line_makes_a_run_that_names_the_old_one(
    browser: Callable[[Person], Client], analyst: Person, rejecting: ScreeningRun
) -> None:
    found = next(one for one in rejects.rejects(analyst, rejecting) if "M-2" in one.raw)
    client = browser(analyst)
    mended = BAD.replace(",}", ',"references":[{"type":"plate","value":"AB1234"}]}').strip()
    address = reverse("targeting:mend", args=[rejecting.pk])
    answer = client.post(address, {f"row_{found.number}": mended})
    assert answer.status_code == 302, answer.content.decode()
    made = ScreeningRun.objects.get(mends=rejecting)
    do(str(made.id))
    made.refresh_from_db()
    assert (made.state, made.counts["read"], made.origin) == ("done", 1, "mended")
    assert rejecting.number in client.get(reverse("targeting:run", args=[made.pk])).content.decode()


def test_nothing_changed_is_said_and_what_was_typed_is_kept(
    browser: Callable[[Person], Client], analyst: Person, rejecting: ScreeningRun
) -> None:
    found = rejects.rejects(analyst, rejecting)[0]
    address = reverse("targeting:mend", args=[rejecting.pk])
    answer = browser(analyst).post(address, {f"row_{found.number}": found.raw})
    assert answer.status_code == 422
    assert "Nothing was changed yet" in answer.content.decode()


def test_rows_of_a_table_get_their_header_again(analyst: Person, hong_kong: Office, world: Path) -> None:
    whole = pq.read_table(sorted((world / "consignments").rglob("*.parquet"))[0]).slice(0, 3).combine_chunks()
    header, first, *rest = write_own_csv(whole.to_batches()[0]).splitlines()
    text = "\n".join([header, f"{first},too,many", *rest]) + "\n"
    run = services.start_run(analyst, [ContentFile(text.encode(), name="day.csv")], office=hong_kong)
    do(str(run.id))
    run.refresh_from_db()
    [row] = rejects.rejects(analyst, run)
    assert (row.code, row.raw.strip()) == ("wrong_field_count", f"{first},too,many")
    made = services.mend_rows(analyst, run, {row.number: row}, {row.number: first})
    assert made.files.get().path.read_text(encoding="utf-8") == f"{header}\n{first}\n"
    do(str(made.id))
    made.refresh_from_db()
    assert (made.state, made.counts["rejected"], made.counts["accepted"]) == ("done", 0, 1)


def test_the_sheet_of_rejects(browser: Callable[[Person], Client], analyst: Person, rejecting: ScreeningRun) -> None:
    answer = browser(analyst).get(reverse("targeting:rejects_export", args=[rejecting.pk]))
    assert "M-2" in answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
