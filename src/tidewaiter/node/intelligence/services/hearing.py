"""What a neighbour's receipts mean for a tip of ours. They may come late, twice or in another order."""

from tidewaiter.exchange.objects import ReceiptState, uuid_of
from tidewaiter.node.audit.verbs import Verb
from tidewaiter.node.intelligence import verbs
from tidewaiter.node.intelligence.models import Tip, TipEvent
from tidewaiter.node.intelligence.services.moving import ARRIVED, can, locked, move, tell
from tidewaiter.node.partners.inbox import Reached


def heard(reached: Reached) -> None:
    """Listener of receipts about tips."""
    known = Tip.objects.filter(pk=uuid_of(reached.delivery.object_id), direction=Tip.Direction.OUT).first()
    if known is None:
        return
    tip = locked(known)
    told = reached.told
    if told.state is ReceiptState.STORED and can(tip, "deliver"):
        _step(tip, "deliver", reached, "delivered_at", TipEvent.Kind.DELIVERED, verbs.DELIVERED)
    elif told.state is ReceiptState.REJECTED and can(tip, "refuse"):
        move(tip, "refuse", reason=told.words or str(told.reason))
        tip.save()
        tell(tip, TipEvent.Kind.REFUSED, verbs.REFUSED, words=told.words or str(told.reason), topic=ARRIVED)
    elif told.state is ReceiptState.UNACKNOWLEDGED:
        tell(tip, TipEvent.Kind.UNACKNOWLEDGED, verbs.CLIMBED, office=told.office or "", topic=ARRIVED)
    elif told.state is ReceiptState.ACKNOWLEDGED and can(tip, "acknowledge"):
        _step(tip, "acknowledge", reached, "acknowledged_at", TipEvent.Kind.ACKNOWLEDGED, verbs.ACKNOWLEDGED_THERE)
    elif told.state is ReceiptState.ACKNOWLEDGED and tip.acknowledged_at is None:
        # What followed it was told of first; the state stands further on.
        tip.acknowledged_at = told.reached_at
        tip.save()
    elif told.state is ReceiptState.ACTED_ON and told.result is None and can(tip, "act_on"):
        _step(tip, "act_on", reached, "acted_at", TipEvent.Kind.ACTED_ON, verbs.ACTED_ON_THERE)
    elif told.state is ReceiptState.ACTED_ON and told.result is not None and can(tip, "answer"):
        _answered(tip, reached)
    elif told.state is ReceiptState.RECALL_ACKNOWLEDGED:
        tell(tip, TipEvent.Kind.RECALL_FOLLOWED, verbs.RECALLED_THERE)


def _step(tip: Tip, action: str, reached: Reached, field: str, kind: str, verb: Verb) -> None:
    move(tip, action)
    setattr(tip, field, reached.told.reached_at)
    tip.save()
    office = reached.told.office or ""
    tell(tip, kind, verb, office=office, at=reached.told.reached_at)


def _answered(tip: Tip, reached: Reached) -> None:
    """A result came: it was acted on and answered, by the same receipt."""
    told = reached.told
    acted = told.result.acted_at if told.result else told.reached_at
    if can(tip, "act_on"):
        move(tip, "act_on")
        tip.acted_at = acted
        tip.save()
        tell(tip, TipEvent.Kind.ACTED_ON, verbs.ACTED_ON_THERE, office=told.office or "", at=acted)
    move(tip, "answer")
    tip.acted_at = tip.acted_at or acted
    tip.answered_at, tip.result, tip.result_words = told.reached_at, reached.receipt.result, (told.words or "")[:2000]
    tip.save()
    tell(
        tip,
        TipEvent.Kind.ANSWERED,
        verbs.ANSWERED_THERE,
        words=tip.result_words,
        office=told.office or "",
        topic=ARRIVED,
    )
