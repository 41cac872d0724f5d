"""Lay a version of a declaration over the one before."""

import re
from typing import Any

from tidewaiter.domain.vocabulary import RouteRole
from tidewaiter.intake.versions.keys import NAMING

__all__ = ["Row", "composed"]

Row = dict[str, Any]
"""A row of ``schemas.CONSIGNMENT`` as Python values."""

_ENVELOPE = frozenset(
    ("message_id", "consignment_id", "function", "partial", "administration", "source_rows", "synthetic", "flags")
)
_LISTS = frozenset(("references", "route", "parties", "goods"))
_LODGEMENT = (("lodged_at", "lodged_offset"), ("presented_at", "presented_offset"))
_ROLES = {role.value: place for place, role in enumerate(RouteRole)}
_GOODS = re.compile(r"goods\[(\d+)\](.*)\Z", re.DOTALL)
_LISTED = re.compile(r"(?:references|route|parties)\[")


def composed(rows: list[Row], consignment_id: str, flags: list[str]) -> Row:
    """Compose the version in force of an original and what amends it, in order.

    A partial message changes what it carries: values one by one, goods items by their sequence, references by type and
    value, parties by role, legs by role and sequence. A whole one replaces all but the declaration's own numbers and
    the times of lodgement and presentation, which stay true where it does not repeat them.
    """
    row = dict(rows[0])
    for version in rows[1:]:
        whole = not version["partial"] and bool(version["goods"])
        row = _replaced(row, version) if whole else _merged(row, version)
    row["message_id"] = f"{row['message_id']}+{len(rows)}"
    row["consignment_id"] = consignment_id
    row["partial"] = False
    row["administration"] = rows[0]["administration"]
    row["source_rows"] = sum(version["source_rows"] or 0 for version in rows)
    row["synthetic"] = any(version["synthetic"] for version in rows)
    known = {(flag["code"], flag["field"]) for flag in row["flags"] or ()}
    added = [{"code": code, "field": "references"} for code in sorted(flags) if (code, "references") not in known]
    row["flags"] = [*(row["flags"] or ()), *added]
    return row


def _replaced(before: Row, version: Row) -> Row:
    row = dict(version)
    own = [reference for reference in before["references"] or () if reference["type"] in NAMING]
    row["references"] = _references(own, version["references"] or ())
    for time, offset in _LODGEMENT:
        if row[time] is None:
            row[time], row[offset] = before[time], before[offset]
    if row["version"] is None:
        row["version"] = before["version"]
    if row["issued_at"] is None:
        row["issued_at"] = before["issued_at"]
    return row


def _merged(before: Row, version: Row) -> Row:
    row = dict(before)
    given = {
        name for name, value in version.items() if value is not None and name not in _ENVELOPE and name not in _LISTS
    }
    for name in given:
        row[name] = version[name]
    row["message_id"], row["function"] = version["message_id"], version["function"]
    for time, offset in _LODGEMENT:
        if time in given:
            row[offset] = version[offset]
    row["references"] = _references(before["references"] or (), version["references"] or ())
    row["parties"] = _parties(before["parties"] or (), version["parties"] or ())
    row["route"] = _route(before["route"] or (), version["route"] or ())
    row["goods"], moved = _goods(before["goods"] or (), version["goods"] or ())
    row["flags"] = _flags(before, version, given, moved)
    return row


def _laid_over(before: Row, version: Row) -> Row:
    return {**before, **{name: value for name, value in version.items() if value is not None}}


def _references(before: Any, version: Any) -> list[Row]:
    found = {(reference["type"], reference["value"]): reference for reference in (*before, *version)}
    return list(found.values())


def _parties(before: Any, version: Any) -> list[Row]:
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


def _route(before: Any, version: Any) -> list[Row]:
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


def _goods(before: Any, version: Any) -> tuple[list[Row], dict[int, tuple[int, set[str]]]]:
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


def _flags(before: Row, version: Row, given: set[str], moved: dict[int, tuple[int, set[str]]]) -> list[Row]:
    """Flags on what still stands. Doubts about places in other lists are left to be found again: the places moved."""
    gone = given | {f"goods[{place}].{name}" for place, names in moved.values() for name in names}
    kept = [flag for flag in before["flags"] or () if flag["field"] not in gone and not _LISTED.match(flag["field"])]
    for flag in version["flags"] or ():
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
