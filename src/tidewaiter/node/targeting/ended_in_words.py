"""Why a line left the queue with its tip: kept as a sentence in English, shown in the language of the page."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, gettext_noop

_ENDS: Final[Mapping[str, str]] = {
    "recalled": gettext_noop("The tip %(number)s was recalled by its sender."),
    "expired": gettext_noop("The time of the tip %(number)s is over."),
}
"""By the state in which a tip ends (`domain.machines.TIP`)."""

_PATTERNS: Final = [
    (re.compile(re.escape(words).replace(re.escape("%(number)s"), "(.+)")), words) for words in _ENDS.values()
]


def why_ended(state: str, number: str) -> str:
    """The sentence that is kept for a tip that ended in ``state``; number and state for one without a sentence."""
    words = _ENDS.get(state)
    return f"{number}: {state}" if words is None else words % {"number": number}


def why_released(kept: str) -> str:
    """What was kept as the reason of a release, in the language of the page where the node wrote it; what a person
    wrote stands as it is."""
    for pattern, words in _PATTERNS:
        found = pattern.fullmatch(kept)
        if found is not None:
            return gettext(words) % {"number": found[1]}
    return kept
