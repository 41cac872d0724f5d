"""Case numbers: by office and year, one after the other."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.casework.models import CaseNumber


@dataclass(frozen=True, slots=True)
class Drawn:
    """A number: the year, the serial, and both with the office as it is written."""

    year: int
    serial: int
    number: str


def draw(office: Office, year: int) -> Drawn:
    """Draw the next number of an office in a year, under a lock that holds until the transaction ends.

    Call it inside the transaction that saves the case: rolled back, the number is free again, so that none is lost.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a case number is drawn inside the transaction that saves the case")
    if not CaseNumber.objects.filter(office=office, year=year).exists():
        _begin(office, year)
    counter = CaseNumber.objects.select_for_update(no_key=True).get(office=office, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return Drawn(year, counter.last, f"{office.code}-{year}-{counter.last:05d}")


def _begin(office: Office, year: int) -> None:
    try:
        with transaction.atomic():
            CaseNumber.objects.create(office=office, year=year)
    except IntegrityError:
        # Another case of this office began the year at the same moment; its row is the one to lock.
        return
