"""Make a row of ``schemas.CONSIGNMENT`` from the record of a declaration."""

from dataclasses import dataclass
from typing import Any

from tidewaiter.domain.vocabulary import MessageFunction, PartyRole, ReferenceType, Regime
from tidewaiter.intake.checks import FlagCode
from tidewaiter.intake.identity import TRANSPORT_REFERENCES, consignment_id
from tidewaiter.intake.rejects import Reason
from tidewaiter.intake.wco.codes import REQUESTS, function_of, regime_of
from tidewaiter.intake.wco.doubts import Doubts, Time, WcoFlag
from tidewaiter.intake.wco.goods import goods_of
from tidewaiter.intake.wco.parties import parties_of
from tidewaiter.intake.wco.references import references_of
from tidewaiter.intake.wco.route import location_code, route_of
from tidewaiter.intake.wco.tree import REPEATED, Record
from tidewaiter.intake.wco.values import code

__all__ = ["UNKNOWN_ADMINISTRATION", "NotADeclaration", "Place", "Row", "row_of"]

Row = dict[str, Any]
"""Values by column; list columns hold tuples in the order of their struct's fields."""

UNKNOWN_ADMINISTRATION = "ZZ"
"""Stands where neither the message nor the options name an administration (ISO 3166 leaves ZZ to its users)."""

_INT32 = 2**31 - 1
_OUTWARD_OFFICES = ("exit_office", "presentation_office", "declaration_office", "supervising_office")
_INWARD_OFFICES = ("presentation_office", "declaration_office", "supervising_office", "exit_office")
_DECLARANT = PartyRole.DECLARANT.value
_NUMBER = ReferenceType.DECLARATION_NUMBER.value
_REFERENCE = ReferenceType.FUNCTIONAL_REFERENCE.value
_NO_TIME: Time = (None, None)
_EXPORTS = (Regime.EXPORT, Regime.RE_EXPORT)


@dataclass(slots=True)
class Place:
    """Where a message stands, and what its envelope says of it."""

    source_file: str
    position: str
    message_id: str
    administration: str | None = None
    received: str | None = None


