"""What accounts add to the frame of every page: who is signed in, that person's menu, and the list of people."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tidewaiter.node.accounts import policies
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.ui import frame


def provide(request: HttpRequest) -> frame.Contribution:
    """The part of accounts; nothing for nobody."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return frame.Contribution()
    entries = []
    if policies.people.may(person, "list"):
        address = reverse("accounts:people")
        entries.append(frame.Entry(label=_("People"), url=address, icon="people", order=900, key="p"))
    menu = (
        frame.Link(label=_("My settings"), url=reverse("accounts:preferences"), icon="gear"),
        frame.Link(label=_("Change password"), url=reverse("accounts:password"), icon="lock"),
        frame.Link(label=_("Sign out"), url=reverse("accounts:sign_out"), icon="out", post=True),
    )
    held = [str(role.label) for role in Role if role in person.roles]
    return frame.Contribution(entries=tuple(entries), menu=menu, person=person.name, role=", ".join(held))
