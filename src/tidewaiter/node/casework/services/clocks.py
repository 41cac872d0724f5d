"""Facts that clocks depend on, and the clocks that follow from them."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.clocks import clocks_of
from tidewaiter.node.casework.models import Case, CaseClock, CaseEvent
from tidewaiter.node.casework.services.cases import locked, refuse_when_ended, tell
from tidewaiter.procedures import EventKind, Level

PROVEN = frozenset({EventKind.NOTICE_SERVED})
"""Facts that are nothing without their proof."""


@transaction.atomic
def record_event(actor: Person, case: Case, *, kind: str, day: date, proof: str = "", note: str = "") -> CaseEvent:
    """Record a fact, such as the service of a notice with its proof, and set the clocks anew.

    Raises NotAllowed, and Refused for a day to come or a service without proof.
    """
    case = locked(case)
    policies.cases.require(actor, "record_event", case)
    refuse_when_ended(case)
    if day > timezone.localdate():
        raise Refused(_("This day lies in the future. A clock starts from what has happened."), field="day")
    if EventKind(kind) in PROVEN and not proof.strip():
        raise Refused(_("Say what proves the service, such as the number of the delivery record."), field="proof")
    event = CaseEvent.objects.create(
        case=case, kind=EventKind(kind).value, day=day, proof=proof.strip(), note=note.strip(), recorded_by=actor
    )
    refresh(case)
    record(actor, verbs.EVENT_RECORDED, case, after={"kind": kind, "day": day, "proof": event.proof})
    tell(case)
    return event


@transaction.atomic
def void_event(actor: Person, event: CaseEvent, *, reason: str) -> CaseEvent:
    """Void a fact entered wrongly and set the clocks anew; raises NotAllowed, and Refused without a reason."""
    case = locked(event.case)
    policies.cases.require(actor, "record_event", case)
    refuse_when_ended(case)
    event = CaseEvent.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    if event.voided_at is not None:
        raise Refused(_("This entry was voided before. Nothing was changed."))
    event.voided_at, event.voided_by, event.void_reason = timezone.now(), actor, reason.strip()
    event.save(update_fields=["voided_at", "voided_by", "void_reason"])
    refresh(case)
    record(
        actor, verbs.EVENT_VOIDED, case, before={"kind": event.kind, "day": event.day, "proof": event.proof},
        reason=reason.strip(),
    )  # fmt: skip
    tell(case)
    return event


def refresh(case: Case) -> None:
    """Write the clocks that run or ran in ``case`` as they follow from its facts now. Inside a transaction."""
    clocks = clocks_of(case)
    case.clocks.exclude(code__in=[clock.code for clock in clocks if clock.due is not None]).delete()
    for clock in clocks:
        if clock.start is None or clock.due is None:
            continue
        CaseClock.objects.update_or_create(
            case=case,
            code=clock.code,
            defaults={
                "start": clock.start,
                "due": clock.due,
                "stopped": clock.level is Level.MET or any(note.code == "done_late" for note in clock.notes),
                "published": clock.published,
            },
        )
