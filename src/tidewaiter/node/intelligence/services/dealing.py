"""Dealing with a neighbour's tip: acknowledge, pass on, act, answer. Each tells the sender by a receipt."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import Figure, Outcome, ReceiptState, Result, identity_of
from tidewaiter.exchange.objects.wire import wire_of
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.intelligence import policies, verbs
from tidewaiter.node.intelligence.models import DutyShift, Tip, TipEvent
from tidewaiter.node.intelligence.services.arriving import queue
from tidewaiter.node.intelligence.services.moving import ARRIVED, locked, move, tell
from tidewaiter.node.partners.models import InboxObject
from tidewaiter.node.partners.services import send_receipt


@transaction.atomic
def acknowledge(actor: Person, tip: Tip) -> Tip:
    """Say that somebody has it in hand; it climbs no further, and the sender sees it at once.

    Raises NotAllowed, and WrongState where another was first.
    """
    tip = locked(tip)
    policies.tips.require(actor, "acknowledge", tip)
    _acknowledged(actor, tip)
    return tip


@transaction.atomic
def pass_on(actor: Person, tip: Tip, office: Office, *, words: str = "") -> Tip:
    """Give it to another desk of ours: that desk's queue shows it first, and it climbs there anew until acknowledged.

    Raises NotAllowed, and Refused where it is there already or no longer open.
    """
    tip = locked(tip)
    policies.tips.require(actor, "pass_on", tip)
    if office.pk == tip.office_id:
        raise Refused(_("It is at this office already."), field="office")
    if tip.state not in (Tip.State.DELIVERED, Tip.State.ACKNOWLEDGED):
        raise Refused(_("This tip is no longer open."))
    shift = DutyShift.objects.for_desk(office, timezone.now())
    came_from, tip.office = tip.office_id, office
    tip.duty_person = None if shift is None else shift.person
    tip.save()
    queue(tip)
    after = {"from": came_from, "to": office.pk}
    tell(tip, TipEvent.Kind.PASSED, verbs.PASSED, actor, words=words, office=office.pk, after=after, topic=ARRIVED)
    return tip


@transaction.atomic
def act_on(actor: Person, tip: Tip, *, words: str = "") -> Tip:
    """Say that something is being done. The sender sees it at once, and hears of the result later.

    Raises NotAllowed and WrongState.
    """
    tip = locked(tip)
    policies.tips.require(actor, "act_on", tip)
    if tip.state == Tip.State.DELIVERED:
        _acknowledged(actor, tip)
    move(tip, "act_on", actor)
    tip.acted_at = timezone.now()
    tip.save()
    send_receipt(source_of(tip), ReceiptState.ACTED_ON, words=words, office=tip.office_id)
    tell(tip, TipEvent.Kind.ACTED_ON, verbs.ACTED_ON, actor, words=words, office=tip.office_id)
    return tip


@transaction.atomic
def answer(
    actor: Person,
    tip: Tip,
    *,
    outcome: Outcome | str,
    words: str = "",
    reference: str = "",
    figures: Sequence[Figure] = (),
    acted_at: datetime | None = None,
    credit: bool = True,
) -> Tip:
    """Answer with the result: find or no find, or why nothing was done; with figures and our reference where there are.

    ``credit`` names the sender as where the lead came from. Raises NotAllowed, and WrongState where it was answered.
    """
    tip = locked(tip)
    policies.tips.require(actor, "answer", tip)
    at = timezone.now()
    if tip.state == Tip.State.DELIVERED:
        _acknowledged(actor, tip)
    move(tip, "answer", actor)
    result = Result(
        outcome=Outcome(outcome),
        acted_at=acted_at or tip.acted_at or at,
        office=tip.office_id,
        reference=reference or None,
        figures=tuple(figures),
        credited=identity_of(tip.peer_id) if credit else None,
    )
    tip.acted_at, tip.answered_at = tip.acted_at or result.acted_at, at
    tip.result, tip.result_words, tip.climbs_at = wire_of(Result).write(result), words[:2000], None
    tip.save()
    send_receipt(source_of(tip), ReceiptState.ACTED_ON, words=words, office=tip.office_id, result=result)
    after = {"outcome": str(result.outcome), "credited": credit}
    tell(tip, TipEvent.Kind.ANSWERED, verbs.ANSWERED, actor, words=words, office=tip.office_id, after=after)
    return tip


def _acknowledged(actor: Person, tip: Tip) -> None:
    move(tip, "acknowledge", actor)
    tip.acknowledged_at, tip.acknowledged_by, tip.climbs_at = timezone.now(), actor, None
    tip.save()
    send_receipt(source_of(tip), ReceiptState.ACKNOWLEDGED, office=tip.office_id)
    tell(tip, TipEvent.Kind.ACKNOWLEDGED, verbs.ACKNOWLEDGED, actor, office=tip.office_id)


def source_of(tip: Tip) -> InboxObject:
    """What came from the neighbour."""
    if tip.source is None:
        raise ValueError(f"{tip.number} of {settings.CONFIG.administration} did not come from a neighbour")
    return tip.source
