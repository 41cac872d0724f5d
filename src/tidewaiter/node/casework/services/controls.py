"""Recording a control, once, however often it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.quantity import Quantity
from tidewaiter.domain.seizure import ControlSubject
from tidewaiter.domain.vocabulary import ControlChannel, Finding
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import links, policies, verbs
from tidewaiter.node.casework.models import Control
from tidewaiter.node.casework.references import as_text, cleaned
from tidewaiter.node.casework.services import queue
from tidewaiter.node.casework.services.cases import open_from_control
from tidewaiter.node.live.services import announce
from tidewaiter.node.rights.models import Right
from tidewaiter.node.search.services import index

OLDEST = timedelta(days=60)
"""How far back the clock of a device is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an officer enters. ``client_id`` is made on the device and stays the same however often it is sent.

    Times are aware. ``references`` are pairs ``{"type", "value"}``. ``quantity`` and ``unit`` (code of UN/ECE
    Recommendation 20) are the officer's estimate and are wanted for a find, as is ``category``.
    """

    client_id: UUID
    office: Office
    subject: str
    subject_label: str
    kind: str
    finding: str
    began_at: datetime
    recorded_at: datetime
    device_id: str = ""
    references: Sequence[dict[str, str]] = field(default=())
    selection_id: UUID | None = None
    message_id: str = ""
    consignment_id: str = ""
    run_id: str = ""
    extent: str = ""
    no_find_as: str = ""
    category: str = ""
    mark: str = ""
    right: Right | None = None
    quantity: Decimal | None = None
    unit: str = ""
    seal_number: str = ""
    note: str = ""
    photographs_expected: int = 0
    operation_id: UUID | None = None
    tip_id: UUID | None = None


def record_control(actor: Person, entry: Entry) -> tuple[Control, bool]:
    """Record a control and say whether it is new. The same ``client_id`` again gives the record that is there.

    A find opens a case with one suspected line. The queue item is marked as controlled; where somebody else was faster
    the record is kept and ``not_free`` says so. Raises NotAllowed and Refused.
    """
    try:
        with transaction.atomic():
            return _known(actor, entry) or (_new(actor, entry), True)
    except IntegrityError:
        # The same record arrived twice at once; the other one is there now.
        known = _known(actor, entry)
        if known is None:
            raise
        return known


def _known(actor: Person, entry: Entry) -> tuple[Control, bool] | None:
    control = Control.objects.filter(client_id=entry.client_id).first()
    if control is None:
        return None
    if control.officer_id != actor.pk:
        raise NotAllowed("record")
    return control, False


def _new(actor: Person, entry: Entry) -> Control:
    policies.controls.require(actor, "record", entry.office)
    control = _checked(actor, entry)
    links.complete(control)
    control.save(force_insert=True)
    if entry.selection_id is not None:
        control.not_free = queue.mark_controlled(actor, control)[:300]
        control.save(update_fields=["not_free"])
    if control.finding == Finding.FIND:
        open_from_control(actor, control)
    record(
        actor,
        verbs.CONTROL_RECORDED,
        control,
        after={
            "subject": control.subject,
            "label": control.subject_label,
            "references": control.references,
            "kind": control.kind,
            "finding": control.finding,
            "quantity": control.quantity,
            "unit": control.unit,
            "selection": entry.selection_id,
            "began_at": control.began_at,
        },
    )
    index(control)
    announce("casework.control", control, offices=[control.office_id])
    links.control_recorded.send(sender=Control, control=control, actor=actor)
    return control


def _checked(actor: Person, entry: Entry) -> Control:
    now = timezone.now()
    is_find = entry.finding == Finding.FIND
    if is_find and (entry.quantity is None or not entry.unit):
        raise Refused(_("Say how many, even roughly."), field="quantity")
    if is_find and not entry.category:
        raise Refused(_("Say what kind of goods."), field="category")
    if is_find and entry.quantity is not None:
        _quantity(entry.quantity, entry.unit)
    references = cleaned(entry.references)
    recorded = min(entry.recorded_at, now)
    began = max(min(entry.began_at, recorded), now - OLDEST)
    return Control(
        client_id=entry.client_id,
        device_id=entry.device_id,
        office=entry.office,
        officer=actor,
        began_at=began,
        recorded_at=max(recorded, began),
        subject=ControlSubject(entry.subject).value,
        subject_label=entry.subject_label,
        references=references,
        reference_text=as_text(references, entry.subject_label, entry.seal_number),
        selection=queue.item_of(entry.selection_id),
        message_id=entry.message_id,
        consignment_id=entry.consignment_id,
        run_id=entry.run_id,
        kind=ControlChannel(entry.kind).value,
        extent=entry.extent if entry.kind == ControlChannel.PHYSICAL else "",
        finding=Finding(entry.finding).value,
        no_find_as=entry.no_find_as if entry.finding == Finding.NO_FIND else "",
        category=entry.category if is_find else "",
        mark=entry.mark if is_find else "",
        right=entry.right if is_find else None,
        quantity=entry.quantity if is_find else None,
        unit=entry.unit if is_find else "",
        seal_number=entry.seal_number,
        note=entry.note,
        photographs_expected=entry.photographs_expected,
        operation_id=entry.operation_id,
        tip_id=entry.tip_id,
    )


def _quantity(number: Decimal, unit: str) -> None:
    try:
        Quantity(number, unit)
    except ValueError as wrong:
        raise Refused(_("Whole things are counted in whole numbers."), field="quantity") from wrong
