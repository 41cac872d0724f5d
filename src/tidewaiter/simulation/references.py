"""Documents and conveyances of a day's consignments, with right check digits; noise spoils a few later."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.schemas import REFERENCE
from tidewaiter.simulation import check_digits
from tidewaiter.simulation.columns import digits, fixed, letters, lists, pool, take
from tidewaiter.simulation.draft import Draft
from tidewaiter.simulation.places import ADMINISTRATIONS, CHANNELS
from tidewaiter.simulation.seeds import mix, pick, uniform

_TYPES = pool([str(one) for one in ReferenceType])
_KINDS = np.array([c.kind for c in CHANNELS])
_SIDE = np.array([ADMINISTRATIONS.index(c.administration) for c in CHANNELS])
_OWNERS = np.frombuffer(b"TWSUQHLUZYOUKVAUJXNUWQEU", np.uint8).reshape(6, 4)
"""Owner codes of containers; not meant to be any owner's."""
_AIRLINES = np.array([901, 903, 908, 911, 917, 923, 931, 947])
"""Prefixes of waybills; not meant to be any airline's."""
_POSTAL = np.frombuffer(b"CNHKMO", np.uint8).reshape(3, 2)
_SERVICES = np.frombuffer(b"EEEALXRRUACPLB", np.uint8).reshape(7, 2)
_SHIPS = ("HAI LAN", "YUET HANG", "NAM SING", "PEARL TERN", "KAM WAN", "DELTA HERON", "LOTUS EGRET", "RIVER PLOVER")
_SHIP_NAMES = pool([f"{name} {number}" for name in _SHIPS for number in range(1, 61)])
_WRONG_SHARE = 0.004


@dataclass(frozen=True)
class _Piece:
    rows: np.ndarray
    kind: ReferenceType
    values: pa.Array


def _spoil(matrix: np.ndarray, ids: np.ndarray, position: int) -> np.ndarray:
    """Change the check digit of a few numbers, as slips of the pen do."""
    wrong = uniform(ids, 201) < _WRONG_SHARE
    digit = matrix[wrong, position]
    matrix[wrong, position] = (digit - ord("0") + 1 + pick(ids[wrong], 202, 9)) % 10 + ord("0")
    return matrix


def _bills(ids: np.ndarray, prefix: str) -> pa.Array:
    return fixed(letters(len(ids), prefix), digits(pick(ids, 203, 10**9), 9))


def _declarations(draft: Draft, ids: np.ndarray) -> pa.Array:
    """Write declaration numbers: 18 digits in Guangdong, 14 characters in Hong Kong, 12 in Macao."""
    rows = draft.rows
    prefix = take(pool(["5141", "HK", "M"]), _SIDE[draft.channel])
    body = _cut(fixed(digits(pick(ids, 204, 10**14), 14)), np.array([14, 12, 11])[_SIDE[draft.channel]], rows)
    return pa.compute.binary_join_element_wise(prefix, body, "")


def _cut(texts: pa.Array, width: np.ndarray, rows: int) -> pa.Array:
    """Cut each text to its own width."""
    found = pa.nulls(rows, pa.string())
    for size in np.unique(width):
        cut = pa.compute.utf8_slice_codeunits(texts, 0, int(size))
        found = pa.compute.if_else(pa.array(width == size), cut, found)
    return found


