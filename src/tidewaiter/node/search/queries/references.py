"""Look a reference up in the lakes of this node."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.utils.translation import gettext as _

from tidewaiter.lake.reference_index import IndexRefused, Place
from tidewaiter.lake.reference_index.rows import IN_FORCE
from tidewaiter.lake.reference_index.spelling import CONSIGNMENT_ID, MESSAGE_ID, PHONE
from tidewaiter.names import compact
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.search import lake
from tidewaiter.node.search.queries.found import Found
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tidewaiter.node.accounts.models import Person

log = structlog.get_logger(__name__)

SHORTEST, LONGEST = 4, 64
"""Letters and digits of what is looked up as a reference."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a look-up found, and whether it could look everywhere."""

    found: list[Found]
    complete: bool
    kinds: frozenset[str] = frozenset()
    """Kinds of the references under which it was found."""


def may_be_reference(text: str) -> bool:
    """Whether a text could be a reference: no longer than one, and not one or two letters."""
    return SHORTEST <= len(compact(text[: 2 * LONGEST])) <= LONGEST


def look_up(person: Person, reference: str, *, limit: int = 10) -> LookUp:
    """Find the consignments in the lake that bear a reference and that ``person`` may see, each once, latest first.

    An index that cannot be used is left out, logged, and told by ``complete``.
    """
    if not person.is_active or not may_be_reference(reference) or not lake.sources():
        return LookUp([], True)
    offices = {office.pk: office for office in Office.objects.all()}
    found: dict[str, Found] = {}
    complete, kinds = True, set[str]()
    for source in lake.sources():
        reached = person.reach(*source.seen_by) if source.seen_by else frozenset()
        for folder in source.folders() if reached else ():
            if len(found) >= limit:
                break
            try:
                places = lake.opened(folder).find(reference, limit=limit, accepts=_within(reached, offices))
            except IndexRefused as refused:
                log.error("search.index_refused", folder=str(folder), why=str(refused))
                complete = False
                continue
            # The version in force stands for all versions of a consignment.
            for place in sorted(places, key=lambda one: one.state != IN_FORCE):
                kinds.add(place.kind)
                found.setdefault(place.consignment_id, _found(place, source.url(folder, place), offices))
    return LookUp(list(found.values())[:limit], complete, frozenset(kinds))


def _within(reached: frozenset[str], offices: Mapping[str, Office]) -> Callable[[Place], bool]:
    return lambda place: _deciding(place, offices) in reached


def _deciding(place: Place, offices: Mapping[str, Office]) -> str:
    """The code of the office that decides who sees it; the whole administration where this node does not know it."""
    return place.office if place.office is not None and place.office in offices else place.administration


def _found(place: Place, url: str, offices: Mapping[str, Office]) -> Found:
    deciding = _deciding(place, offices)
    return Found(
        kind=kind_words(place.kind),
        icon="box",
        title=place.value,
        summary=place.consignment_id,
        url=url,
        office=offices[deciding].name if deciding in offices else deciding,
        day=place.day,
        in_force=place.state == IN_FORCE,
        consignment_id=place.consignment_id,
    )


def kind_words(kind: str) -> str:
    """Give the words of a kind of reference in the language of the page."""
    if kind == CONSIGNMENT_ID:
        return _("consignment number")
    if kind == MESSAGE_ID:
        return _("message number")
    prefix = "identifier" if kind == PHONE or not messages.has(f"reference.{kind}") else "reference"
    return messages.text(f"{prefix}.{kind}", tag())
