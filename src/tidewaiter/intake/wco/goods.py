"""Goods items of a declaration."""

from typing import Any

from tidewaiter.intake.checks import FlagCode
from tidewaiter.intake.wco.doubts import Doubts, WcoFlag
from tidewaiter.intake.wco.tree import REPEATED, Record
from tidewaiter.intake.wco.values import code, hs_code, unit

__all__ = ["goods_of"]

_INT16 = 2**15 - 1
_INT32 = 2**31 - 1
_PREFERENTIAL = "2"


def goods_of(record: Record, partial: bool, doubts: Doubts) -> list[tuple[Any, ...]]:
    """Give the items as tuples in the order of ``schemas.GOODS_ITEM``."""
    return [_item(item, index, partial, doubts) for index, item in enumerate(record.get("items", ()), start=1)]


def _item(item: Record, index: int, partial: bool, doubts: Doubts) -> tuple[Any, ...]:
    at = f"goods[{index}]"
    for slot in item.get(REPEATED, ()):
        doubts.note(WcoFlag.REPEATED_ELEMENT, f"{at}.{slot}")
    sequence = doubts.whole(item.get("sequence"), f"{at}.sequence", _INT16)
    if sequence is None:
        sequence = min(index, _INT16)
        if partial:
            doubts.note(WcoFlag.NO_SEQUENCE, f"{at}.sequence")
    value, currency = _value(item, at, doubts)
    packages, package_kind = _packages(item, at, doubts)
    quantity = doubts.number(item.get("quantity"), f"{at}.quantity")
    return (
        sequence,
        _hs(item),
        item.get("description"),
        None,
        _origin(item, at, doubts),
        quantity,
        None if quantity is None else unit(item.get("quantity@")),
        value,
        currency,
        doubts.mass(item, "gross", f"{at}.gross_mass_kg"),
        doubts.mass(item, "net", f"{at}.net_mass_kg"),
        packages,
        package_kind,
    )


def _hs(item: Record) -> str | None:
    """The code of type TSP, else HS, else one without a type. National supplements are no part of the HS."""
    codes: dict[str, str] = {}
    for classification in item.get("classifications", ()):
        if "identifier" in classification:
            codes.setdefault(classification.get("type", ""), classification["identifier"])
    text = codes.get("TSP") or codes.get("HS") or codes.get("")
    return None if text is None else hs_code(text)


def _origin(item: Record, at: str, doubts: Doubts) -> str | None:
    origins = [origin for origin in item.get("origins", ()) if "country" in origin]
    if not origins:
        return None
    chosen = next((origin for origin in origins if origin.get("type") != _PREFERENTIAL), None)
    if chosen is None:
        doubts.note(WcoFlag.PREFERENTIAL_ORIGIN, f"{at}.origin")
        chosen = origins[0]
    return code(chosen["country"])


def _value(item: Record, at: str, doubts: Doubts) -> tuple[float | None, str | None]:
    """The price charged, else the statistical value, else the customs value."""
    for slot in ("charge", "statistical", "customs"):
        if slot in item:
            value = doubts.number(item[slot], f"{at}.value")
            return value, None if value is None else code(item.get(slot + "@"))
    return None, None


def _packages(item: Record, at: str, doubts: Doubts) -> tuple[int | None, str | None]:
    packagings = item.get("packagings", ())
    counts = [doubts.whole(p["quantity"], f"{at}.packages", _INT32) for p in packagings if "quantity" in p]
    known = [count for count in counts if count is not None]
    total = sum(known) if known else None
    if total is not None and abs(total) > _INT32:
        doubts.note(FlagCode.NOT_A_NUMBER, f"{at}.packages")
        total = None
    kinds = {p["type"].upper() for p in packagings if "type" in p}
    return total, kinds.pop() if len(kinds) == 1 else None