def _pieces(draft: Draft) -> list[_Piece]:
    kind = _KINDS[draft.channel]
    own = draft.conveyance
    # Consolidated traffic shares its transport: those of one courier, control point and hour.
    hour = (draft.lodged // 3_600_000_000) % 24
    shared = mix(draft.courier * 4096 + draft.channel * 64 + hour + (draft.day << 32), 205).astype(np.int64) >> 16
    flying = np.flatnonzero((kind == "courier") | (kind == "air"))
    courier, post = np.flatnonzero(kind == "courier"), np.flatnonzero(kind == "post")
    road = np.flatnonzero(kind == "road")
    sailing = np.flatnonzero((kind == "sea") | (kind == "river") | (kind == "market"))
    carried = np.where(kind == "courier", shared, own)
    ship = mix(draft.carrier * 64 + draft.channel + (draft.day // 2 << 32), 206).astype(np.int64) >> 16
    sealed = sailing[uniform(own[sailing], 207) < 0.6]
    billed = np.flatnonzero((kind == "air") | (kind == "sea") | (kind == "river"))
    return [
        _Piece(np.arange(draft.rows), ReferenceType.DECLARATION_NUMBER, _declarations(draft, own)),
        _Piece(courier, ReferenceType.COURIER_TRACKING, _bills(own[courier], "TWX")),
        _Piece(billed, ReferenceType.HOUSE_BILL, _bills(own[billed], "HB")),
        _Piece(flying, ReferenceType.AIR_WAYBILL, _waybills(carried[flying], own[flying])),
        _Piece(
            flying,
            ReferenceType.FLIGHT,
            fixed(letters(len(flying), "TDW"), digits(pick(carried[flying], 208, 900) + 100, 3)),
        ),
        _Piece(post, ReferenceType.POSTAL_ITEM, _postal(draft, post)),
        _Piece(road, ReferenceType.PLATE, _plates(draft.driver[road], _SIDE[draft.channel[road]])),
        _Piece(sailing, ReferenceType.CONTAINER, _containers(own[sailing])),
        _Piece(sailing, ReferenceType.MASTER_BILL, _bills(ship[sailing], "MB")),
        _Piece(sailing, ReferenceType.VESSEL, take(_SHIP_NAMES, pick(ship[sailing], 209, len(_SHIP_NAMES)))),
        _Piece(sealed, ReferenceType.SEAL, fixed(letters(len(sealed), "SL"), digits(pick(own[sealed], 210, 10**7), 7))),
    ]


def _waybills(carried: np.ndarray, own: np.ndarray) -> pa.Array:
    matrix = check_digits.air_waybill(_AIRLINES[pick(carried, 211, len(_AIRLINES))], pick(carried, 212, 10**7))
    return fixed(_spoil(matrix, own, 11))


def _containers(ids: np.ndarray) -> pa.Array:
    matrix = check_digits.container(_OWNERS[pick(ids, 213, len(_OWNERS))], pick(ids, 214, 10**6))
    return fixed(_spoil(matrix, ids, 10))


def _postal(draft: Draft, rows: np.ndarray) -> pa.Array:
    ids = draft.conveyance[rows]
    country = _POSTAL[_SIDE[draft.channel[rows]]]
    matrix = check_digits.postal_item(_SERVICES[pick(ids, 215, len(_SERVICES))], pick(ids, 216, 10**8), country)
    return fixed(_spoil(matrix, ids, 10))


def _plates(driver: np.ndarray, side: np.ndarray) -> pa.Array:
    """Write the plates of cross-boundary vehicles; a driver keeps to one vehicle."""
    number = fixed(digits(pick(driver, 217, 9000) + 1000, 4))
    start = take(pool(["粤Z", "HK", "M"]), side)
    letter = take(pool([chr(ord("A") + at) for at in range(26)]), pick(driver, 218, 26))
    end = take(pool(["港", "", ""]), side)
    return pa.compute.binary_join_element_wise(start, letter, number, end, "")


def column(draft: Draft) -> pa.Array:
    """Write the column ``references``."""
    pieces = _pieces(draft)
    owner = np.concatenate([piece.rows for piece in pieces])
    order = np.argsort(owner, kind="stable")
    kinds = list(ReferenceType)
    kind = np.concatenate([np.full(len(piece.rows), kinds.index(piece.kind)) for piece in pieces])
    values = pa.concat_arrays([piece.values for piece in pieces]).take(pa.array(order))
    return lists(REFERENCE, [take(_TYPES, kind[order]), values], owner[order], draft.rows)
