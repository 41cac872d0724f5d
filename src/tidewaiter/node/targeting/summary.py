"""From a whole declaration to what a queue shows of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import isfinite
from typing import Any

from tidewaiter.domain.vocabulary import RouteRole
from tidewaiter.node.targeting.references import Reference, shown
from tidewaiter.refdata.categories import OTHER, category_of
from tidewaiter.selection.wording import clean

_GOODS = 120
_PARTIES = 6
_REFERENCES = 12
_MOST_VALUE = Decimal("9999999999999999.99")


def fields_of(declared: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of `SelectedConsignment` that come from the declaration (``layout.LAKE_CONSIGNMENT``)."""
    references = references_of(declared)
    kind, reference = shown(references, declared["consignment_id"])
    goods = declared["goods"] or []
    end = destination(declared["route"] or [])
    return {
        "message_id": declared["message_id"],
        "consignment_id": declared["consignment_id"],
        "administration": declared["administration"],
        "office_declared": (declared["office"] or "")[:64],
        "day": declared["day"],
        "due_at": declared["presented_at"],
        "mode": declared["mode"],
        "courier": bool(declared["courier"]),
        "destination": (end.get("country") or "")[:2],
        "destination_place": (end.get("place") or "")[:5],
        "category": category(goods),
        "reference": reference,
        "reference_type": kind,
        "references": [list(one) for one in references[:_REFERENCES]],
        "goods": clean("; ".join(one["description"] for one in goods if one["description"]), _GOODS),
        "value": amount(declared["value"]),
        "currency": (declared["currency"] or "")[:3],
        "summary": _summary(declared, goods),
        "synthetic": bool(declared["synthetic"]),
    }


def references_of(declared: Mapping[str, Any]) -> list[Reference]:
    """The references of a declaration as pairs."""
    return [(one["type"], one["value"]) for one in declared["references"] or []]


def destination(route: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The leg where the goods go: the final one, else the destination, else the last that names a country."""
    for role in (RouteRole.FINAL, RouteRole.DESTINATION):
        found = [leg for leg in route if leg["role"] == role and leg["country"]]
        if found:
            named: Mapping[str, Any] = next(
                (leg for leg in reversed(route) if leg["country"] == found[-1]["country"] and leg["place"]), {}
            )
            return {"country": found[-1]["country"], "place": found[-1]["place"] or named.get("place")}
    return next((leg for leg in reversed(route) if leg["country"]), {})


def category(goods: Sequence[Mapping[str, Any]]) -> str:
    """The product category of the goods: the first that is not "other"."""
    found = [category_of(one["hs"]) for one in goods if one["hs"]]
    return next((one for one in found if one != OTHER), OTHER if found else "")


def amount(value: float | None) -> Decimal | None:
    """A declared amount with two decimals; None for what the database does not hold or what is no number."""
    if value is None or not isfinite(value):
        return None
    try:
        exact = Decimal(repr(value)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return None
    return exact if abs(exact) <= _MOST_VALUE else None


def _summary(declared: Mapping[str, Any], goods: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    quantities: dict[str, float] = {}
    for one in goods:
        if one["quantity"] is not None and one["unit"]:
            quantities[one["unit"]] = quantities.get(one["unit"], 0.0) + one["quantity"]
    return {
        "parties": [_party(one) for one in (declared["parties"] or [])[:_PARTIES]],
        "items": len(goods),
        "quantities": [[_plain(count), unit] for unit, count in quantities.items()][:3],
        "gross_kg": _plain(declared["gross_mass_kg"]),
        "packages": declared["packages"],
        "package_kind": declared["package_kind"] or "",
        "lodged_at": _moment(declared["lodged_at"]),
        "regime": declared["regime"] or "",
        "flags": len(declared["flags"] or []),
    }


def _party(party: Mapping[str, Any]) -> dict[str, str]:
    found = {name: party[name] or "" for name in ("role", "name", "name_other", "country")}
    return {name: clean(value) for name, value in found.items()}


def _plain(value: float | None) -> str | None:
    if value is None or not isfinite(value):
        return None
    exact = Decimal(repr(value)).normalize()
    return f"{exact:f}"


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat()
