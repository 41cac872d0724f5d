"""What a tip announced is declared at last: the line that waits for it gets its declaration."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from tidewaiter.lake.reference_index import Place, read_consignment
from tidewaiter.node.audit.services import record
from tidewaiter.node.search.services import index
from tidewaiter.node.targeting import lake, summary, verbs
from tidewaiter.node.targeting.models import QueueReference, ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.reasons import kinds_of, tips_in, with_tips
from tidewaiter.node.targeting.references import keys_of

BEFORE, AFTER = timedelta(days=2), timedelta(days=10)
"""How far from the day that a tip names a declaration may lie: plates and containers come again."""

_SAME = (
    "administration", "office", "status", "origin", "rule", "mandatory", "priority", "tip", "due_at", "mode", "courier",
    "reference", "reference_type", "references", "reasons", "kinds", "waiting_since",
)  # fmt: skip
"""What all lines of one tip have in common."""


def attach_expected(run: ScreeningRun) -> int:
    """Give lines without a declaration the one that ``run`` read, where it bears their reference; gives how many."""
    waiting = SelectedConsignment.objects.open().filter(run=None)
    return sum(attach(line, run) for line in waiting)


def attach(line: SelectedConsignment, run: ScreeningRun) -> bool:
    """Look for the declaration of ``line`` in the result of ``run``; says whether it was found. Raises IndexRefused."""
    places = _places(line, run)
    if not places:
        return False
    with transaction.atomic():
        # A lorry carries several bills: the line takes the first, and each of the others gets one of its own.
        others = [_another(line) for _place in places[1:]]
        found = _attach(line, run, places[0])
        if found:
            for other, place in zip(others, places[1:], strict=True):
                other.save(force_insert=True)
                _attach(other, run, place)
        return found


def _another(line: SelectedConsignment) -> SelectedConsignment:
    """A line like this one, for another consignment that the tip speaks of; not written yet."""
    return SelectedConsignment(id=uuid4(), **{name: getattr(line, name) for name in _SAME})


def _places(line: SelectedConsignment, run: ScreeningRun) -> list[Place]:
    """The declarations in force that bear a reference of the line near its time, each consignment once."""
    found: dict[str, Place] = {}
    index = lake.open_index(run)
    expected = line.due_at or line.waiting_since
    for kind, value in line.references:
        for place in index.find(value, kind or None):
            near = place.day is None or expected.date() - BEFORE <= place.day <= expected.date() + AFTER
            if place.state == lake.IN_FORCE and place.administration == line.administration and near:
                found.setdefault(place.consignment_id, place)
    return list(found.values())


def _attach(line: SelectedConsignment, run: ScreeningRun, place: Place) -> bool:
    line = SelectedConsignment.objects.select_for_update(no_key=True).get(pk=line.pk)
    if line.run_id is not None or line.superseded_by_id is not None:
        return False
    present = SelectedConsignment.objects.filter(run=run, message_id=place.message_id).first()
    if present is not None:
        present.reasons = with_tips(tips_in(line.reasons), present.reasons)
        present.kinds, present.tip, present.priority = kinds_of(present.reasons), line.tip, line.priority
        present.save(update_fields=["reasons", "kinds", "tip", "priority"])
        line.superseded_by = present
        line.save(update_fields=["superseded_by"])
        index(present, line)
        return True
    declared = read_consignment(lake.open_index(run).root, place)
    fields = summary.fields_of(declared)
    # People speak of it by the reference that the tip named, and the tip's time is the fresher one.
    for kept in ("reference", "reference_type", "administration", *(("due_at",) if line.due_at else ())):
        fields.pop(kept)
    fields["references"] = [*line.references, *(one for one in fields["references"] if one not in line.references)]
    for name, value in fields.items():
        setattr(line, name, value)
    line.run = run
    line.save(update_fields=[*fields, "run"])
    QueueReference.objects.bulk_create(
        [
            QueueReference(item=line, kind=kind, key=key)
            for kind, key in sorted(keys_of(summary.references_of(declared)))
        ],
        ignore_conflicts=True,
    )
    index(line)
    record(None, verbs.ARRIVED, line, after={"run": run.number, "message": place.message_id})
    return True
