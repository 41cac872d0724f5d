"""What joint operations add to every page: their line, the running operation, and what waits for a coordinator."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.operations import policies
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.ui import frame


def provide(request: HttpRequest) -> frame.Contribution:
    """The part of joint operations; nothing for who takes no part."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person) or not policies.operations.may(person, "list"):
        return frame.Contribution()
    entries = (
        frame.Entry(label=_("Joint operations"), url=reverse("operations:operations"), icon="flag", order=60, key="o"),
        frame.Entry(label=_("Board"), url=reverse("board:board"), icon="trend", order=61, key="b"),
    )
    found = list(Operation.objects.open().prefetch_related("parties"))
    running = next((one for one in found if one.state == "running"), None)
    return frame.Contribution(
        entries=entries,
        operation=_strip(running) if running else None,
        alerts=tuple(alert for one in found for alert in _alerts(person, one)),
    )


def _strip(operation: Operation) -> frame.Operation:
    url = operation.get_absolute_url()
    return frame.Operation(name=operation.name, day=operation.day_number(), days=operation.days, url=url)


def _alerts(person: Person, operation: Operation) -> list[frame.Alert]:
    if not policies.operations.may(person, "agree", operation):
        return []
    url, waits = operation.get_absolute_url(), []
    party = next((one for one in operation.parties.all() if one.administration == own()), None)
    if operation.state == "planned" and party is not None and not party.answer:
        waits.append(_("A plan waits for your answer: %(name)s") % {"name": operation.name})
    if operation.state == "running" and operation.today() > operation.ends_on:
        waits.append(_("The last day is over: %(name)s") % {"name": operation.name})
    return [frame.Alert(text=text, url=url, at=operation.state_at, level="warn") for text in waits]
