"""`{% load intelligence %}`: tips in words and marks."""

from datetime import datetime, timedelta

from django.template import Library
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models.offices import Office
from tidewaiter.node.intelligence.models import EscalationStep, Tip, TipEvent
from tidewaiter.node.intelligence.queries.pages import caveat_codes, where
from tidewaiter.node.ui import formats
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.marks import handling, party_name, status
from tidewaiter.refdata.offices import find

register = Library()
_LEVELS = {
    "drafted": "",
    "sent": "warn",
    "delivered": "warn",
    "acknowledged": "info",
    "acted_on": "info",
    "answered": "good",
    "expired": "bad",
    "recalled": "bad",
    "refused": "bad",
}


@register.simple_tag
def tip_status(tip: Tip) -> SafeString:
    """The state: tint, word and icon. What waits for us says so."""
    word = _("To be acknowledged") if tip.state == "delivered" and not tip.is_ours else tip.get_state_display()
    return SafeString(status(_LEVELS[tip.state], word))


@register.simple_tag
def tip_handling(tip: Tip) -> SafeString:
    """TLP and caveats."""
    return SafeString(handling(tip.tlp, *caveat_codes(tip)))


@register.filter
def place_words(tip: Tip) -> str:
    """Where it is expected; nothing of a recalled one."""
    return "" if tip.is_withheld else where(tip)


@register.filter
def receives(tip: Tip) -> str:
    """Whose column it is, for a phone where columns stand under each other."""
    return _("%(name)s receives") % {"name": party_name(tip.peer_id)}


@register.filter
def target_words(event: TipEvent) -> str:
    """Whom a step of climbing reached."""
    return step_words(event.target)


@register.filter
def step_words(target: str) -> str:
    """A step of climbing."""
    return str(EscalationStep.Target(target).label)


@register.filter
def office_words(code: str) -> str:
    """An office by its code, ours or a neighbour's."""
    known = find(code)
    own = Office(code=code) if known else Office.objects.filter(pk=code).first()
    return code if own is None else own.name


@register.filter
def seconds_span(seconds: int) -> str:
    """A span of seconds in words."""
    return formats.duration(timedelta(seconds=seconds), tag())


@register.filter
def clock_words(at: datetime) -> str:
    """The time of day."""
    return formats.clock_time(timezone.localtime(at), tag())
