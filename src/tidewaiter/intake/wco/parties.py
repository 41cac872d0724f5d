"""Parties of a declaration, wherever they stand in it."""

from typing import Any

from tidewaiter.domain.vocabulary import PartyRole
from tidewaiter.intake.wco.tree import Record
from tidewaiter.intake.wco.values import code, identifier_type

__all__ = ["parties_of"]

_PHONES = frozenset({None, "TE", "TL", "AL"})
"""UN/EDIFACT 3155: telephone, telephone, mobile telephone; a communication without a type is taken for one."""
_OTHER = PartyRole.OTHER.value


def parties_of(record: Record) -> list[tuple[Any, ...]]:
    """Give the parties as tuples in the order of ``schemas.PARTY``, each once.

    A party of the role ``other`` (holder of an authorisation, tax representative, surety…) that only repeats the
    identifier of a party with a proper role adds nothing and is left out.
    """
    found = [_party(party) for party in record.get("parties", ())]
    for item in record.get("items", ()):
        found.extend(_party(party) for party in item.get("parties", ()))
    proper = {party[4] for party in found if party is not None and party[0] != _OTHER}
    kept = (
        party
        for party in found
        if party is not None and not (party[0] == _OTHER and party[1] is None and party[4] in proper)
    )
    return list(dict.fromkeys(kept))


def _party(party: Record) -> tuple[Any, ...] | None:
    """A party; None where the element says nothing of who it is, as an agent's function code alone."""
    name = party.get("name")
    identifier = party.get("identifier")
    lines = [party[slot] for slot in ("line", "city", "subdivision", "postcode") if slot in party]
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
