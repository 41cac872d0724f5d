"""What tips add to the frame of every page: how many wait, which ask for an answer soon."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.intelligence import policies
from tidewaiter.node.intelligence.models import DutyShift, Tip
from tidewaiter.node.ui.frame import Alert, Clock, Contribution, Entry

SOON = timedelta(hours=1)
"""A sender's deadline within so long is due."""


def provide(request: HttpRequest) -> Contribution:
    """The line of the navigation with what waits to be acknowledged, its alerts, the next deadline of a sender, who is
    on duty; a sound on every page for who is.
    """
    person = getattr(request, "user", None)
    if not isinstance(person, Person) or not policies.tips.may(person, "list"):
        return Contribution()
    open_tips = list(Tip.objects.visible_to(person).to_answer().select_related("peer").order_by("-arrived_at")[:100])
    waiting = [tip for tip in open_tips if tip.state == Tip.State.DELIVERED]
    url = reverse("intelligence:tips")
    entry = Entry(label=_("Tips"), url=url, icon="tip", order=40, count=len(waiting) or None, key="i", live="tips tip")
    mine, here = DutyShift.objects.beside(person, timezone.now())
    return Contribution(
        lines=(_duty(mine, here),),
        sound=mine is not None,
        entries=(entry,),
        alerts=tuple(_alert(tip) for tip in waiting[:20]),
        clocks=tuple(_clock(tip) for tip in open_tips if tip.answer_by is not None),
    )


def _duty(mine: DutyShift | None, here: DutyShift | None) -> str:
    shift = mine or here
    if shift is None:
        return _("Nobody is on duty now")
    ends = timezone.localtime(shift.ends_at)
    time = f"{ends:%H:%M}" if ends.date() == timezone.localdate() else f"{ends:%Y-%m-%d %H:%M}"
    if mine is not None:
        return _("You are on duty until %(time)s") % {"time": time}
    return _("On duty: %(name)s until %(time)s") % {"name": shift.person.name, "time": time}


def _alert(tip: Tip) -> Alert:
    words = _("Tip %(number)s waits for an acknowledgement.") % {"number": tip.number}
    return Alert(text=words, url=tip.get_absolute_url(), at=tip.arrived_at or tip.state_at, level="intel")


def _clock(tip: Tip) -> Clock:
    ends = tip.answer_by or tip.expires_at
    return Clock(
        began=tip.arrived_at or tip.state_at,
        ends=ends,
        event=_("tip %(number)s") % {"number": tip.number},
        law=_("deadline of the sender"),
        url=tip.get_absolute_url(),
        level="due" if ends - timezone.now() < SOON else "",
    )
