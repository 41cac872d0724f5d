"""Declarations: each an original with a consignment id that no other has."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tidewaiter.intake.versions.naming import Name, Naming

__all__ = ["DUPLICATE_NUMBER", "DUPLICATE_REFERENCE", "Declaration", "declarations"]

DUPLICATE_NUMBER = "duplicate_declaration_number"
DUPLICATE_REFERENCE = "duplicate_reference"


@dataclass(slots=True)
class Declaration:
    """An original and what was joined to it."""

    original: Naming
    consignment_id: str
    numbers: set[Name]
    versions: list[Naming] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)

    @property
    def row(self) -> int:
        """Place of the original in the batch: what tells declarations apart."""
        return self.original.row


def declarations(originals: Iterable[Naming]) -> list[Declaration]:
    """Make declarations of originals, none of them a duplicate.

    Originals that bear one number, one reference of one declarant or one consignment id say different things of it, so
    they are different consignments: all are flagged. The first to arrive keeps the consignment id, the others have it
    with a count (``~2``) that no original bears as its own id.
    """
    found = [
        Declaration(original, original.consignment_id, set(original.known_as))
        for original in sorted(originals, key=lambda message: message.arrival)
    ]
    namesakes: dict[tuple[object, ...], list[Declaration]] = defaultdict(list)
    by_id: dict[str, list[Declaration]] = defaultdict(list)
    for declaration in found:
        original = declaration.original
        by_id[original.consignment_id].append(declaration)
        if original.number is not None:
            namesakes[DUPLICATE_NUMBER, original.number].append(declaration)
        elif original.references:
            name = (original.administration, original.declarant, original.references[0])
            namesakes[DUPLICATE_REFERENCE, name].append(declaration)
    for (flag, _), same in namesakes.items():
        if len(same) > 1:
            for declaration in same:
                declaration.flags.add(str(flag))
    _tell_apart(by_id)
    return found


def _tell_apart(by_id: dict[str, list[Declaration]]) -> None:
    taken = set(by_id)
    for consignment_id, same in by_id.items():
        if len(same) == 1:
            continue
        count = 1
        for declaration in same:
            if not declaration.flags:
                declaration.flags.add(DUPLICATE_REFERENCE)
            if declaration is not same[0]:
                count += 1
                while f"{consignment_id}~{count}" in taken:
                    count += 1
                declaration.consignment_id = f"{consignment_id}~{count}"
                taken.add(declaration.consignment_id)
