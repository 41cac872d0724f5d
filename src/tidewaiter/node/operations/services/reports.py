"""The daily report: offices to their administration, administrations to each other."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.models import Operation, SituationReport
from tidewaiter.node.operations.queries import tally
from tidewaiter.node.operations.services.controls import counts_of_day
from tidewaiter.node.operations.services.figures import release_figures
from tidewaiter.node.operations.services.sending import send, tell


@transaction.atomic
def report_office(
    actor: Person, operation: Operation, office: Office, day: date, *, words: str = ""
) -> SituationReport:
    """Report the day of an office; the figures are counted from its records. Again replaces the day's words.

    Raises NotAllowed, Refused.
    """
    policies.offices.require(actor, "report", office)
    _check_day(operation, day)
    counted = _of_day(operation, day).within({office.code})
    made, _new = SituationReport.objects.update_or_create(
        operation=operation,
        office=office,
        day=day,
        defaults={
            "administration": exchanged.own(),
            "cut_off": operation.cut_off_of(day),
            "words": words.strip(),
            "figures": exchanged.plain_figures(exchanged.figures_out(counted.figures(), day)),
            "controls": exchanged.plain_controls(counts_of_day(counted, operation, day)),
            "at": timezone.now(),
            "by": actor,
        },
    )
    record(actor, verbs.REPORTED, made, after={"day": day.isoformat()}, office=office)
    tell(operation)
    return made


@transaction.atomic
def release_report(actor: Person, operation: Operation, day: date, *, words: str = "") -> SituationReport:
    """Release the administration's report of a day to all who take part, and its figures up to then.

    Offices that have not reported stay out of the counts by office: a missing report is not a nought. Released again,
    it is a new version of the same object. Raises NotAllowed, Refused.
    """
    operation = Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
    policies.operations.require(actor, "release", operation)
    if operation.state not in {"running", "closing"}:
        raise Refused(_("Reports are released while an operation runs."))
    _check_day(operation, day)
    known = SituationReport.objects.filter(
        operation=operation, administration=exchanged.own(), office=None, day=day
    ).first()
    counted = _of_day(operation, day)
    modified = exchanged.later(known.modified if known else None)
    cut_off = operation.cut_off_of(day)
    told = wire.SituationReport(
        id=known.object_id if known else wire.new_id("report", uuid4()),
        **exchanged.head(operation, modified, _created(known)),
        operation=operation.object_id,
        title=f"{operation.code} {day.isoformat()} {exchanged.own()}",
        at=modified,
        words=words.strip() or None,
        day=day,
        cut_off=wire.to_the_millisecond(cut_off),
        status=wire.Status.PROVISIONAL,
        figures=exchanged.figures_out(counted.figures(), day),
        controls=counts_of_day(counted, operation, day, _reported(operation, day)),
    )
    made = known or SituationReport(operation=operation, administration=exchanged.own(), day=day)
    made.cut_off, made.words, made.by, made.at = cut_off, words.strip(), actor, timezone.now()
    made.figures, made.controls = exchanged.plain_figures(told.figures), exchanged.plain_controls(told.controls)
    made.object_id, made.modified = told.id, told.modified
    made.save()
    record(
        actor, verbs.REPORT_RELEASED, made, after={"day": day.isoformat(), "digest": wire.digest(wire.to_stix(told))},
        office=operation.office_id,
    )  # fmt: skip
    send(operation, told)
    release_figures(actor, operation, words=words)
    return made


def _created(known: SituationReport | None) -> datetime | None:
    """When the object was first made: its versions all bear that moment."""
    if known is None:
        return None
    from tidewaiter.node.partners.models import OutboxObject

    first = OutboxObject.objects.filter(object_id=known.object_id).order_by("modified").first()
    return first.modified if first else known.modified


def _reported(operation: Operation, day: date) -> list[str]:
    reports = SituationReport.objects.filter(operation=operation, administration=exchanged.own(), day=day)
    return sorted(code for code in reports.values_list("office", flat=True) if code)


def _of_day(operation: Operation, day: date) -> tally.Tally:
    return tally.count(operation, first=operation.midnight(day), last=operation.midnight(day + timedelta(days=1)))


def _check_day(operation: Operation, day: date) -> None:
    if not operation.starts_on <= day <= operation.ends_on:
        raise Refused(_("This day is not a day of the operation."), field="day")
    if day > operation.today():
        raise Refused(_("This day has not come yet."), field="day")
