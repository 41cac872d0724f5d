"""Whose record counts, when two parties saw the same consignment.

The party that seized counts it at home; the other one assisted. Where both or neither seized, the earlier day decides,
then the record's id, so that every node comes to the same answer.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.consolidation.records import JOINING, POSSIBLE, Record, Reference

CROWDED = 50
"""A reference that more records hold than this names no consignment (a dummy number): it joins nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two records of different parties, by id, the smaller first, and the reference types that they share."""

    first: str
    second: str
    shared: tuple[str, ...] = ()

    @classmethod
    def of(cls, one: str, other: str, shared: Iterable[str] = ()) -> "Pair":
        """Make a pair whatever the order of its records."""
        return cls(min(one, other), max(one, other), tuple(sorted(set(shared))))


@dataclass(frozen=True, slots=True)
class Attribution:
    """The outcome. ``home_of`` leads from each assisted record to the home record; all other records count at home.

    ``possible`` are pairs that may be the same consignment and that nobody has decided on: a statement says how
    many. ``crowded`` are references that too many records hold to mean anything.
    """

    home_of: Mapping[str, str]
    possible: tuple[Pair, ...]
    crowded: tuple[Reference, ...] = ()

    def counts(self, record: str) -> bool:
        """Say whether a record counts at home."""
        return record not in self.home_of


def attribute(
    records: Collection[Record], *, same: Iterable[tuple[str, str]] = (), different: Iterable[tuple[str, str]] = ()
) -> Attribution:
    """Find the consignments that two parties recorded, and who counts them.

    ``same`` and ``different`` are people's decisions on pairs of record ids; they outweigh the references. Two records
    of one party are never doubles of each other here. Raises ValueError for an id that stands twice, a decision on an
    unknown record, or a pair decided both ways, or decided apart while other pairs hold it together.
    """
    by_id = {record.id: record for record in records}
    if len(by_id) != len(records):
        raise ValueError("a record id stands twice; nothing was attributed")
    joined, apart = {Pair.of(*pair) for pair in same}, {Pair.of(*pair) for pair in different}
    unknown = {end for pair in joined | apart for end in (pair.first, pair.second)} - set(by_id)
    if unknown or joined & apart:
        raise ValueError(f"decisions on unknown records {sorted(unknown)} or both ways {sorted(joined & apart)}")
    decided = {(pair.first, pair.second) for pair in joined | apart}
    holders, crowded = _holders(records)
    certain = [pair for pair in _sharing(holders, JOINING) if (pair.first, pair.second) not in decided]
    home_of = {}
    for group in _groups(by_id, [*joined, *certain]):
        held = [pair for pair in sorted(apart) if {pair.first, pair.second} <= set(group)]
        if held:
            raise ValueError(f"{held[0].first} and {held[0].second} are decided apart, but others join them: {group}")
        home_of.update(_assisted([by_id[one] for one in group]))
    settled = decided | {(pair.first, pair.second) for pair in certain}
    possible = [pair for pair in _sharing(holders, POSSIBLE) if (pair.first, pair.second) not in settled]
    return Attribution(home_of, tuple(possible), crowded)


def _holders(records: Iterable[Record]) -> tuple[dict[Reference, list[Record]], tuple[Reference, ...]]:
    """Who holds each reference, and the references that too many hold."""
    holders: dict[Reference, list[Record]] = {}
    for record in records:
        for reference in record.references:
            if reference.value.strip():
                holders.setdefault(reference, []).append(record)
    crowded = tuple(sorted(reference for reference, group in holders.items() if len(group) > CROWDED))
    for reference in crowded:
        del holders[reference]
    return holders, crowded


def _sharing(holders: Mapping[Reference, Sequence[Record]], types: Collection[str]) -> list[Pair]:
    """The pairs of records of different parties that share a reference of these types."""
    shared: dict[tuple[str, str], list[str]] = {}
    for reference, group in holders.items():
        if reference.type not in types:
            continue
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if one.party != other.party:
                    ends = min(one.id, other.id), max(one.id, other.id)
                    shared.setdefault(ends, []).append(reference.type)
    return sorted(Pair.of(*ends, types) for ends, types in shared.items())


def _groups(ids: Iterable[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The records that hang together by pairs, each group sorted; single ones are left out."""
    leader = {one: one for one in ids}

    def root(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for pair in pairs:
        first, second = sorted((root(pair.first), root(pair.second)))
        leader[second] = first
    groups: dict[str, list[str]] = {}
    for one in sorted(leader):
        groups.setdefault(root(one), []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def _assisted(group: Sequence[Record]) -> dict[str, str]:
    """The assisted records of one consignment, each with the home record. All records of the home party count."""
    home = min(group, key=lambda record: (not record.seized, record.day, record.id))
    return {record.id: home.id for record in group if record.party != home.party}
