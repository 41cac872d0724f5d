"""`{% load partners %}`: codes of lanes and receipts in words."""

from django.template import Library
from django.utils.safestring import SafeString

from tidewaiter.node.partners import words
from tidewaiter.node.partners.models import Delivery, Peer
from tidewaiter.node.ui.tags.marks import party_name, status

register = Library()
register.filter("kind_words", words.kind_in_words)
register.filter("error_words", words.error_in_words)
register.filter("rung_words", words.rung_in_words)

_LEVELS = {
    "stored": "good",
    "rejected": "bad",
    "set_aside": "bad",
    "waiting": "warn",
    "sent": "info",
    "received": "info",
    "withdrawn": "",
}


@register.simple_tag
def lane_title(peer: Peer) -> str:
    """The name over a lane: the place, then the administration; that alone where it names the place."""
    place = party_name(peer.pk)
    return peer.name if place in peer.name else f"{place} · {peer.name}"


@register.simple_tag
def delivery_status(delivery: Delivery) -> SafeString:
    """The state of a delivery: tint, word and icon."""
    return SafeString(status(_LEVELS[delivery.state], delivery.get_state_display()))
