"""People of every role, at one's own office and at another; all invented."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from tidewaiter.node.accounts import services
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role

PASSWORD = "heron basket tide seven"
ROLES = tuple(Role.values)


@dataclass
class World:
    """The offices of Hong Kong, with people by a short name: ``root``, and ``officer@own`` and the like."""

    top: Office
    own: Office
    below: Office
    other: Office
    people: dict[str, Person] = field(default_factory=dict)

    def add(self, name: str, office: Office, *roles: Role | str) -> Person:
        """A person at ``office`` who has ``roles`` there and has chosen a password."""
        person = Person(username=name.replace("@", "."), office=office, must_change_password=False)
        person.set_password(PASSWORD)
        person.save()
        for role in roles:
            RoleGrant.objects.create(person=person, role=role, office=office, reason="for a test")
        self.people[name] = person
        return person

    def __getitem__(self, name: str) -> Person:
        return Person.objects.get(pk=self.people[name].pk)

    def client(self, name: str) -> Client:
        """A browser in which that person has signed in."""
        client = Client()
        answer = client.post("/accounts/sign-in/", {"username": self.people[name].username, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return client


def _office(parent: Office, code: str, name: str) -> Office:
    path = f"{parent.path}{code}/"
    return Office.objects.create(code=code, parent=parent, path=path, administration="HK", own_names={"en": name})


@pytest.fixture
def world(db: None) -> World:
    """Two offices beside each other below the top, one of them with an office below it, and somebody in every role."""
    services.load_offices()
    top = Office.objects.get(pk="HK")
    own = _office(top, "HK-T1", "One")
    below = _office(own, "HK-T1-A", "One A")
    other = _office(top, "HK-T2", "Two")
    made = World(top, own, below, other)
    made.add("root", top, Role.ADMINISTRATOR)
    for role in ROLES:
        made.add(f"{role}@own", own, role)
    made.add("nobody@own", own)
    made.add("subject@own", own, Role.OFFICER)
    made.add("officer@below", below, Role.OFFICER)
    made.add("officer@other", other, Role.OFFICER)
    return made
