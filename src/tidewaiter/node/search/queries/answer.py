"""Answer the one box: references of the lake first, then records by words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.names import compact
from tidewaiter.node.search import personal
from tidewaiter.node.search.models import SearchEntry
from tidewaiter.node.search.queries.found import Found
from tidewaiter.node.search.queries.references import LookUp, look_up, may_be_reference
from tidewaiter.node.search.queries.words import found_of, search

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person

PAGE = 20
SUGGESTED = 8
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found. ``straight`` is the address to go to at once, where a reference leads to one thing alone."""

    consignments: list[Found]
    records: list[Found]
    more: str
    """Cursor of the next page of records; empty where there is none."""
    complete: bool
    """False where an index of the lake could not be used."""
    straight: str
    looked_up: LookUp | None = None
    """What the lake told of it, where it was asked."""

    @property
    def count(self) -> int:
        """How many results are shown."""
        return len(self.consignments) + len(self.records)


def answer(person: Person, text: str, *, kinds: Collection[str] | None = None, after: str = "") -> Answer:
    """Find what was typed or scanned. Further pages (``after``) and single kinds hold records alone."""
    records = search(person, text, kinds=kinds, limit=PAGE + 1, after=after)
    more = records[PAGE - 1].cursor if len(records) > PAGE else ""
    if after or kinds is not None:
        return Answer(consignments=[], records=records[:PAGE], more=more, complete=True, straight="")
    looked_up = look_up(person, text)
    consignments = _unless_record(person, looked_up.found, records)
    only = [*consignments, *records]
    straight = only[0].url if looked_up.complete and len(only) == 1 and _names(text, only[0], looked_up.found) else ""
    return Answer(
        consignments=consignments,
        records=records[:PAGE],
        more=more,
        complete=looked_up.complete,
        straight=straight,
        looked_up=looked_up,
    )


def _unless_record(person: Person, consignments: list[Found], records: list[Found]) -> list[Found]:
    """Leave out what stands among the records; of what people work on, show the record in place of the consignment."""
    shown = {one.consignment_id for one in records if one.consignment_id}
    ids = {one.consignment_id for one in consignments} - shown
    worked_on = {}
    if ids:
        entries = SearchEntry.objects.visible_to(person).filter(consignment_id__in=ids).defer("shadow")
        latest_last = entries.select_related("office").order_by("at", "pk")
        worked_on = {entry.consignment_id: found_of(entry) for entry in latest_last}
    return [worked_on.get(one.consignment_id) or one for one in consignments if one.consignment_id not in shown]


def _names(text: str, only: Found, looked_up: list[Found]) -> bool:
    """Whether what was typed is the reference of the one result, and not a word that happens to be in it."""
    if looked_up:
        return only.consignment_id in {one.consignment_id for one in looked_up}
    return bool(_DIGIT.search(text)) and compact(text) == compact(only.title)


def suggestions(person: Person, text: str) -> list[Found]:
    """Give a few results for what has been typed so far; the lake is asked once there is enough of a reference."""
    looked_up = look_up(person, text, limit=3) if may_be_reference(text) and _DIGIT.search(text) else None
    # Whose number it is shows on the page alone, where the look-up is noted.
    shown = looked_up.found if looked_up and not looked_up.kinds & frozenset(personal.KINDS) else []
    records = search(person, text, limit=SUGGESTED, beginnings=True)
    return [*_unless_record(person, shown, records), *records][:SUGGESTED]
