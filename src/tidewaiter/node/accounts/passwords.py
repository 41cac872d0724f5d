"""What a good password is, and how a one-time password is made."""

import secrets
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person

SHORTEST: Final = 12
LONGEST: Final = 200
"""Longer ones would only give the hash work."""

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another when they are read out."""


def one_time() -> str:
    """Make a password of four groups of four, about 79 bits, to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


def faults(password: str, person: Person) -> list[str]:
    """Say what is wrong with ``password`` as the password of ``person``, in the active language; empty: nothing."""
    found = []
    if not SHORTEST <= len(password) <= LONGEST:
        found.append(_("A password has {shortest} to {longest} characters.").format(shortest=SHORTEST, longest=LONGEST))
    folded = password.casefold()
    own = (person.username, person.name_latin, person.name_han, person.staff_number)
    if any(len(text) >= 3 and text.casefold() in folded for text in own):
        found.append(_("A password does not hold your username, name or staff number."))
    if len(set(folded)) < 5 or _common(password):
        found.append(_("This password is too easy to guess. Take several words that do not belong together."))
    return found


def _common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False
