"""References of a declaration: its own numbers, documents, containers, seals, means of transport."""

from collections.abc import Iterator

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


def references_of(record: Record, report: Record | None) -> list[tuple[str, str]]:
    """Give the references as (type, value), each once, in the order in which the declaration names them."""
    found = dict.fromkeys(_own(report or {}))
    found.update(dict.fromkeys(_own(record)))
    for means in record.get("means", ()):
        value = means.get("identifier") or means.get("name")
        if value:
            found[(MEANS_TYPES.get(means.get("type", ""), _OTHER), value)] = None
    found.update(dict.fromkeys(_named(record)))
    for item in record.get("items", ()):
        found.update(dict.fromkeys(_named(item)))
        for packaging in item.get("packagings", ()):
            if "marks" in packaging:
                found[(_OTHER, packaging["marks"])] = None
    return list(found)


def _own(record: Record) -> Iterator[tuple[str, str]]:
    for slot, kind in (("number", _NUMBER), ("reference", _REFERENCE), ("ucr", _UCR)):
        if slot in record:
            yield kind, record[slot]


def _named(record: Record) -> Iterator[tuple[str, str]]:
    """References that stand both at the shipment and at its items."""
    for ucr in record.get("ucrs", ()):
        for slot in ("identifier", "trader"):
            if slot in ucr:
                yield _UCR, ucr[slot]
    for equipment in record.get("equipment", ()):
        if "identifier" in equipment:
            yield _CONTAINER, equipment["identifier"]
        for seal in equipment.get("seals", ()):
            if "identifier" in seal:
                yield _SEAL, seal["identifier"]
    for document in record.get("previous", ()):
        if "identifier" in document:
            yield DOCUMENT_TYPES.get(document.get("type", ""), _PREVIOUS), document["identifier"]
    for document in record.get("documents", ()):
        kind = DOCUMENT_TYPES.get(document.get("type", ""))
        if "identifier" in document and (kind is not None or document.get("type") in INVOICES):
            yield kind or _OTHER, document["identifier"]
