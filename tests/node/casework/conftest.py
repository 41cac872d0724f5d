"""Offices, people of each role, a right, and functions that record controls and open cases. All invented."""

import io
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.test import Client
from django.utils import timezone, translation
from PIL import Image
from tests.visiting import sign_in

from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.casework import services
from tidewaiter.node.casework.models import Case, Control, SeizureLine
from tidewaiter.node.rights.models import Right, RightHolder


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[Path]:
    """A folder of files for the test alone."""
    folder: Path = settings.CONFIG.files
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


@pytest.fixture(autouse=True)
def plain_english() -> Iterator[None]:
    """Messages of services in English, whatever language the last page of another test spoke."""
    with translation.override("en"):
        yield


def make_office(code: str, above: Office | None = None) -> Office:
    """An office below another."""
    administration = above.administration if above else code
    path = f"{above.path if above else ''}{code}/"
    values = {"path": path, "parent": above, "administration": administration}
    return Office.objects.get_or_create(code=code, defaults=values)[0]


def make_person(username: str, office: Office, *roles: Role) -> Person:
    """A person with roles for an office."""
    person = Person.objects.create(username=username, office=office, must_change_password=False)
    for role in roles:
        RoleGrant.objects.create(person=person, role=role, office=office, reason="for a test")
    return person


@dataclass
class World:
    """What the tests use."""

    top: Office
    office: Office
    other: Office
    officer: Person
    case_officer: Person
    second: Person
    outsider: Person
    right: Right
    made: dict[str, models.Model] = field(default_factory=dict)

    def entry(self, **values: Any) -> services.Entry:
        """A control of a lorry with a find, as a device would send it."""
        now = timezone.now()
        given: dict[str, Any] = {
            "client_id": uuid.uuid4(),
            "office": self.office,
            "subject": "vehicle",
            "subject_label": "粤Z·K417港",
            "references": [{"type": "plate", "value": "粤Z·K417港"}],
            "kind": "physical",
            "extent": "part",
            "finding": "find",
            "category": "footwear",
            "mark": "Norvaleth",
            "quantity": Decimal(840),
            "unit": "PR",
            "began_at": now - timedelta(minutes=7),
            "recorded_at": now,
        }
        return services.Entry(**{**given, **values})

    def control(self, **values: Any) -> Control:
        """A control recorded by the officer."""
        return services.record_control(values.pop("actor", self.officer), self.entry(**values))[0]

    def case(self, **values: Any) -> Case:
        """A case that follows from a find."""
        return Case.objects.get(control=self.control(**values))

    def line(self, **values: Any) -> SeizureLine:
        """The first line of such a case."""
        return self.case(**values).lines.get()


@pytest.fixture
def world(db: None) -> World:
    """Two offices of Hong Kong with their people."""
    return make_world()


def make_world() -> World:
    """The world, for tests that ask for real transactions."""
    top = make_office("HK")
    office, other = make_office("HK-HZMB", top), make_office("HK-RIVER-TRADE", top)
    holder = RightHolder.objects.create(name="Norvaleth Sports Ltd", office=top)
    right = Right.objects.create(holder=holder, mark="Norvaleth", kind="TM", recordal_number="T2024-118830", office=top)
    return World(
        top=top,
        office=office,
        other=other,
        officer=make_person("choi.mh", office, Role.OFFICER),
        case_officer=make_person("lin.yf", office, Role.CASE_OFFICER),
        second=make_person("wong.kc", office, Role.CASE_OFFICER),
        outsider=make_person("far.away", other, Role.OFFICER, Role.CASE_OFFICER),
        right=right,
    )


@pytest.fixture
def enter(client: Client) -> Callable[[Person], Client]:
    """Signs a person in and gives the browser."""

    return lambda person: sign_in(person, client)


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **save: Any) -> bytes:
    """A small picture as a file."""
    out = io.BytesIO()
    Image.new("RGB", size, (200, 80, 40)).save(out, kind, **save)
    return out.getvalue()
