"""What casework adds to the frame of every page: cases, controls, and the clock that ends next."""

from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Case, CaseClock
from tidewaiter.node.casework.policies import cases, controls
from tidewaiter.node.ui import frame
from tidewaiter.node.ui.languages import tag
from tidewaiter.procedures.rules import procedure_of


def provide(request: HttpRequest) -> frame.Contribution:
    """Give what the signed-in person may see of it; two queries."""
    person = request.user
    if not isinstance(person, Person):
        return frame.Contribution()
    entries: tuple[frame.Entry, ...] = ()
    clocks: tuple[frame.Clock, ...] = ()
    if controls.may(person, "list"):
        entry = frame.Entry(label=_("Controls"), url=reverse("casework:controls"), icon="scan", order=30, key="f")
        entries += (entry,)
    if cases.may(person, "list"):
        count = Case.objects.visible_to(person).open().count()
        url = reverse("casework:cases")
        entries += (
            frame.Entry(label=_("Cases"), url=url, icon="case", order=40, count=count, key="d", live="casework.case"),
        )
        found = CaseClock.objects.all().next_for(person)
        clocks = (shown(found),) if found is not None else ()
    return frame.Contribution(entries=entries, clocks=clocks)


def shown(clock: CaseClock) -> frame.Clock:
    """A stored clock as the frame shows it: it ends with its last day."""
    rules = procedure_of(clock.case.office.administration).rules
    rule = next((rule for rule in rules if rule.code == clock.code), None)
    law = "" if rule is None else f"{rule.law.instrument.text(tag())} {rule.law.article}"
    today = timezone.localdate()
    return frame.Clock(
        began=_midnight(clock.start),
        ends=_midnight(clock.due + timedelta(days=1)) - timedelta(seconds=1),
        event=clock.code if rule is None else rule.title.text(tag()),
        law=f"{clock.case.number} · {law}",
        url=reverse("casework:case", args=[clock.case_id]) + "#clocks",
        level="over" if clock.due < today else "due" if clock.due == today else "",
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
