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
from tidewaiter.node.search import lake
from tidewaiter.node.search.queries.found import Found
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.marks import party_name
from tidewaiter.refdata import messages
from tidewaiter.refdata.offices import find as office_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tidewaiter.node.accounts.models import Person

log = structlog.get_logger(__name__)

SHORTEST, LONGEST = 4, 64
"""Letters and digits of what is looked up as a reference."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What a look-up found, and whether it could look everywhere."""

    found: list[Found]
    complete: bool


def may_be_reference(text: str) -> bool:
    """Whether a text could be a reference: no longer than one, and not one or two letters."""
    return SHORTEST <= len(compact(text[: 2 * LONGEST])) <= LONGEST


def look_up(person: Person, reference: str, *, limit: int = 10) -> LookUp:
    """Find the consignments in the lake that bear a reference and that ``person`` may see, each once, latest first.

    An index that cannot be used is left out, logged, and told by ``complete``.
    """
    found: dict[str, Found] = {}
    complete = True
    if not person.is_active or not may_be_reference(reference):
        return LookUp([], complete)
    for source in lake.sources():
        reached = person.reach(*source.seen_by) if source.seen_by else frozenset()
        for folder in source.folders() if reached else ():
            if len(found) >= limit:
                break
            try:
                places = lake.opened(folder).find(reference, limit=limit, accepts=_within(reached))
            except IndexRefused as refused:
                log.error("search.index_refused", folder=str(folder), why=str(refused))
                complete = False
                continue
            _gather(found, places, folder, source)
    return LookUp(list(found.values())[:limit], complete)


def _within(reached: frozenset[str]) -> Callable[[Place], bool]:
    return lambda place: _office(place) in reached


def _office(place: Place) -> str:
    """The office that decides who sees it; one that nobody knows belongs to the whole administration."""
    if place.office is not None and office_of(place.office) is not None:
        return place.office
    return place.administration


def _gather(found: dict[str, Found], places: list[Place], folder: Path, source: lake.Source) -> None:
    # The version in force stands for all versions of a consignment.
    for place in sorted(places, key=lambda one: one.state != IN_FORCE):
        if place.consignment_id not in found:
            found[place.consignment_id] = Found(
                kind=kind_words(place.kind),
                icon="box",
                title=place.value,
                summary=place.consignment_id,
                url=source.url(folder, place),
                office=party_name(_office(place)),
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
