"""`{% load operations %}`: words of states, deeds and lanes in the language of the page."""

from uuid import UUID

from django.template import Library
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.operations.models import FocusLane
from tidewaiter.node.ui import formats
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import closed_lists, regions, units
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES

register = Library()

_DEEDS = {
    "release": _("Release figures"),
    "final": _("Release final figures"),
    "freeze": _("Freeze the figures"),
    "accept": _("Agree to the figures"),
    "reject": _("Refuse the figures"),
    "publish": _("Publish the statement"),
    "situation_report": _("Release the situation report"),
    "refuse": _("Refuse the plan"),
}


@register.simple_tag
def state_word(state: str) -> str:
    """`{% state_word operation.state as word %}`"""
    return closed_lists.name("joint_operation_state", state, tag())


@register.simple_tag
def deed_word(name: str) -> str:
    """What the button of a deed says: an action of the state machine by its own word."""
    if name in _DEEDS:
        return str(_DEEDS[name])
    return closed_lists.name("joint_operation_action", name, tag())


@register.simple_tag
def deed_url(name: str, pk: UUID) -> str:
    """Where a deed is done."""
    return reverse(f"operations:{name}", args=[pk])


@register.simple_tag
def lane_words(lane: FocusLane) -> str:
    """What a lane looks at, in words."""
    language = tag()
    comma = "、" if language.startswith("zh") else ", "
    modes = [units.mode_name(mode, language) for mode in lane.modes]
    parts = [
        comma.join(regions.name(code, language) for code in lane.regions),
        comma.join(modes + ([units.mode_name("courier", language)] if lane.courier else [])),
        comma.join(PRODUCT_CATEGORIES[code].names[language] for code in lane.categories if code in PRODUCT_CATEGORIES),
        ", ".join(lane.control_points),
    ]
    return " · ".join(part for part in parts if part)


@register.simple_tag
def qualified(amount: int, qualifier: str) -> str:
    """A published number with its rounding: about 23,000; more than 1,610,000."""
    number = formats.number(amount, tag(), table=True)
    words = {"about": gettext("about %(number)s"), "over": gettext("more than %(number)s")}
    return words[qualifier] % {"number": number} if qualifier in words else number
