"""Merge the lists of a declaration's versions: parties, legs, goods items, flags."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from tidewaiter.domain.vocabulary import RouteRole

__all__ = ["Moved", "Row", "merged_flags", "merged_lists"]

Row = dict[str, Any]
"""An element of a list as Python values."""

Moved = dict[int, tuple[int, set[str]]]
"""For the place of each item in its message (from 1): its place after merging, and the names of what it gave."""

_GOODS = re.compile(r"goods\[(\d+)\](.*)\Z", re.DOTALL)
_LISTED = re.compile(r"(?:references|route|parties)\[")
_ROLES = {role.value: place for place, role in enumerate(RouteRole)}


def merged_lists(name: str, given: Iterable[tuple[int, int, list[Row]]]) -> tuple[list[list[Row]], dict[int, Moved]]:
    """Merge the lists of one column, where several messages of a chain give one.

    ``given`` holds chain, message and list, in order. Gives the merged list of each chain, and for goods items where
    those of each message but the first went.
    """
    merged: list[list[Row]] = []
    moved: dict[int, Moved] = {}
    for _, chain in groupby(given, key=lambda version: version[0]):
        (_, _, elements), *versions = chain
        for _, message, later in versions:
            if name == "goods":
                elements, moved[message] = _goods(elements, later)
            else:
                elements = _MERGING[name](elements, later)
        merged.append(elements)
    return merged, moved


def merged_flags(before: list[Row], version: list[Row], changed: set[str], moved: Moved) -> list[Row]:
    """Give the flags on what still stands when a version is laid over others.

    ``changed`` names the values that the version gives, ``moved`` its goods items. Doubts about places in other lists
    are left to be found again: the places moved.
    """
    gone = changed | {f"goods[{place}].{name}" for place, names in moved.values() for name in names}
    kept = [flag for flag in before if flag["field"] not in gone and not _LISTED.match(flag["field"])]
    for flag in version:
        name = flag["field"]
        listed = _GOODS.match(name)
        if listed is not None and int(listed[1]) in moved:
            name = f"goods[{moved[int(listed[1])][0]}]{listed[2]}"
        elif _LISTED.match(name):
            continue
        added = {"code": flag["code"], "field": name}
        if added not in kept:
            kept.append(added)
    return kept


def _laid_over(before: Row, version: Row) -> Row:
    return {**before, **{name: value for name, value in version.items() if value is not None}}


def _parties(before: list[Row], version: list[Row]) -> list[Row]:
    """A role that one party holds before and after is that party, changed; else parties are told by who they are."""
    parties = [dict(party) for party in before]
    for party in version:
        alone = sum(other["role"] == party["role"] for other in version) == 1
        holders = [place for place, other in enumerate(parties) if other["role"] == party["role"]]
        if not (alone and len(holders) == 1):
            holders = [place for place in holders if _same_party(parties[place], party)]
        if holders:
            parties[holders[0]] = _laid_over(parties[holders[0]], party)
        else:
            parties.append(dict(party))
    return parties


def _same_party(one: Row, other: Row) -> bool:
    if one["identifier"] is not None and other["identifier"] is not None:
        return bool(one["identifier"] == other["identifier"])
    return one["name"] is not None and bool(one["name"] == other["name"])


def _route(before: list[Row], version: list[Row]) -> list[Row]:
    """A leg without a sequence is the leg of its role."""
    legs = [dict(leg) for leg in before]
    for leg in version:
        same = [
            place
            for place, other in enumerate(legs)
            if other["role"] == leg["role"] and leg["sequence"] in (None, other["sequence"])
        ]
        if same:
            legs[same[0]] = _laid_over(legs[same[0]], leg)
        else:
            legs.append(dict(leg))
    if version:
        legs.sort(key=lambda leg: (_ROLES.get(leg["role"], len(_ROLES)), leg["sequence"] is None, leg["sequence"] or 0))
        for sequence, leg in enumerate(legs, start=1):
            leg["sequence"] = sequence
    return legs


def _goods(before: list[Row], version: list[Row]) -> tuple[list[Row], Moved]:
    """Give the items, and for each item of the version its place among them (from 1) with the names that it gave."""
    items: dict[Any, Row] = {}
    for place, item in enumerate(before):
        sequence = item["sequence"] if item["sequence"] is not None else place + 1
        items[sequence if sequence not in items else ("again", place)] = dict(item)
    changed: list[tuple[Any, set[str]]] = []
    for place, item in enumerate(version):
        sequence = item["sequence"] if item["sequence"] is not None else place + 1
        items[sequence] = _laid_over(items.get(sequence, {}), item) if sequence in items else dict(item)
        changed.append((sequence, {name for name, value in item.items() if value is not None}))
    places = {sequence: place for place, sequence in enumerate(items, start=1)}
    return list(items.values()), {
        index: (places[sequence], names) for index, (sequence, names) in enumerate(changed, start=1)
    }


_MERGING: dict[str, Callable[[list[Row], list[Row]], list[Row]]] = {"parties": _parties, "route": _route}
