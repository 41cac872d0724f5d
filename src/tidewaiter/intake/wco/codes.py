"""Code lists of the declaration that decide where a value goes.

Sources: UN/EDIFACT 1225 (message function); Commission Delegated Regulation (EU) 2015/2446, annex B (declaration
types, procedures, identification of means of transport, previous documents); UN/EDIFACT 1001 (documents).
"""

from tidewaiter.domain.vocabulary import MessageFunction, ReferenceType, Regime

__all__ = ["DOCUMENT_TYPES", "FUNCTIONS", "INVOICES", "MEANS_TYPES", "REQUESTS", "function_of", "regime_of"]

FUNCTIONS = {
    "1": (MessageFunction.CANCELLATION, True),
    "2": (MessageFunction.AMENDMENT, True),
    "3": (MessageFunction.CANCELLATION, True),
    "4": (MessageFunction.AMENDMENT, True),
    "5": (MessageFunction.AMENDMENT, False),
    "9": (MessageFunction.ORIGINAL, False),
}
"""What a message does by its function code, and whether it carries only what changes."""

REQUESTS = {"COR": MessageFunction.AMENDMENT, "INV": MessageFunction.CANCELLATION}
"""What a request (function code 13) asks for, by its type code; it carries only what changes."""

MEANS_TYPES = {
    "10": ReferenceType.VESSEL.value,  # IMO ship number
    "11": ReferenceType.VESSEL.value,  # name of a sea-going vessel
    "30": ReferenceType.PLATE.value,  # registration of a road vehicle
    "31": ReferenceType.PLATE.value,  # registration of a trailer
    "40": ReferenceType.FLIGHT.value,  # IATA flight number
    "80": ReferenceType.VESSEL.value,  # ENI, European vessel number
    "81": ReferenceType.VESSEL.value,  # name of a vessel of inland waters
}
"""ReferenceType of a means of transport by the type of its identification; wagon, train and aircraft are `other`."""

DOCUMENT_TYPES = {
    "DCR": ReferenceType.UNIQUE_CONSIGNMENT_REFERENCE.value,
    "DCS": ReferenceType.UNIQUE_CONSIGNMENT_REFERENCE.value,
    "MCR": ReferenceType.UNIQUE_CONSIGNMENT_REFERENCE.value,
    "703": ReferenceType.HOUSE_BILL.value,  # house waybill
    "714": ReferenceType.HOUSE_BILL.value,  # house bill of lading
    "704": ReferenceType.MASTER_BILL.value,  # master bill of lading
    "705": ReferenceType.MASTER_BILL.value,  # bill of lading
    "740": ReferenceType.AIR_WAYBILL.value,
    "741": ReferenceType.AIR_WAYBILL.value,  # master air waybill
}
"""ReferenceType of a previous or transport document by its type."""

INVOICES = frozenset({"271", "325", "380", "935"})
"""Packing list, pro-forma invoice, commercial invoice, invoice that the customs value rests on."""


def function_of(code: str | None, type_code: str | None) -> tuple[MessageFunction, bool] | None:
    """Give what a message does and whether it is partial; None where its codes say nothing known.

    13 is a request about another declaration: TypeCode COR amends it, INV invalidates (cancels) it.
    """
    if code == "13":
        function = REQUESTS.get((type_code or "").upper())
        return None if function is None else (function, True)
    return FUNCTIONS.get(code or "")


def regime_of(type_code: str | None, procedures: list[str]) -> Regime | None:
    """Give the regime by the requested procedures and the declaration type.

    Procedure 31 is re-export, types T, T1, T2, TIR and the like are transit. IM and EX say the direction; CO (trade
    within a customs territory) and other types leave it to the first digit of the procedure: 1 to 3 out, 4 to 9 in.
    """
    requested = [code for code in procedures if len(code) in (2, 4) and code[:2].isdigit()]
    if any(code.startswith("31") for code in requested):
        return Regime.RE_EXPORT
    kind = (type_code or "").upper()
    if kind.startswith("IM"):
        return Regime.IMPORT
    if kind.startswith("EX"):
        return Regime.EXPORT
    if kind in ("T", "TIR", "TD") or kind[:2] in ("T1", "T2"):
        return Regime.TRANSIT
    first = requested[0][0] if requested else ""
    if first in ("1", "2", "3"):
        return Regime.EXPORT
    return Regime.IMPORT if first in ("4", "5", "6", "7", "9") else None
