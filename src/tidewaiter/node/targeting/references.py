"""References of a consignment: which one is shown, and the folded keys by which one is found."""

from collections.abc import Iterable, Sequence

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.lake.reference_index.spelling import forms, spellings

Reference = tuple[str, str]
"""Type (`vocabulary.ReferenceType`) and value, as declared."""

MOST = 200
"""Characters of a reference that are kept to show it."""

_SHOWN_FIRST = (
    ReferenceType.PLATE,
    ReferenceType.CONTAINER,
    ReferenceType.HOUSE_BILL,
    ReferenceType.COURIER_TRACKING,
    ReferenceType.POSTAL_ITEM,
    ReferenceType.AIR_WAYBILL,
    ReferenceType.MASTER_BILL,
    ReferenceType.DECLARATION_NUMBER,
    ReferenceType.FUNCTIONAL_REFERENCE,
    ReferenceType.UNIQUE_CONSIGNMENT_REFERENCE,
)


def shown(references: Sequence[Reference], otherwise: str) -> Reference:
    """The reference by which people speak of the consignment: the plate, the container, the bill, else its own id."""
    by_type = dict(reversed(references))
    for kind in _SHOWN_FIRST:
        if by_type.get(kind):
            return str(kind), by_type[kind][:MOST]
    return (references[0][0], references[0][1][:MOST]) if references else ("", otherwise[:MOST])


def keys_of(references: Iterable[Reference]) -> set[tuple[str, str]]:
    """The keys of references, each with its type."""
    return {(kind, key[:MOST]) for kind, value in references for key in forms(kind, value)}


def keys_of_any(reference: str) -> set[str]:
    """All keys under which a reference of any type, as typed, may be found."""
    return {key[:MOST] for key in spellings(None, reference)}
