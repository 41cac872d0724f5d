"""Units of quantity, kinds of package and modes of transport: UN/ECE Recommendations 20, 21 and 19."""

from functools import cache

from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import word
from tidewaiter.refdata.tables import by_code


@cache
def units() -> frozenset[str]:
    """The units of Recommendation 20 that trade uses, such as H87 (piece), PR (pair), KGM."""
    return frozenset(by_code("units"))


@cache
def packages() -> frozenset[str]:
    """The kinds of package of Recommendation 21, such as CT (carton), BG (bag), PX (pallet)."""
    return frozenset(by_code("packages"))


@cache
def modes() -> frozenset[int]:
    """The modes of Recommendation 19: 0 to 9."""
    return frozenset(int(code) for code in by_code("modes") if code.isdigit())


def unit_name(code: str, language: str) -> str:
    """The unit's name in ``language``; in English where the list has no other. Raises UnknownCode."""
    return _name("units", "unit", code, language)


def package_name(code: str, language: str) -> str:
    """The package kind's name in ``language``; in English where the list has no other. Raises UnknownCode."""
    return _name("packages", "package", code, language)


def mode_name(code: int | str, language: str) -> str:
    """The mode's name in ``language``; also that of the flags ``courier`` and ``passenger``. Raises UnknownCode."""
    return _name("modes", "transport mode", str(code), language)


def _name(table: str, kind: str, code: str, language: str) -> str:
    row = by_code(table).get(code)
    if row is None:
        raise UnknownCode(kind, code, by_code(table))
    return word(row, language) or row["en"]
