"""What time does to tips: unacknowledged they climb, and all of them expire. Done by the clock."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tidewaiter.exchange.objects import ReceiptState
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.intelligence import verbs
from tidewaiter.node.intelligence.escalation import steps
from tidewaiter.node.intelligence.models import DutyShift, EscalationStep, Tip, TipEvent
from tidewaiter.node.intelligence.services.arriving import leave_queue
from tidewaiter.node.intelligence.services.dealing import source_of
from tidewaiter.node.intelligence.services.moving import ARRIVED, can, locked, move, tell
from tidewaiter.node.partners.services import send_receipt
from tidewaiter.node.targeting.ended_in_words import why_ended
from tidewaiter.node.targeting.services import end_tip


def climb() -> int:
    """Let every tip climb whose time has come, one step; give how many did."""
    due = list(Tip.objects.climbing(timezone.now()).order_by("climbs_at")[:200])
    return sum(_climb(tip) for tip in due)


@transaction.atomic
def _climb(tip: Tip) -> bool:
    tip, now, order = locked(tip), timezone.now(), steps()
    if tip.state != Tip.State.DELIVERED or tip.climbs_at is None or tip.climbs_at > now or tip.arrived_at is None:
        return False
    if tip.level >= len(order):
        tip.climbs_at = None
        tip.save(update_fields=["climbs_at"])
        return False
    target, _ = order[tip.level]
    tip.level += 1
    more = tip.level < len(order)
    tip.climbs_at = tip.arrived_at + timedelta(seconds=order[tip.level][1]) if more else None
    person = _person_of(target, tip)
    if target == EscalationStep.Target.DUTY_OFFICER and person is not None:
        tip.duty_person = person
    tip.save()
    kind = TipEvent.Kind.CLIMBED
    if target == EscalationStep.Target.SENDER:
        send_receipt(source_of(tip), ReceiptState.UNACKNOWLEDGED, office=tip.office_id)
        kind = TipEvent.Kind.SENDER_TOLD
    names = "" if person is None else person.name
    tell(tip, kind, verbs.CLIMBED, target=target, words=names, office=tip.office_id, topic=ARRIVED)
    return True


def _person_of(target: str, tip: Tip) -> Person | None:
    """Whom the step reaches by name: who is on duty now, or a coordinator of the office."""
    if target == EscalationStep.Target.DUTY_OFFICER:
        shift = DutyShift.objects.for_desk(tip.office, timezone.now())
        return None if shift is None else shift.person
    if target == EscalationStep.Target.COORDINATOR:
        found: list[Person] = Person.objects.working_at(Role.COORDINATOR, tip.office_id)
        return next(iter(found), None)
    return None


def expire() -> int:
    """End every tip whose time is over; give how many."""
    due = list(Tip.objects.running_out(timezone.now())[:500])
    return sum(_expire(tip) for tip in due)


@transaction.atomic
def _expire(tip: Tip) -> bool:
    tip = locked(tip)
    if tip.expires_at > timezone.now() or not can(tip, "expire"):
        return False
    move(tip, "expire")
    tip.climbs_at = None
    tip.save()
    leave_queue(tip)
    tell(tip, TipEvent.Kind.EXPIRED, verbs.EXPIRED)
    if not tip.is_ours:
        end_tip(tip.number, tip.peer_id, reason=why_ended(tip.state, tip.number))
    return True
