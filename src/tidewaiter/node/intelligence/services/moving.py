"""What every step of a tip does: the next state, the event, the audit row, the live event, the search."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tidewaiter.domain.machines import TIP
from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.audit.verbs import Verb
from tidewaiter.node.intelligence.models import Tip, TipEvent
from tidewaiter.node.intelligence.queries.tips import SEEN_BY
from tidewaiter.node.live.services import announce
from tidewaiter.node.search.services import index

ARRIVED = "tips"
"""A tip came or climbed: pages make a sound."""
CHANGED = "tip"
"""Something else happened to one: pages look again, silently."""


def locked(tip: Tip) -> Tip:
    """The row, locked until the transaction ends, so that of two people one comes first."""
    found: Tip = (
        Tip.objects.select_for_update(of=("self",), no_key=True)
        .select_related("peer", "office", "source")
        .get(pk=tip.pk)
    )
    return found


def move(tip: Tip, action: str, actor: Person | None = None, *, reason: str = "") -> None:
    """Go to the state that follows; raises WrongState, also where that arrow is not a person's. The caller saves.

    ``actor`` is None where a neighbour's message or a clock does it.
    """
    role = None
    if actor is not None:
        role = next(iter(TIP.transition(tip.state, action).roles & actor.roles), "nobody")
    tip.state = TIP.apply(tip.state, action, role=role, reason=reason)
    tip.state_at = timezone.now()


def can(tip: Tip, action: str, person: Person | None = None) -> bool:
    """Whether the action leads out of the tip's state, and is ``person``'s by role where one is given."""
    try:
        found = TIP.transition(tip.state, action)
    except WrongState:
        return False
    return person is None or bool(found.roles & person.roles)


def tell(
    tip: Tip,
    kind: str,
    verb: Verb,
    actor: Person | None = None,
    *,
    words: str = "",
    office: str = "",
    target: str = "",
    at: datetime | None = None,
    after: dict[str, Any] | None = None,
    topic: str = CHANGED,
) -> TipEvent:
    """Write what happened: event, audit row, live event, search. Call it last, with the tip saved."""
    event = TipEvent.objects.create(
        tip=tip, kind=kind, actor=actor, words=words[:2000], office=office, target=target, at=at or timezone.now()
    )
    values = {"state": tip.state, **({"words": words} if words else {}), **(after or {})}
    record(actor, verb, tip, after=values, office=tip.office_id)
    announce(topic, tip, offices=[tip.office], roles=SEEN_BY)
    index(tip)
    return event


def desk_of(code: str, top: str) -> Office:
    """The office of that code where it is one of ours, else the top of the administration."""
    return Office.objects.filter(pk=code).first() or Office.objects.get(pk=top)
