"""Taking back a tip of ours."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import (
    Handling,
    Instruction,
    Recall,
    RecallReason,
    Subject,
    Tlp,
    identity_of,
    new_id,
    now,
)
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.intelligence import policies, verbs
from tidewaiter.node.intelligence.models import Tip, TipEvent
from tidewaiter.node.intelligence.services.moving import locked, move, tell
from tidewaiter.node.partners.services import publish
from tidewaiter.node.partners.services.outbox import recall as mark_recalled


@transaction.atomic
def recall(actor: Person, tip: Tip, *, reason: RecallReason | str, words: str) -> Tip:
    """Ask the receiver to use it no longer; what still waits in the lane is not sent. It answers with a receipt.

    Raises NotAllowed, WrongState, and Refused without words.
    """
    tip = locked(tip)
    policies.tips.require(actor, "recall", tip)
    if not words.strip():
        raise Refused(_("Say why."), field="words")
    move(tip, "recall", actor, reason=words)
    tip.recall_reason = RecallReason(reason).value
    tip.save()
    at = now()
    told = Recall(
        id=new_id("note"),
        author=identity_of(str(settings.CONFIG.administration)),
        created=at,
        modified=at,
        handling=Handling(tlp=Tlp.AMBER_STRICT),
        subjects=(Subject(id=tip.object_id),),
        reason=RecallReason(reason),
        instruction=Instruction.STOP_USING,
        words=words.strip(),
    )
    publish(told, [tip.peer_id])
    mark_recalled([tip.object_id])
    tell(tip, TipEvent.Kind.RECALLED, verbs.RECALLED, actor, words=words.strip(), after={"reason": tip.recall_reason})
    return tip
