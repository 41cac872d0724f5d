"""Two offices with their people, a right holder and a right; all invented."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import translation
from tests.visiting import sign_in

from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.rights import services
from tidewaiter.node.rights.models import Right, RightHolder

Enter = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def plain_english() -> Iterator[None]:
    """Messages of services in English, whatever language the last page of another test spoke."""
    with translation.override("en"):
        yield


@dataclass
class Register:
    """The register, with who keeps it and who reads it."""

    top: Office
    office: Office
    other: Office
    keeper: Person
    reader: Person
    stranger: Person
    holder: RightHolder
    right: Right

    def person(self, role: Role, office: Office) -> Person:
        """Somebody with one role for an office."""
        return _person(f"{role}.{office.code}".lower(), office, role)

    def add(self, mark: str, **details: object) -> Right:
        """Another right of the same holder."""
        values = {"office": self.office, "holder": self.holder, "kind": "TM", **details}
        return services.add_right(self.keeper, mark=mark, **values)  # type: ignore[arg-type]


def _office(code: str, above: Office | None = None) -> Office:
    path = f"{above.path if above else ''}{code}/"
    values = {"path": path, "parent": above, "administration": above.administration if above else code}
    return Office.objects.get_or_create(code=code, defaults=values)[0]


def _person(username: str, office: Office, *roles: Role) -> Person:
    person = Person.objects.create(username=username, office=office, must_change_password=False)
    for role in roles:
        RoleGrant.objects.create(person=person, role=role, office=office, reason="for a test")
    return person


@pytest.fixture
def register(db: None) -> Register:
    """The register of Hong Kong with one right, kept by the bridge's office."""
    top = _office("HK")
    office, other = _office("HK-HZMB", top), _office("HK-RIVER-TRADE", top)
    keeper = _person("lin.yf", office, Role.CASE_OFFICER)
    holder = services.add_holder(keeper, office=office, name="Norvaleth Sports Ltd", name_han="諾華力體育")
    right = services.add_right(
        keeper, office=office, holder=holder, mark="Norvaleth", kind="TM", recordal_number="T2024-118830",
        classes=[18, 25], products="sports shoes", look_at="Two stitches at the heel.",
    )  # fmt: skip
    return Register(
        top, office, other, keeper, _person("choi.mh", other, Role.OFFICER), _person("no.role", office), holder, right
    )


@pytest.fixture
def enter() -> Enter:
    """Signs a person in and gives a browser of their own."""
    return sign_in
