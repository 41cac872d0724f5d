"""The restricted part: names of arrested persons."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.models import ArrestedPerson, Case
from tidewaiter.node.casework.services.cases import locked, refuse_when_ended


@transaction.atomic
def read_persons(actor: Person, case: Case) -> list[ArrestedPerson]:
    """Give the arrested persons of a case and write that ``actor`` read them; raises NotAllowed."""
    policies.restricted.require(actor, "see", case)
    found = list(ArrestedPerson.objects.visible_to(actor).filter(case=case))
    record(actor, verbs.PERSONS_READ, case, after={"persons": [person.pk for person in found]})
    return found


@transaction.atomic
def add_person(
    actor: Person,
    case: Case,
    *,
    name: str,
    arrested_on: date,
    name_han: str = "",
    document: str = "",
    born_on: date | None = None,
    note: str = "",
) -> ArrestedPerson:
    """Add an arrested person. The count on the case rises with it where it would be lower than the names.

    Raises NotAllowed and Refused.
    """
    case = locked(case)
    policies.restricted.require(actor, "add", case)
    refuse_when_ended(case)
    if arrested_on > timezone.localdate():
        raise Refused(_("This day lies in the future."), field="arrested_on")
    person = ArrestedPerson.objects.create(
        case=case,
        name=name.strip(),
        name_han=name_han.strip(),
        document=document.strip(),
        born_on=born_on,
        arrested_on=arrested_on,
        note=note.strip(),
        recorded_by=actor,
    )
    known = case.arrested.count()
    if case.arrests < known:
        case.arrests = known
        case.save(update_fields=["arrests"])
    record(actor, verbs.PERSON_ADDED, case, after={"person": person.pk, "arrests": case.arrests})
    return person
