"""Taking what neighbours send: a tip goes to the desk that it concerns, a recall takes one back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import Reason, Recall, ReceiptState, Refused, uuid_of
from tidewaiter.exchange.objects import Tip as TipObject
from tidewaiter.exchange.objects.receipt import Removal
from tidewaiter.exchange.releasability import Arrival
from tidewaiter.node.accounts.models.offices import TAGS
from tidewaiter.node.intelligence import verbs
from tidewaiter.node.intelligence.content import fields_of, number_in, series
from tidewaiter.node.intelligence.escalation import steps
from tidewaiter.node.intelligence.models import DutyShift, Tip, TipEvent
from tidewaiter.node.intelligence.services.moving import ARRIVED, can, desk_of, locked, move, tell
from tidewaiter.node.logs import logger
from tidewaiter.node.partners.inbox import Arrived
from tidewaiter.node.partners.models import InboxObject, Peer, RecalledObject
from tidewaiter.node.partners.services import send_receipt
from tidewaiter.node.targeting.ended_in_words import why_ended
from tidewaiter.node.targeting.services import end_tip, expect

_LOG = logger(__name__)


def take_tip(arrived: Arrived) -> None:
    """Handler of tips. Raises Refused for one that is not the neighbour's to make."""
    told = arrived.told
    if not isinstance(told, TipObject):
        raise Refused(Reason.UNKNOWN_KIND, "a tip is expected", arrived.row.object_id)
    known = Tip.objects.filter(pk=uuid_of(told.id)).first()
    if known is None:
        _arrive(arrived, told)
    elif known.is_ours or known.peer_id != arrived.peer.pk:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the tip is another administration's", told.id)
    elif arrived.arrival is Arrival.LATER:
        _update(locked(known), arrived, told)


def _arrive(arrived: Arrived, told: TipObject) -> None:
    """Put it before the desk: the office that it names, where that is one of ours, and whoever is on duty there."""
    at = timezone.now()
    office = desk_of(told.where.office or "", str(settings.CONFIG.administration))
    shift = DutyShift.objects.for_desk(office, at)
    tip = Tip(
        id=uuid_of(told.id),
        direction=Tip.Direction.IN,
        peer=arrived.peer,
        number=_number(arrived, told),
        state=Tip.State.DELIVERED,
        state_at=at,
        office=office,
        source=arrived.row,
        arrived_at=at,
        delivered_at=at,
        duty_person=None if shift is None else shift.person,
        **fields_of(told),
    )
    tip.level, tip.climbs_at = _first_climb(tip)
    tip.save(force_insert=True)
    queue(tip)
    tell(tip, TipEvent.Kind.ARRIVED, verbs.ARRIVED, office=office.code, at=at, topic=ARRIVED)


def _update(tip: Tip, arrived: Arrived, told: TipObject) -> None:
    """A later version by its sender takes the place of the words; what was done with it stays."""
    for name, value in fields_of(told).items():
        setattr(tip, name, value)
    tip.source = arrived.row
    tip.save()
    tell(tip, TipEvent.Kind.ARRIVED, verbs.ARRIVED, office=tip.office_id, topic=ARRIVED)


def _first_climb(tip: Tip) -> tuple[int, datetime | None]:
    """How many steps are due at once, and when the next one is."""
    order = steps()
    level = sum(1 for _, seconds in order if seconds == 0)
    if level >= len(order) or tip.arrived_at is None:
        return level, None
    return level, tip.arrived_at + timedelta(seconds=order[level][1])


def _number(arrived: Arrived, told: TipObject) -> str:
    """The sender's number; where it gave none, or one twice, one of ours, which its form shows."""
    number = number_in(told, arrived.peer.pk)
    if number and not Tip.objects.filter(direction="in", peer=arrived.peer, number=number).exists():
        return number
    prefix = series(arrived.peer.pk, str(settings.CONFIG.administration))
    return f"{prefix}X{uuid_of(arrived.row.object_id).hex[:8].upper()}"


def queue(tip: Tip) -> None:
    """Have the queue of the control point show it first, with the tip as reason.

    Whatever the queue cannot take, the tip must reach the desk; the log says what went wrong.
    """
    wanted = tip.asked != Tip.Asked.INFORM and "count_only" not in tip.caveats
    at_control_point = tip.office_id != settings.CONFIG.administration
    if not (wanted and at_control_point and tip.references):
        return
    try:
        with transaction.atomic():
            line = expect(
                None,
                office=tip.office,
                references=[(one["kind"], one["value"]) for one in tip.references],
                tip=tip.number,
                source=tip.peer_id,
                sentence=_sentence(tip),
                due_at=tip.expected_from,
                mode=tip.mode,
                goods=", ".join(tip.brands),
                category=next(iter(tip.categories), "")[:40],
                handling=f"TLP:{tip.tlp.upper()}",
            )
    except Exception:  # noqa: BLE001 - see above
        _LOG.exception("tip_not_queued", tip=str(tip.pk))
        return
    tip.queue_item = line.pk
    tip.save(update_fields=["queue_item"])


def leave_queue(tip: Tip) -> None:
    """Take a tip that is over out of the queue: what it alone put there goes, what somebody has in hand stays."""
    if tip.queue_item is not None:
        end_tip(tip.number, tip.peer_id, reason=why_ended(tip.state, tip.number))


def _sentence(tip: Tip) -> dict[str, str]:
    """What the queue says, in each language: the sender's title stands as it was written."""
    found = {}
    for language, tag in TAGS.items():
        with translation.override(language):
            found[tag] = _("%(name)s expects it here: %(title)s") % {"name": tip.peer.name, "title": tip.title}
    return found


def take_recall(arrived: Arrived) -> None:
    """Handler of recalls: what the neighbour takes back is out of use, and it is told so. Raises Refused."""
    told = arrived.told
    if not isinstance(told, Recall):
        raise Refused(Reason.UNKNOWN_KIND, "a recall is expected", arrived.row.object_id)
    for subject in told.subjects:
        rows = InboxObject.objects.filter(object_id=subject.id)
        if rows.exclude(peer=arrived.peer).exists():
            raise Refused(Reason.NOT_THE_ORIGINATOR, "only its originator recalls an object", subject.id)
        RecalledObject.objects.get_or_create(object_id=subject.id, defaults={"peer": arrived.peer})
        row = rows.exclude(state=InboxObject.State.REJECTED).order_by("-modified").first()
        if row is not None:
            _recalled(row, arrived.peer, told)
            send_receipt(row, ReceiptState.RECALL_ACKNOWLEDGED, removal=Removal(removed=True))


def _recalled(row: InboxObject, peer: Peer, told: Recall) -> None:
    known = Tip.objects.filter(pk=uuid_of(row.object_id), peer=peer, direction=Tip.Direction.IN).first()
    if known is None:
        return
    tip = locked(known)
    if not can(tip, "recall"):
        return
    move(tip, "recall", reason=told.words)
    tip.climbs_at, tip.recall_reason = None, told.reason.value
    tip.save()
    leave_queue(tip)
    tell(tip, TipEvent.Kind.RECALLED, verbs.RECALLED_THERE, words=told.words, topic=ARRIVED)
