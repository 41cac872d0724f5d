"""What targeting adds to the frame of every page."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting import policies
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.ui.frame import Contribution, Entry


def provide(request: HttpRequest) -> Contribution:
    """The queue with the number that waits, consignments and runs, for who may see them."""
    person = request.user
    if not isinstance(person, Person):
        return Contribution()
    entries = []
    if policies.queue.may(person, "list"):
        waiting = SelectedConsignment.objects.visible_to(person).current().filter(state="waiting").count()
        queue = reverse("targeting:queue")
        entries += [
            Entry(label=_("Queue"), url=queue, icon="queue", order=10, count=waiting, key="q", live="queue"),
            Entry(label=_("Consignments"), url=reverse("targeting:find"), icon="box", order=20, key="c"),
        ]
    if policies.runs.may(person, "list"):
        entries.append(Entry(label=_("Runs"), url=reverse("targeting:runs"), icon="again", order=25, key="s"))
    return Contribution(entries=tuple(entries))
