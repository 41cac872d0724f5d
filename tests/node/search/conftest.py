"""People of two offices, a kind of record (on the table of events, for want of a simpler one), and small lakes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.db import transaction

from tidewaiter.lake.layout import LAKE_CONSIGNMENT
from tidewaiter.lake.parts import write_partitioned
from tidewaiter.lake.reference_index import build
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.live.models import Event
from tidewaiter.node.search import kinds, lake, services
from tidewaiter.node.ui import frame

START = datetime(2026, 5, 1, tzinfo=UTC)
_REQUIRED: dict[str, Any] = {
    "function": "original", "partial": False, "administration": "HK", "day": date(2026, 5, 1), "draw": 0.5,
    "source_file": "file.csv", "source_position": "2", "source_rows": 1, "synthetic": True,
}  # fmt: skip


@dataclass
class World:
    """What the tests use: offices, people, and functions that make records and lakes."""

    add: Callable[..., Event]
    people: dict[str, Person]
    words: dict[str, kinds.Words]


def _person(username: str, role: Role, office: Office) -> Person:
    person = Person.objects.create(username=username, office=office, must_change_password=False)
    RoleGrant.objects.create(person=person, role=role, office=office, reason="for a test")
    return person


@pytest.fixture(autouse=True)
def nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other apps of the node add to the search and to the frame of pages is left out."""
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(lake, "_sources", {})
    monkeypatch.setattr(frame, "_PROVIDERS", {})


@pytest.fixture
def world(db: None, nothing_else: None) -> World:
    """Cases that case officers find in their offices, and intelligence officers where they are restricted."""
    top, _ = Office.objects.get_or_create(code="HK", defaults={"path": "HK/", "administration": "HK"})
    offices = [
        Office.objects.get_or_create(
            code=code, defaults={"parent": top, "path": f"HK/{code}/", "administration": "HK"}
        )[0]
        for code in ("HK-RIVER-TRADE", "HK-AIRPORT-CARGO")
    ]
    words: dict[str, kinds.Words] = {}
    kinds.register(
        kinds.Kind(
            object_type="live.event",
            label="Case",
            icon="case",
            seen_by=frozenset({Role.CASE_OFFICER}),
            restricted_to=frozenset({Role.INTELLIGENCE}),
            describe=lambda obj: words.get(str(obj.pk)),
            url=lambda object_id: f"/cases/{object_id}/",
        )
    )

    def add(title: str, *, office: str | None = "HK-RIVER-TRADE", days: int = 0, **more: Any) -> Event:
        with transaction.atomic():
            made = Event.objects.create(topic="case", object_type="case", object_id="1")
            words[str(made.pk)] = kinds.Words(title=title, office=office, at=START + timedelta(days=days), **more)
            services.index(made)
        return made

    people = {
        "river": _person("river", Role.CASE_OFFICER, offices[0]),
        "airport": _person("airport", Role.CASE_OFFICER, offices[1]),
        "whole": _person("whole", Role.CASE_OFFICER, top),
        "secret": _person("secret", Role.INTELLIGENCE, top),
        "other": _person("other", Role.ADMINISTRATOR, top),
    }
    return World(add, people, words)


MakeLake = Callable[..., Path]


@pytest.fixture
def make_lake(tmp_path: Path, nothing_else: None) -> MakeLake:
    """Write consignments (dicts; what is not given is filled in), index them, and let the node search them."""
    folders: list[Path] = []

    def make(*consignments: dict[str, Any]) -> Path:
        root, folder = tmp_path / f"result-{len(folders)}", tmp_path / f"index-{len(folders)}"
        rows = []
        for number, given in enumerate(consignments):
            ids = {"message_id": f"message-{number}", "consignment_id": f"HK:{number}"}
            rows.append({name: {**_REQUIRED, **ids, **given}.get(name) for name in LAKE_CONSIGNMENT.names})
        write_partitioned(root, "consignment", "0", pa.RecordBatch.from_pylist(rows, schema=LAKE_CONSIGNMENT))
        build(root, folder, lake.key())
        folders.insert(0, folder)
        return folder

    lake.register(
        "tests",
        lake.Source(
            folders=lambda: list(folders),
            url=lambda _, place: f"/consignments/{place.consignment_id}/",
            seen_by=frozenset({Role.CASE_OFFICER}),
        ),
    )
    return make