class NotADeclaration(Exception):
    """A message that cannot be used."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


def row_of(record: Record, report: Record | None, place: Place) -> Row:
    """Convert one message. Raises `NotADeclaration` where it says neither what it does nor what it is about."""
    function, partial = _function(record, report)
    administration = place.administration or _numbered_by(report) or UNKNOWN_ADMINISTRATION
    doubts = Doubts(administration)
    for slot in record.get(REPEATED, ()):
        doubts.note(WcoFlag.REPEATED_ELEMENT, slot)
    if report is None and "function" not in record:
        doubts.note(WcoFlag.NO_FUNCTION, "function")
    own_type = record.get("type") if function in (MessageFunction.ORIGINAL, MessageFunction.REPORT) else None
    regime = regime_of(own_type, _procedures(record))
    outward = regime in _EXPORTS
    invoice = doubts.number(record.get("invoice"), "value")
    row: Row = {
        "message_id": place.message_id,
        "function": function,
        "partial": partial,
        "version": doubts.whole((report or record).get("version"), "version", _INT32),
        "administration": administration,
        "office": _office(record, outward, partial),
        "regime": regime,
        "mode": _mode(record, doubts),
        "courier": None,
        "references": references_of(record, report),
        "route": route_of(record, outward, partial, doubts),
        "parties": parties_of(record),
        "goods": goods_of(record, partial, doubts),
        "gross_mass_kg": doubts.mass(record, "gross", "gross_mass_kg"),
        "net_mass_kg": None,
        "packages": doubts.whole(record.get("packages"), "packages", _INT32),
        "package_kind": None,
        "value": invoice,
        "currency": None if invoice is None else code(record.get("invoice@")),
        "source_file": place.source_file,
        "source_position": place.position,
        "source_rows": 1,
        "synthetic": False,
    }
    _times(row, record, report, place, doubts)
    _name_consignment(row, place)
    if function in (MessageFunction.AMENDMENT, MessageFunction.CANCELLATION):
        for statement in record.get("statements", ()):
            if "text" in statement:
                doubts.note(WcoFlag.STATED_REASON, statement["text"])
    row["flags"] = doubts.flags()
    return row


def _procedures(record: Record) -> list[str]:
    """The requested procedures of all items."""
    items = record.get("items", ())
    return [one["current"] for item in items for one in item.get("procedures", ()) if "current" in one]


def _function(record: Record, report: Record | None) -> tuple[MessageFunction, bool]:
    if report is not None:
        return MessageFunction.REPORT, False
    given, kind = record.get("function"), record.get("type", "").upper()
    if given is None and kind not in REQUESTS and kind[:2] in ("IM", "EX", "CO"):
        return MessageFunction.ORIGINAL, False
    found = function_of(given, kind)
    if found is None:
        words = f"FunctionCode {given or 'missing'} with TypeCode {kind or 'missing'} is no message that is known"
        raise NotADeclaration(Reason.UNKNOWN_MESSAGE, words)
    function, partial = found
    # A replacement that carries no goods replaces only what it carries: nothing is taken away by silence.
    return function, partial or (function is MessageFunction.AMENDMENT and not record.get("items"))


def _numbered_by(report: Record | None) -> str | None:
    """Country that gave a master reference number: two digits of the year, two letters, fourteen characters."""
    number = (report or {}).get("number", "")
    return number[2:4] if len(number) == 18 and number[:2].isdigit() and number[2:4].isalpha() else None


def _office(record: Record, outward: bool, partial: bool) -> str | None:
    for office in _OUTWARD_OFFICES if outward else _INWARD_OFFICES:
        if office in record:
            return str(record[office])
    return None if partial else location_code(record)


def _mode(record: Record, doubts: Doubts) -> int | None:
    modes: dict[str, str] = {}
    for means in record.get("means", ()):
        if "mode" in means:
            modes.setdefault(means["kind"], means["mode"])
    text = modes.get("border") or modes.get("arrival") or modes.get("departure")
    if text is None:
        return None
    if len(text) == 1 and text in "0123456789":
        return int(text)
    doubts.note(FlagCode.UNKNOWN_MODE, "mode")
    return None


def _times(row: Row, record: Record, report: Record | None, place: Place, doubts: Doubts) -> None:
    accepted = _time(record, "accepted", "lodged_at", doubts)
    issued = _time(record, "issued", "issued_at", doubts)
    received = _NO_TIME if place.received is None else doubts.moment(place.received, None, "issued_at")
    arrived = _NO_TIME
    if report is not None:
        reported = _time(report, "accepted", "lodged_at", doubts)
        accepted = accepted if accepted[0] else reported
        created = _time(report, "issued", "issued_at", doubts)
        issued = created if created[0] else issued
        arrived = _time(report, "arrived", "presented_at", doubts)
    if row["function"] is MessageFunction.ORIGINAL:
        # Only an original is issued when its declaration is lodged, so that one time may stand for the other.
        lodged = _first(accepted, issued, received)
        issued = _first(issued, received, accepted)
    else:
        lodged = accepted
        issued = _first(issued, received)
    row["issued_at"] = issued[0]
    row["lodged_at"], row["lodged_offset"] = lodged
    row["presented_at"], row["presented_offset"] = arrived


def _time(record: Record, slot: str, field: str, doubts: Doubts) -> Time:
    text = record.get(slot)
    return _NO_TIME if text is None else doubts.moment(text, record.get(slot + "@"), field)


def _first(*times: Time) -> Time:
    for time in times:
        if time[0] is not None:
            return time
    return _NO_TIME


def _name_consignment(row: Row, place: Place) -> None:
    """Set the consignment's name. Raises `NotADeclaration` where nothing tells which consignment is meant."""
    first: dict[str, str] = dict(reversed(row["references"]))
    number = first.get(_NUMBER)
    reference = first.get(_REFERENCE)
    if number is None and reference is None:
        if row["function"] is not MessageFunction.ORIGINAL:
            words = f"the {row['function']} names no declaration: neither ID nor FunctionalReferenceID is given"
            raise NotADeclaration(Reason.NO_IDENTITY, words)
        if not first and not row["goods"]:
            raise NotADeclaration(Reason.NO_IDENTITY, "")
    declarant = transport = None
    if number is None:  # else that alone counts
        declarant = next((party[4] or party[1] for party in row["parties"] if party[0] == _DECLARANT), None)
        transport = next(((kind, first[kind]) for kind in TRANSPORT_REFERENCES if kind in first), None)
    row["consignment_id"] = consignment_id(
        row["administration"],
        place.message_id,
        declaration_number=number,
        functional_reference=reference,
        declarant=declarant,
        transport=transport,
    )
