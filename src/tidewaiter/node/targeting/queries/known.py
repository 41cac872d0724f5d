"""All that is known of one consignment, for who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from tidewaiter.lake.reference_index import IndexRefused, Place
from tidewaiter.lake.reference_index.spelling import CONSIGNMENT_ID, KINDS, PHONE
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting import lake, policies, summary
from tidewaiter.node.targeting.extensions import Happened, Subject, history
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment

MOST_RELATED = 12
MOST_VERSIONS = 20
_RUNS = 8
"""Runs in which related consignments are looked for, the latest first."""

_EACH = 4
_TELLING = ("plate", "container", "house_bill", "master_bill", "postal_item", "courier_tracking", "seal", "ucr")


@dataclass(frozen=True, slots=True)
class Related:
    """Another consignment with something in common; ``shared`` are pairs of a kind of reference and its value."""

    run: ScreeningRun
    place: Place
    shared: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Known:
    """A consignment, its line in the queue, its versions, what is related and what happened."""

    run: ScreeningRun | None
    line: SelectedConsignment | None
    declared: Mapping[str, Any] | None
    place: Place | None
    versions: list[Place] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    see_driver: bool = False


def of_message(person: Person, run: ScreeningRun, message_id: str) -> Known | None:
    """What is known of a message of a run; None where there is none that ``person`` may see.

    A line decides with its office; a declaration that no list holds, with the office where it was made. Raises
    IndexRefused where the lake cannot be read.
    """
    line = _lines(person).filter(run=run, message_id=message_id).first()
    found = lake.consignment(run, message_id)
    if found is None:
        return None
    declared, place = found
    if line is None and not policies.consignments.may(person, "see", _office(place)):
        return None
    known = Known(run=run, line=line, declared=declared, place=place)
    office = line if line is not None else _office(place)
    own = line is not None and line.taken_by_id == person.pk
    known.see_driver = own or policies.queue.may(person, "see_driver", office)
    known.versions = lake.open_index(run).find(place.consignment_id, CONSIGNMENT_ID, limit=MOST_VERSIONS)
    known.related = _related(person, declared, see_driver=known.see_driver)
    known.happened = history(person, _subject(known))
    return known


def of_line(person: Person, line: SelectedConsignment) -> Known:
    """What is known of what a tip announced and nobody has declared yet."""
    known = Known(run=None, line=line, declared=None, place=None)
    known.happened = history(person, _subject(known))
    return known


def visible(person: Person, reference: str, limit: int = 40) -> list[lake.Found]:
    """The messages in the lake that bear a reference and that ``person`` may see, latest runs first."""
    return lake.find(reference, limit=limit, accepts=_seen_by(person))


def _lines(person: Person) -> Any:
    return SelectedConsignment.objects.visible_to(person).select_related("office", "taken_by", "run", "superseded_by")


def _office(place: Place) -> Office | None:
    """The office that decides: its own, else the whole administration; None, which nobody reaches, for another's."""
    own = Office.objects.filter(pk__in=[place.office or "", place.administration])
    by_code = {office.pk: office for office in own}
    found = by_code.get(place.office or "") or by_code.get(place.administration)
    return found if found is not None else Office(pk="", administration=settings.CONFIG.administration)


def _seen_by(person: Person) -> Callable[[Place], bool]:
    """Whether the office that decides about a place is one that ``person`` reaches, asked without a query for each."""
    reached = policies.consignments.offices(person, "see") if person.is_active else frozenset()
    known = set(Office.objects.values_list("pk", flat=True))
    return lambda place: (place.office if place.office in known else place.administration) in reached


def _subject(known: Known) -> Subject:
    line, declared = known.line, known.declared
    if declared is not None:
        references = summary.references_of(declared)
        return Subject(
            consignment_id=declared["consignment_id"],
            administration=declared["administration"],
            references=references,
            line=line,
        )
    assert line is not None
    pairs = [(kind, value) for kind, value in line.references]
    return Subject(consignment_id="", administration=line.administration, references=pairs, line=line)


def _shared_references(declared: Mapping[str, Any], *, see_driver: bool) -> list[tuple[str, str]]:
    """What other consignments may have in common with this one. A driver's numbers only for who may see the driver."""
    found = [(kind, value) for kind, value in summary.references_of(declared) if kind in _TELLING]
    for party in declared["parties"] or []:
        if party["role"] == "driver" and not see_driver:
            continue
        kind = party["identifier_type"] if party["identifier_type"] in KINDS else None
        if party["identifier"] and kind:
            found.append((kind, party["identifier"]))
        if party["phone"]:
            found.append((PHONE, party["phone"]))
    return list(dict.fromkeys(found))


def _related(person: Person, declared: Mapping[str, Any], *, see_driver: bool) -> list[Related]:
    wanted = _shared_references(declared, see_driver=see_driver)
    runs = ScreeningRun.objects.filter(state=ScreeningRun.State.DONE).order_by("-created_at")[:_RUNS]
    found: dict[str, tuple[ScreeningRun, Place, list[tuple[str, str]]]] = {}
    seen = _seen_by(person)
    for run, kind, place in _places(runs, wanted):
        own = place.consignment_id == declared["consignment_id"]
        if own or place.state != lake.IN_FORCE or not seen(place):
            continue
        _run, _place, shared = found.setdefault(place.consignment_id, (run, place, []))
        if (kind, place.value) not in shared:
            shared.append((kind, place.value))
    best = sorted(found.values(), key=lambda one: (-len(one[2]), -(one[1].day.toordinal() if one[1].day else 0)))
    return [Related(run, place, tuple(shared)) for run, place, shared in best[:MOST_RELATED]]


def _places(
    runs: Iterable[ScreeningRun], wanted: Sequence[tuple[str, str]]
) -> Iterator[tuple[ScreeningRun, str, Place]]:
    for run in runs:
        try:
            found = lake.open_index(run).find_each(wanted, limit=_EACH)
            yield from ((run, kind, place) for (kind, _value), places in found.items() for place in places)
        except (IndexRefused, OSError):
            continue
