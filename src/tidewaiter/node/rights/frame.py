"""What the register of rights adds to the frame of every page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.rights.policies import rights
from tidewaiter.node.ui.frame import Contribution, Entry


def provide(request: HttpRequest) -> Contribution:
    """Give the line of the navigation to who may read the register."""
    if not isinstance(request.user, Person) or not rights.may(request.user, "see"):
        return Contribution()
    entry = Entry(label=_("Rights and recordals"), url=reverse("rights:list"), icon="right", order=70, key="r")
    return Contribution(entries=(entry,))
