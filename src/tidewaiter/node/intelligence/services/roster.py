"""The roster of duty desks, and the times after which a tip climbs."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.intelligence import policies, verbs
from tidewaiter.node.intelligence.models import DutyShift, EscalationStep
from tidewaiter.node.live.services import announce

TOPIC = "duty"


@transaction.atomic
def enter_shift(actor: Person, *, office: Office, person: Person, starts_at: datetime, ends_at: datetime) -> DutyShift:
    """Put a person on duty at the desk of an office. Raises NotAllowed and Refused."""
    policies.duty.require(actor, "enter", office)
    if ends_at <= starts_at:
        raise Refused(_("The shift ends before it begins. Look at both times."), field="ends_at")
    if not policies.tips.may(person, "acknowledge", office):
        raise Refused(_("This person has no role with which to acknowledge tips at this office."), field="person")
    same = DutyShift.objects.standing().filter(office=office, person=person)
    if same.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise Refused(_("This person is on duty there at that time already."), field="starts_at")
    shift = DutyShift.objects.create(
        office=office, person=person, starts_at=starts_at, ends_at=ends_at, entered_by=actor
    )
    after = {"person": str(person.pk), "from": starts_at, "until": ends_at}
    record(actor, verbs.ON_DUTY, shift, after=after, office=office)
    announce(TOPIC, shift, offices=[office])
    return shift


@transaction.atomic
def cancel_shift(actor: Person, shift: DutyShift) -> DutyShift:
    """Take a shift out of the roster. Raises NotAllowed."""
    policies.duty.require(actor, "cancel", shift)
    found = DutyShift.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=shift.pk)
    if found.cancelled_at is None:
        found.cancelled_at = timezone.now()
        found.save(update_fields=["cancelled_at"])
        record(actor, verbs.OFF_DUTY, found, office=found.office)
        announce(TOPIC, found, offices=[found.office])
    return found


@transaction.atomic
def set_times(actor: Person, seconds: Mapping[str, int]) -> None:
    """Set after how many seconds each target is reached. Raises NotAllowed, and Refused for times in disorder."""
    top = Office.objects.get(pk=settings.CONFIG.administration)
    policies.duty.require(actor, "set_times", top)
    order = [seconds[target] for target in EscalationStep.Target.values]
    if order != sorted(order):
        raise Refused(_("Each step comes after the one before it. Look at the times."))
    before = dict(EscalationStep.objects.values_list("target", "after_seconds"))
    for target in EscalationStep.Target.values:
        EscalationStep.objects.update_or_create(target=target, defaults={"after_seconds": seconds[target]})
    record(actor, verbs.TIMES_CHANGED, top, before=before, after=dict(seconds), office=top)
