"""Receipts both ways: what we say of a neighbour's objects, and what it says of ours."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from tidewaiter.exchange.delivery import ImpossibleReceipt, Rung, climb
from tidewaiter.exchange.objects import (
    Handling,
    Reason,
    ReceiptState,
    Refused,
    Result,
    Subject,
    Tlp,
    canonical,
    identity_of,
    new_id,
    now,
    to_stix,
    uuid_of,
)
from tidewaiter.exchange.objects import Receipt as ReceiptObject
from tidewaiter.exchange.objects.receipt import Removal
from tidewaiter.exchange.objects.wire import wire_of
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.partners import inbox, verbs
from tidewaiter.node.partners.models import Delivery, InboxObject, Peer, Receipt
from tidewaiter.node.partners.queries.lanes import SEEN_BY
from tidewaiter.node.partners.services.lanes import TOPIC
from tidewaiter.node.partners.services.outbox import publish

_STATES = {
    Rung.QUEUED: Delivery.State.WAITING,
    Rung.SENT: Delivery.State.SENT,
    Rung.RECEIVED: Delivery.State.RECEIVED,
    Rung.REJECTED: Delivery.State.REJECTED,
}


def state_of(rung: Rung) -> str:
    """The state of a delivery whose object has reached that rung."""
    return _STATES.get(rung, Delivery.State.STORED)


def send_receipt(
    row: InboxObject,
    state: ReceiptState,
    *,
    words: str = "",
    office: str = "",
    result: Result | None = None,
    removal: Removal | None = None,
) -> Receipt:
    """Tell the neighbour that an object of its has reached a rung, as an object of its own through the outbox.

    Call it inside the transaction of the deed. A result goes with ``acted_on`` once there is one, a removal
    with ``recall_acknowledged``.
    """
    told = _made(state, [_subject(row)], words=words, office=office, result=result, removal=removal)
    publish(told, [row.peer_id])
    return _keep(told, row.peer, Receipt.Direction.GAVE, canonical(to_stix(told)).decode(), None)[0][0]


def at_once(peer: Peer, rows: Sequence[InboxObject]) -> list[dict[str, Any]]:
    """The receipts with which a batch is answered; those that were given before are given again, unchanged."""
    before = {
        (one.object_id, one.object_modified, one.state): one
        for one in Receipt.objects.filter(
            direction=Receipt.Direction.GAVE,
            peer=peer,
            object_id__in=[row.object_id for row in rows],
            state__in=("received", "stored", "rejected"),
        )
    }
    contents: dict[str, None] = {}
    fresh: dict[tuple[str, str, str], list[InboxObject]] = {}
    for row in rows:
        state = _SAID[InboxObject.State(row.state)]
        known = before.get((row.object_id, row.modified, state))
        if known is not None:
            contents[known.content] = None
        elif _nameable(row):
            fresh.setdefault((state, row.reason, row.words), []).append(row)
    for (state, reason, words), of in fresh.items():
        told = _made(
            ReceiptState(state), [_subject(row) for row in of], words=words, reason=Reason(reason) if reason else None
        )
        content = canonical(to_stix(told)).decode()
        _keep(told, peer, Receipt.Direction.GAVE, content, None)
        contents[content] = None
    return [_plain(content) for content in contents]


_SAID = {
    InboxObject.State.STORED: "stored",
    InboxObject.State.REJECTED: "rejected",
    InboxObject.State.PENDING: "received",
    InboxObject.State.SET_ASIDE: "received",
}


def _plain(content: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(content)
    return plain


def came(peer: Peer, told: ReceiptObject, content: str, proof: Mapping[str, Any] | None) -> None:
    """Take a neighbour's receipt: the deliveries climb, and whoever listens for their kind is told.

    Raises Refused where it speaks of an object that never went to this neighbour.
    """
    deliveries = [_delivery(peer, subject) for subject in told.subjects]
    kept = _keep(told, peer, Receipt.Direction.CAME, content, proof)
    for (receipt, is_new), delivery in zip(kept, deliveries, strict=True):
        if not is_new:
            continue
        try:
            rung = climb(Rung(delivery.rung), told.state)
        except ImpossibleReceipt as wrong:
            after = {"object": delivery.object_id, "said": str(told.state), "had": delivery.rung, "why": str(wrong)}
            record(None, verbs.CONFLICT, peer, after=after, office=settings.CONFIG.administration)
            continue
        _climbed(delivery, rung, told)
        inbox.tell(delivery.outbox.kind, inbox.Reached(peer, delivery, receipt, told))
    Peer.objects.filter(pk=peer.pk).update(last_receipt_at=timezone.now())
    announce(TOPIC, peer, roles=SEEN_BY)


def take_receipt(arrived: inbox.Arrived) -> None:
    """Handler of receipts that come as objects of their own."""
    if not isinstance(arrived.told, ReceiptObject):
        raise Refused(Reason.UNKNOWN_KIND, "a receipt is expected", arrived.row.object_id)
    came(arrived.peer, arrived.told, arrived.row.content, arrived.row.proof)


def _delivery(peer: Peer, subject: Subject) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related("outbox")
    found = found.filter(peer=peer, object_id=subject.id)
    if subject.modified is not None:
        found = found.filter(outbox__modified=subject.modified)
    delivery = found.order_by("-id").first()
    if delivery is None or (subject.digest and subject.digest != delivery.outbox.digest):
        raise Refused(Reason.CONTRADICTORY, "it speaks of an object that was never sent to you", "subjects")
    return delivery


def _climbed(delivery: Delivery, rung: Rung, told: ReceiptObject) -> None:
    delivery.rung, delivery.reached_at = rung.value, told.reached_at
    if delivery.state != Delivery.State.STORED:
        delivery.state = state_of(rung)
    if delivery.settled_at is None and not delivery.is_undelivered:
        delivery.settled_at = timezone.now()
    if told.state is ReceiptState.REJECTED and told.reason is not None:
        delivery.last_error, delivery.last_error_detail = told.reason.value, (told.words or "")[:300]
    elif not delivery.is_undelivered:
        delivery.last_error = delivery.last_error_detail = ""
    delivery.save()


def _keep(
    told: ReceiptObject, peer: Peer, direction: str, content: str, proof: Mapping[str, Any] | None
) -> list[tuple[Receipt, bool]]:
    """One row for each object that the receipt speaks of, and whether it is new."""
    result = None if told.result is None else wire_of(Result).write(told.result)
    rows = []
    for subject in told.subjects:
        row, is_new = Receipt.objects.get_or_create(
            direction=direction,
            peer=peer,
            id=uuid_of(told.id),
            object_id=subject.id,
            defaults={
                "object_modified": subject.modified,
                "state": told.state.value,
                "reached_at": told.reached_at,
                "reason": "" if told.reason is None else told.reason.value,
                "words": told.words or "",
                "office": told.office or "",
                "result": result,
                "content": content,
                "proof": proof,
            },
        )
        rows.append((row, is_new))
    return rows


def _made(
    state: ReceiptState,
    subjects: Iterable[Subject],
    *,
    words: str = "",
    office: str = "",
    reason: Reason | None = None,
    result: Result | None = None,
    removal: Removal | None = None,
) -> ReceiptObject:
    at = now()
    return ReceiptObject(
        id=new_id("note"),
        author=identity_of(str(settings.CONFIG.administration)),
        created=at,
        modified=at,
        handling=Handling(tlp=Tlp.AMBER_STRICT),
        state=state,
        subjects=tuple(subjects),
        reached_at=at,
        reason=reason,
        words=words or None,
        office=office or None,
        result=result,
        removal=removal,
    )


def _subject(row: InboxObject) -> Subject:
    return Subject(id=row.object_id, modified=row.modified, digest=row.digest)


def _nameable(row: InboxObject) -> bool:
    """Whether a receipt can name it; what has no identifier at all is told in the status alone."""
    try:
        wire_of(Subject).read(wire_of(Subject).write(_subject(row)))
    except Refused:
        return False
    return True
