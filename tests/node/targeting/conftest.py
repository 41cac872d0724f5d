"""Fixtures of targeting: people with roles, a small synthetic world, and a run over it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from tests import visiting

from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.accounts.services import load_offices
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.services.work import do
from tidewaiter.simulation import simulate

PASSWORD = "heron basket tide seven"

Staff = Callable[..., Person]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic world of 2 000 declarations with its watchlist, terms, profiles and rates."""
    folder = tmp_path_factory.mktemp("world")
    simulate(
        folder, rows=2000, days=4, seed=3, start=date(2026, 5, 1), processes=1, watchlist=500, terms=200, profiles=20,
        prevalence=0.03,
    )  # fmt: skip
    return folder


@pytest.fixture(autouse=True)
def empty_folders() -> Iterator[None]:
    """Each test finds the node's folders empty."""
    yield
    visiting.empty_folders()


@pytest.fixture
def offices(db: None) -> None:
    """The offices of Hong Kong."""
    load_offices()


@pytest.fixture
def staff(offices: None) -> Staff:
    """Make a person with a role at an office."""

    def make(name: str, role: Role | None, office: str = "HK", *, language: str = "en") -> Person:
        person = Person.objects.create(
            username=name, name_latin=name.upper(), office_id=office, must_change_password=False, language=language
        )
        if role is not None:
            RoleGrant.objects.create(person=person, role=role, office_id=office, reason="test")
        return person

    return make


@pytest.fixture
def analyst(staff: Staff) -> Person:
    """An analyst of the whole administration."""
    return staff("analyst", Role.ANALYST)


@pytest.fixture
def hong_kong(offices: None) -> Office:
    """The top of the administration."""
    return Office.objects.get(pk="HK")


@pytest.fixture
def browser() -> Callable[[Person], Client]:
    """A browser in which a person has signed in."""

    def sign_in(person: Person) -> Client:
        person.set_password(PASSWORD)
        person.save()
        client = Client()
        answer = client.post("/accounts/sign-in/", {"username": person.username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return client

    return sign_in


def declarations(world: Path) -> list[ContentFile]:
    """The declarations of the world as uploads."""
    files = sorted((world / "consignments").rglob("*.parquet"))
    return [ContentFile(path.read_bytes(), name=f"{number}.parquet") for number, path in enumerate(files)]


@pytest.fixture
def done_run(world: Path, analyst: Person, hong_kong: Office) -> ScreeningRun:
    """A finished run with the criteria of the world."""
    for kind, name in (("watchlist", "watchlist.csv"), ("terms", "terms.csv"), ("profiles", "profiles.yaml"),
                       ("rates", "rates.csv")):  # fmt: skip
        file = ContentFile((world / name).read_bytes(), name=name)
        services.add_criteria(analyst, kind=kind, file=file, office=hong_kong)
    run = services.start_run(analyst, declarations(world), office=hong_kong, capacity=4)
    do(str(run.id))
    run.refresh_from_db()
    assert run.state == "done", run.failure
    return run


@pytest.fixture
def line(offices: None) -> Callable[..., SelectedConsignment]:
    """Make a line of a queue."""

    def make(reference: str = "粤Z·K417港", office: str = "HK-HZMB", **fields: object) -> SelectedConsignment:
        usual = {"kind": "profile", "rule": "P-1", "source": "", "mark": "", "texts": {"en": "Under HKD 2 a piece."}}
        values: dict[str, object] = {
            "administration": "HK", "office_id": office, "reference": reference, "reference_type": "plate",
            "references": [["plate", reference]], "origin": "profile_hit", "kinds": "|profile|", "reasons": [usual],
        }  # fmt: skip
        return SelectedConsignment.objects.create(**{**values, **fields})

    return make
