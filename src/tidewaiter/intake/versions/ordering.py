"""In which order the versions of a declaration follow each other."""

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from tidewaiter.intake.versions.naming import Naming

__all__ = ["in_order"]

_FIRST_VERSION = 1
_NO_TIME = 1 << 63


def in_order(versions: list[Naming]) -> list[Naming]:
    """Order what was joined to an original by version number, then by time of issue, then by place in the input.

    A message that states no version follows the highest version that was issued before it; one that states no time
    either follows them all.
    """
    numbered = sorted(
        (message.issued, message.version)
        for message in versions
        if message.issued is not None and message.version is not None
    )
    times = [time for time, _ in numbered]
    highest = list(accumulate((version for _, version in numbered), _higher))
    last = max((message.version for message in versions if message.version is not None), default=_FIRST_VERSION)

    def key(message: Naming) -> tuple[Any, ...]:
        version = message.version
        if version is None:
            if message.issued is None:
                version = last
            else:
                before = bisect_right(times, message.issued)
                version = highest[before - 1] if before else _FIRST_VERSION
        time = _NO_TIME if message.issued is None else message.issued
        return (version, message.version is None, time, message.place)

    return sorted(versions, key=key)


def _higher(one: int, other: int) -> int:
    return max(one, other)
