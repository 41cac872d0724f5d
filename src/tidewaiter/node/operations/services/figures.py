"""Releasing one's own figures to those who take part. The own administration decides; nobody else sees more."""

from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.models import Operation, ReleasedFigures
from tidewaiter.node.operations.queries import tally
from tidewaiter.node.operations.queries.others import own_extras
from tidewaiter.node.operations.services.controls import counts_of
from tidewaiter.node.operations.services.sending import send, tell


@transaction.atomic
def release_figures(actor: Person, operation: Operation, *, final: bool = False, words: str = "") -> ReleasedFigures:
    """Release the figures of the operation as they stand; ``final`` says that they will not change any more.

    Final ones are released when the operation has ended. Each release is a new version. Raises NotAllowed, Refused.
    """
    operation = Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
    policies.operations.require(actor, "release", operation)
    if operation.state not in {"running", "closing"}:
        raise Refused(_("Figures are released while an operation runs, and when it has ended."))
    if final and operation.state != "closing":
        raise Refused(_("Final figures are released when the operation has ended."))
    before = operation.released.filter(administration=exchanged.own()).order_by("modified")
    first, last = before.first(), before.last()
    modified = exchanged.later(last.modified if last else None)
    counted = tally.count(operation)
    ends_on = min(operation.ends_on, max(operation.starts_on, operation.today()))
    told = wire.ReleasedFigures(
        id=first.object_id if first else wire.new_id("report", uuid4()),
        **exchanged.head(operation, modified, first.modified if first else None),
        operation=operation.object_id,
        title=f"{operation.code} {exchanged.own()}",
        at=modified,
        words=words.strip() or None,
        starts_on=operation.starts_on,
        ends_on=ends_on,
        status=wire.Status.CONFIRMED if final else wire.Status.PROVISIONAL,
        figures=(*exchanged.figures_out(counted.figures(), ends_on), *_extras(operation, final=final)),
        controls=counts_of(counted, operation),
    )
    made = keep(operation, exchanged.own(), told)
    made.by = actor
    made.save(update_fields=["by"])
    record(actor, verbs.FIGURES_RELEASED, made, after={"digest": made.digest}, reason=words, office=operation.office_id)
    send(operation, told)
    tell(operation)
    return made


def keep(operation: Operation, administration: str, told: wire.ReleasedFigures) -> ReleasedFigures:
    """Keep a version of released figures; the same version again changes nothing."""
    content = wire.canonical(wire.to_stix(told))
    made, _new = ReleasedFigures.objects.get_or_create(
        object_id=told.id,
        modified=told.modified,
        defaults={
            "operation": operation,
            "administration": administration,
            "starts_on": told.starts_on,
            "ends_on": told.ends_on,
            "status": told.status.value,
            "at": told.at,
            "words": told.words or "",
            "figures": exchanged.plain_figures(told.figures),
            "controls": exchanged.plain_controls(told.controls),
            "content": content.decode(),
            "digest": wire.digest(wire.to_stix(told)),
        },
    )
    return made


def _extras(operation: Operation, *, final: bool) -> list[wire.Figure]:
    status = wire.Status.CONFIRMED if final else wire.Status.PROVISIONAL
    return [
        wire.Figure(measure=wire.Measure(measure), amount=Decimal(number), status=status)
        for measure, number in own_extras(operation).items()
    ]
