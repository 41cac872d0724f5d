"""References of a declaration: its own numbers, documents, containers, seals, means of transport."""

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.intake.wco.codes import DOCUMENT_TYPES, INVOICES, MEANS_TYPES
from tidewaiter.intake.wco.tree import Record

__all__ = ["references_of"]

_NUMBER = ReferenceType.DECLARATION_NUMBER.value
_REFERENCE = ReferenceType.FUNCTIONAL_REFERENCE.value
_UCR = ReferenceType.UNIQUE_CONSIGNMENT_REFERENCE.value
_CONTAINER = ReferenceType.CONTAINER.value
_SEAL = ReferenceType.SEAL.value
_PREVIOUS = ReferenceType.PREVIOUS_DOCUMENT.value
_OTHER = ReferenceType.OTHER.value
_OWN = (("number", _NUMBER), ("reference", _REFERENCE), ("ucr", _UCR))

_Found = dict[tuple[str, str], None]
"""References in the order in which they were found, each once."""


def references_of(record: Record, report: Record | None) -> list[tuple[str, str]]:
    """Give the references as (type, value), each once, in the order in which the declaration names them."""
    found: _Found = {}
    if report:
        _add_own(report, found)
    _add_own(record, found)
    for means in record.get("means", ()):
        value = means.get("identifier") or means.get("name")
        if value:
            found[(MEANS_TYPES.get(means.get("type", ""), _OTHER), value)] = None
    _add_named(record, found)
    for item in record.get("items", ()):
        _add_named(item, found)
        for packaging in item.get("packagings", ()):
            if "marks" in packaging:
                found[(_OTHER, packaging["marks"])] = None
    return list(found)


def _add_own(record: Record, found: _Found) -> None:
    for slot, kind in _OWN:
        if slot in record:
            found[(kind, record[slot])] = None


def _add_named(record: Record, found: _Found) -> None:
    """Add the references that stand both at the shipment and at its items."""
    for ucr in record.get("ucrs", ()):
        for slot in ("identifier", "trader"):
            if slot in ucr:
                found[(_UCR, ucr[slot])] = None
    for equipment in record.get("equipment", ()):
        if "identifier" in equipment:
            found[(_CONTAINER, equipment["identifier"])] = None
        for seal in equipment.get("seals", ()):
            if "identifier" in seal:
                found[(_SEAL, seal["identifier"])] = None
    for document in record.get("previous", ()):
        if "identifier" in document:
            found[(DOCUMENT_TYPES.get(document.get("type", ""), _PREVIOUS), document["identifier"])] = None
    for document in record.get("documents", ()):
        kind = DOCUMENT_TYPES.get(document.get("type", ""))
        if "identifier" in document and (kind is not None or document.get("type") in INVOICES):
            found[(kind or _OTHER, document["identifier"])] = None
