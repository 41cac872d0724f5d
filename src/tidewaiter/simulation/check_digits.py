"""Identifiers with right check digits, made in bulk. The validators stand elsewhere; these only compose.

Sources: ISO 6346 (containers), IATA Resolution 600a (air waybills: serial modulo 7), UPU S10 (postal items),
GB 32100-2015 (unified social credit code), GB 11643-1999 (resident identity number), Hong Kong identity card
(weights 9 to 1, modulo 11). All functions give uint8 matrices of ASCII characters.
"""

import numpy as np

from tidewaiter.simulation.columns import ZERO, digits

_USCC_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
_USCC_WEIGHTS = 3 ** np.arange(17) % 31
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_RESIDENT_WEIGHTS = 2 ** np.arange(17, 0, -1) % 11
_RESIDENT_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_S10_WEIGHTS = np.array([8, 6, 4, 2, 3, 5, 9, 7])
_CONTAINER_LETTERS = np.array([n for n in range(10, 39) if n % 11])[:26]


def container(owners: np.ndarray, serials: np.ndarray) -> np.ndarray:
    """Compose container numbers from owner codes (uint8, four letters a row) and serials (six digits)."""
    body = digits(serials, 6)
    values = np.concatenate([_CONTAINER_LETTERS[owners - ord("A")], body.astype(np.int64) - ZERO], axis=1)
    check = (values * 2 ** np.arange(10)).sum(axis=1) % 11 % 10
    return np.concatenate([owners, body, digits(check, 1)], axis=1)


def air_waybill(prefixes: np.ndarray, serials: np.ndarray) -> np.ndarray:
    """Compose air waybill numbers ``PPP-SSSSSSSC`` from airline prefixes and serials of seven digits."""
    dash = np.full((len(serials), 1), ord("-"), np.uint8)
    return np.concatenate([digits(prefixes, 3), dash, digits(serials, 7), digits(serials % 7, 1)], axis=1)


def postal_item(service: np.ndarray, serials: np.ndarray, country: np.ndarray) -> np.ndarray:
    """Compose S10 numbers from service indicators and countries (uint8, two letters a row) and eight digits."""
    body = digits(serials, 8)
    rest = 11 - ((body.astype(np.int64) - ZERO) * _S10_WEIGHTS).sum(axis=1) % 11
    check = np.select([rest == 10, rest == 11], [0, 5], rest)
    return np.concatenate([service, body, digits(check, 1), country], axis=1)


def social_credit_code(division: np.ndarray, organisation: np.ndarray) -> np.ndarray:
    """Compose unified social credit codes of companies (91) from six-digit divisions and eight-digit organisations.

    The organisation code inside (GB 11714) gets its own check character first.
    """
    rows = len(division)
    body = digits(organisation, 8)
    rest = (11 - ((body.astype(np.int64) - ZERO) * _ORGANISATION_WEIGHTS).sum(axis=1) % 11) % 11
    inner = np.where(rest == 10, ord("X"), rest + ZERO).astype(np.uint8)[:, None]
    first = np.broadcast_to(np.frombuffer(b"91", np.uint8), (rows, 2))
    code = np.concatenate([first, digits(division, 6), body, inner], axis=1)
    values = np.searchsorted(_USCC_ALPHABET, code)
    check = _USCC_ALPHABET[(31 - (values * _USCC_WEIGHTS).sum(axis=1) % 31) % 31]
    return np.concatenate([code, check[:, None]], axis=1)


def resident_number(division: np.ndarray, birth: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Compose resident identity numbers from divisions, birth dates as yyyymmdd and orders of three digits."""
    body = np.concatenate([digits(division, 6), digits(birth, 8), digits(order, 3)], axis=1)
    total = ((body.astype(np.int64) - ZERO) * _RESIDENT_WEIGHTS).sum(axis=1) % 11
    return np.concatenate([body, _RESIDENT_CHECKS[total][:, None]], axis=1)


def hong_kong_card(letter: np.ndarray, serials: np.ndarray) -> np.ndarray:
    """Compose Hong Kong identity card numbers ``X123456(7)`` from one letter (uint8) and six digits."""
    body = digits(serials, 6)
    values = np.concatenate([(letter - ord("A") + 10)[:, None], body.astype(np.int64) - ZERO], axis=1)
    rest = (-(values * np.arange(8, 1, -1)).sum(axis=1) - 36 * 9) % 11
    check = np.where(rest == 10, ord("A"), rest + ZERO).astype(np.uint8)[:, None]
    brackets = np.broadcast_to(np.frombuffer(b"()", np.uint8), (len(serials), 2))
    return np.concatenate([letter[:, None], body, brackets[:, :1], check, brackets[:, 1:]], axis=1)
