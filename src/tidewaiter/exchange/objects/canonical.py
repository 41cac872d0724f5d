"""The one way to write an object down (RFC 8785), and the digest that names its content."""

import hashlib
import json
from typing import Any

import rfc8785

from tidewaiter.exchange.objects.limits import LARGEST_INTEGER
from tidewaiter.exchange.refusal import Reason, Refused


def canonical(plain: Any) -> bytes:
    """The canonical JSON of a plain value. Raises Refused for what has none (NaN, whole numbers past 2^53)."""
    try:
        if _is_simple(plain):
            return _SIMPLE.encode(plain).encode("utf-8")
        return rfc8785.dumps(plain)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise Refused(Reason.BAD_FORMAT, f"no canonical form: {type(error).__name__}") from None


def _is_simple(value: Any) -> bool:
    """Whether the standard library's sorted JSON is the canonical one: no floating point, no whole number that not
    every reader holds, and names in ASCII, which sort alike as characters and as UTF-16. It is ten times as fast.
    """
    kind = type(value)
    if kind is dict:
        return all(type(name) is str and name.isascii() and _is_simple(value[name]) for name in value)
    if kind is list:
        return all(map(_is_simple, value))
    return kind is str or kind is bool or value is None or (kind is int and abs(value) <= LARGEST_INTEGER)


_SIMPLE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def digest(plain: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits: equal for equal content, however it was written."""
    return hashlib.sha256(canonical(plain)).hexdigest()
