"""The one way to write an object down (RFC 8785), and the digest that names its content."""

import hashlib
from typing import Any

import rfc8785

from tidewaiter.exchange.refusal import Reason, Refused


def canonical(plain: Any) -> bytes:
    """The canonical JSON of a plain value. Raises Refused for what has none (NaN, whole numbers past 2^53)."""
    try:
        return rfc8785.dumps(plain)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise Refused(Reason.BAD_FORMAT, f"no canonical form: {type(error).__name__}") from None


def digest(plain: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits: equal for equal content, however it was written."""
    return hashlib.sha256(canonical(plain)).hexdigest()
