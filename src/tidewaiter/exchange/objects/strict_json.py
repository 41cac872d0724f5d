"""Reading JSON from a neighbour: I-JSON (RFC 7493) within our limits, or a refusal that says why."""

import json
import re
from collections.abc import Iterator
from typing import Any, Never

from tidewaiter.exchange.objects.limits import DEPTH, ENVELOPE_BYTES, LARGEST_INTEGER, MEMBERS, STRING
from tidewaiter.exchange.refusal import Reason, Refused, shortened

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_NUMBER = 40


def read(content: bytes, largest: int = ENVELOPE_BYTES) -> dict[str, Any]:
    """The JSON object that ``content`` holds; at most ``largest`` bytes.

    Raises Refused for anything else: no UTF-8, no JSON, a name twice, NaN, whole numbers past 2^53, half characters,
    too many bytes, levels, members or characters.
    """
    if len(content) > largest:
        raise Refused(Reason.TOO_LARGE, f"{len(content)} bytes, at most {largest} are taken")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Reason.NOT_UTF8, f"not UTF-8 at byte {error.start}") from None
    try:
        found = _DECODER.decode(text)
    except RecursionError:
        raise Refused(Reason.TOO_DEEP, f"nested deeper than {DEPTH} levels") from None
    except json.JSONDecodeError as error:
        raise Refused(Reason.NOT_JSON, f"not JSON: {error.msg} at character {error.pos}") from None
    if not isinstance(found, dict):
        raise Refused(Reason.WRONG_TYPE, "a JSON object is expected")
    check(found)
    return found


def check(value: Any, depth: int = 1) -> None:
    """Refuse a decoded value that is past our limits; for what another decoder has read."""
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict | list):
        if depth > DEPTH:
            raise Refused(Reason.TOO_DEEP, f"nested deeper than {DEPTH} levels")
        if len(value) > MEMBERS:
            raise Refused(Reason.TOO_LARGE, f"{len(value)} members, at most {MEMBERS} are taken")
        for part in _names_and_values(value) if isinstance(value, dict) else value:
            check(part, depth + 1)
    elif isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise Refused(Reason.BAD_FORMAT, "a whole number past 2^53, which not every reader holds exactly")
    elif isinstance(value, float):
        # Also finite ones: canonical JSON writes 1e20 as a whole number, which nobody could read back.
        if not abs(value) <= LARGEST_INTEGER:
            raise Refused(Reason.BAD_FORMAT, "a number past 2^53, which not every reader holds exactly")
    elif value is not None:
        raise Refused(Reason.WRONG_TYPE, f"{type(value).__name__} is no JSON value")


def _names_and_values(held: dict[Any, Any]) -> Iterator[Any]:
    for name, value in held.items():
        if not isinstance(name, str):
            raise Refused(Reason.WRONG_TYPE, "the name of a member is a text")
        yield name
        yield value


def _check_text(text: str) -> None:
    if len(text) > STRING:
        raise Refused(Reason.TOO_LARGE, f"a text of {len(text)} characters, at most {STRING} are taken")
    if _SURROGATE.search(text):
        raise Refused(Reason.NOT_UTF8, "half a character (a lone surrogate)")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Refused(Reason.DUPLICATE_KEY, f"the name {shortened(twice)} stands twice in one object")
    return found


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise Refused(Reason.BAD_FORMAT, f"a number of {len(digits)} digits")
    return int(digits)


def _no_constant(name: str) -> Never:
    raise Refused(Reason.NOT_JSON, f"not JSON: {name}")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_duplicates, parse_int=_whole, parse_constant=_no_constant)
