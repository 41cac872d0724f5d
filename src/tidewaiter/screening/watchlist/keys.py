"""What a watchlist entry is known by, and the form in which keys are compared."""

import re
from datetime import date
from typing import NamedTuple

from tidewaiter.domain.identifiers import phone
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.names.fold import compact, fold_name, fold_text

NAME, IDENTIFIER, PHONE, REFERENCE, ACCOUNT = "name", "identifier", "phone", "reference", "account"
KINDS = (NAME, IDENTIFIER, PHONE, REFERENCE, ACCOUNT)
TYPES = {
    IDENTIFIER: frozenset(map(str, IdentifierType)),
    REFERENCE: frozenset(map(str, ReferenceType)),
    ACCOUNT: frozenset({str(IdentifierType.ACCOUNT)}),
}
"""The types that a kind may have; the other kinds have none."""

# An IMO ship number is written with and without the letters in front (IMO Resolution A.1117(30)).
_SHIP_NUMBER = re.compile(r"(?:imo)?([0-9]{7})")
_COUNTRY_CODES = {"CN": "86", "HK": "852", "MO": "853"}


class Key(NamedTuple):
    """One line of a watchlist: one thing that an entry is known by."""

    entry: str
    kind: str
    type: str
    """IdentifierType or ReferenceType; empty where any will do."""
    value: str
    """As known."""
    label: str
    mandatory: bool
    priority: int
    channel: str | None
    source: str
    grading: str
    reason: str
    valid_from: date | None
    valid_until: date | None

    def counts_on(self, day: date | None) -> bool:
        """Say whether the key is valid on a day; on a day that is not known it is."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def comparable(kind: str, value: str) -> str:
    """Give the form in which two values of a kind are compared; empty where nothing is left to compare.

    Names as `fold_name` writes them; identifiers and references without separators; accounts folded, with their
    punctuation, which tells accounts apart; telephone numbers as `telephone` without a country.
    """
    match kind:
        case "name":
            return fold_name(value)
        case "phone":
            return telephone(value)
        case "account":
            return fold_text(value)
        case "reference":
            return without_ship_prefix(compact(value))
        case _:
            return compact(value)


def without_ship_prefix(value: str) -> str:
    """Take ``imo`` off a compact reference that is an IMO ship number."""
    number = _SHIP_NUMBER.fullmatch(value)
    return number.group(1) if number else value


def telephone(value: str) -> str:
    """Write a telephone number as E.164 where it states its country, else as its digits without the trunk prefix 0."""
    number = phone.compact(value)
    return phone.e164(value) or number.removeprefix("0")


def telephones(value: str, country: str | None) -> set[str]:
    """Give the forms under which a number of a party in ``country`` may stand on a list.

    A number without a country code, on either side, is taken for one of the party's country.
    """
    forms = {telephone(value)}
    full = phone.e164(value, country)
    if not full and (number := phone.compact(value)).isdigit():
        # Perhaps a country code without its plus sign, in a country whose plan is not known.
        full = phone.e164(f"+{number}")
    if full:
        forms.add(full)
        if country in _COUNTRY_CODES:
            forms.add(full.removeprefix("+" + _COUNTRY_CODES[country]))
    return forms
