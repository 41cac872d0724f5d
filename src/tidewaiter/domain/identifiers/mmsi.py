"""Maritime mobile service identity: ITU-R M.585. Nine digits, no check digit; the form says what carries it."""

import re

from tidewaiter.domain.identifiers.normal_form import compact
from tidewaiter.domain.identifiers.outcome import Check, check_form

__all__ = ["check", "compact"]

_LENGTHS = (9,)
# MID: maritime identification digits of the flag state, 201 to 775. Ship, group of ships, coast station, search and
# rescue aircraft, aid to navigation, craft of a parent ship; hand-held radio; and the 970, 972, 974 distress devices.
_MID = r"(?:20[1-9]|2[1-9][0-9]|[3-6][0-9]{2}|7[0-6][0-9]|77[0-5])"
_FORMAT = re.compile(rf"(?:{_MID}|0{_MID}|00{_MID}|111{_MID}|99{_MID}|98{_MID}|8{_MID}|97[024])[0-9]*")


def check(text: str) -> Check:
    """Check the form of a maritime mobile service identity."""
    return check_form(compact(text), _LENGTHS, _FORMAT)
