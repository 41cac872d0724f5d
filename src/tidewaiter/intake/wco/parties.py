"""Parties of a declaration, wherever they stand in it."""

from typing import Any

from tidewaiter.domain.vocabulary import PartyRole
from tidewaiter.intake.wco.tree import Record
from tidewaiter.intake.wco.values import code, identifier_type

__all__ = ["parties_of"]

_PHONES = frozenset({None, "TE", "TL", "AL"})
"""UN/EDIFACT 3155: telephone, telephone, mobile telephone; a communication without a type is taken for one."""
_OTHER = PartyRole.OTHER.value
_ADDRESS = ("line", "city", "subdivision", "postcode")


def parties_of(record: Record) -> list[tuple[Any, ...]]:
    """Give the parties as tuples in the order of ``schemas.PARTY``, each once.

    A party of the role ``other`` (holder of an authorisation, tax representative, surety…) that only repeats the
    identifier of a party with a proper role adds nothing and is left out.
    """
    found: dict[tuple[Any, ...], None] = {}
    proper: set[str | None] = set()
    for holder in (record, *record.get("items", ())):
        for element in holder.get("parties", ()):
            party = _party(element)
            if party is not None:
                found[party] = None
                if party[0] != _OTHER:
                    proper.add(party[4])
    return [party for party in found if party[0] != _OTHER or party[1] is not None or party[4] not in proper]


def _party(party: Record) -> tuple[Any, ...] | None:
    """A party; None where the element says nothing of who it is, as an agent's function code alone."""
    identifier = party.get("identifier")
    if len(party) == 2 and identifier is not None:  # its kind and its identifier: most parties are no more than that
        return (party["kind"], None, None, identifier_type(identifier), identifier, None, None, None, None)
    name = party.get("name")
    lines = [party[slot] for slot in _ADDRESS if slot in party]
    phone = _phone(party)
    if not (name or identifier or lines or phone):
        return None
    return (
        party["kind"],
        name,
        None,
        None if identifier is None else identifier_type(identifier),
        identifier,
        ", ".join(lines) or None,
        code(party.get("country")),
        phone,
        None,
    )


def _phone(party: Record) -> str | None:
    for communication in party.get("communications", ()):
        if "value" in communication and communication.get("type") in _PHONES:
            return str(communication["value"])
    return None
