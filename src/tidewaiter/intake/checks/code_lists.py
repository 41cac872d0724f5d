"""Codes that stand on no list. Each distinct code of a batch is looked up once."""

from collections.abc import Container, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import Regime, TransportMode
from tidewaiter.intake.checks.flags import Doubts, Elements, FlagCode, Mask
from tidewaiter.refdata import countries, currencies, hs, places, units

_REGIMES = frozenset(Regime)
_MODES = tuple(TransportMode)
_NATIONAL_CHAPTERS = ("98", "99")
_HS_LENGTHS = frozenset({2, 4, 6, 7, 8, 9, 10})


def doubt_codes(batch: pa.RecordBatch, goods: Elements, route: Elements, parties: Elements, doubts: Doubts) -> None:
    """Note the codes of a batch that are on no list of ``refdata``. A code that is null or empty is not judged."""
    doubts.add(FlagCode.UNKNOWN_REGIME, "regime", off_list(batch.column("regime"), _REGIMES))
    doubts.add(FlagCode.UNKNOWN_MODE, "mode", _off_list_modes(batch.column("mode")))
    doubts.add(FlagCode.UNKNOWN_PACKAGE_KIND, "package_kind", off_list(batch.column("package_kind"), units.packages()))
    doubts.add(FlagCode.UNKNOWN_CURRENCY, "currency", off_list(batch.column("currency"), currencies.codes()))
    for elements, name, known, code in (
        (route, "country", countries.codes(), FlagCode.UNKNOWN_COUNTRY),
        (route, "place", places.codes(), FlagCode.UNKNOWN_PLACE),
        (parties, "country", countries.codes(), FlagCode.UNKNOWN_COUNTRY),
        (goods, "origin", countries.codes(), FlagCode.UNKNOWN_COUNTRY),
        (goods, "unit", units.units(), FlagCode.UNKNOWN_UNIT),
        (goods, "currency", currencies.codes(), FlagCode.UNKNOWN_CURRENCY),
        (goods, "package_kind", units.packages(), FlagCode.UNKNOWN_PACKAGE_KIND),
    ):
        doubts.add_elements(code, elements, name, off_list(elements.column(name), known))
    _doubt_hs(goods, doubts)


def _doubt_hs(goods: Elements, doubts: Doubts) -> None:
    declared = goods.column("hs")
    codes = [code for code in declared.unique().to_pylist() if code]
    misshapen = [code for code in codes if not is_hs_shaped(code)]
    unknown = [code for code in codes if is_hs_shaped(code) and not is_hs(code)]
    doubts.add_elements(FlagCode.HS_FORMAT, goods, "hs", _is_in(declared, misshapen))
    doubts.add_elements(FlagCode.UNKNOWN_HS, goods, "hs", _is_in(declared, unknown))


def is_hs_shaped(code: str) -> bool:
    """Say whether a code has the form of an HS code: 2, 4 or 6 digits, or the 7 to 10 of a national tariff line."""
    return len(code) in _HS_LENGTHS and code.isascii() and code.isdigit()


def is_hs(code: str) -> bool:
    """Say whether an HS code is in the nomenclature; a longer, national one is judged on its first six digits.

    Chapters 98 and 99 are left to national use, so they pass.
    """
    if code.startswith(_NATIONAL_CHAPTERS):
        return True
    if len(code) == 2:
        return code in hs.chapters()
    return code in hs.headings() if len(code) == 4 else code[:6] in hs.codes()


def off_list(values: pa.Array, known: Container[str]) -> Mask:
    """Which values of a string column are not on the list; null and the empty string are not judged."""
    return _is_in(values, [code for code in values.unique().to_pylist() if code and code not in known])


def _off_list_modes(values: pa.Array) -> Mask:
    return ~_is_in(values, [None, *_MODES])


def _is_in(values: pa.Array, wanted: Sequence[str | int | None]) -> Mask:
    if not wanted:
        return np.zeros(len(values), dtype=np.bool_)
    return np.asarray(pc.is_in(values, value_set=pa.array(wanted, type=values.type)).to_numpy(zero_copy_only=False))
