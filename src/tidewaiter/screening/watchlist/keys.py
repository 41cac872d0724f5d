"""What a watchlist entry is known by, and the form in which keys are compared."""

import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.identifiers import phone
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.names.fold_bulk import compact_column, fold_column, fold_name_column

NAME, IDENTIFIER, PHONE, REFERENCE, ACCOUNT = "name", "identifier", "phone", "reference", "account"
KINDS = (NAME, IDENTIFIER, PHONE, REFERENCE, ACCOUNT)
TYPES = {
    IDENTIFIER: frozenset(map(str, IdentifierType)),
    REFERENCE: frozenset(map(str, ReferenceType)),
    ACCOUNT: frozenset({str(IdentifierType.ACCOUNT)}),
}
"""The types that a kind may have; the other kinds have none."""

_WORDS = pa.dictionary(pa.int32(), pa.string())
KEY = pa.schema(
    [
        ("entry", _WORDS),
        ("kind", pa.int8()),  # its place in KINDS
        ("type", _WORDS),  # IdentifierType or ReferenceType; empty where any will do
        ("value", pa.string()),  # as known
        ("label", _WORDS),
        ("mandatory", pa.bool_()),
        ("priority", pa.int16()),
        ("channel", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_until", pa.date32()),
        ("source", _WORDS),
        ("grading", _WORDS),
        ("reason", _WORDS),
    ]
)
"""The lines of a watchlist that are in use, one for each thing that an entry is known by."""

# An IMO ship number is written with and without the letters in front (IMO Resolution A.1117(30)).
SHIP_PREFIX = "imo"
_PREFIXED = rf"^{SHIP_PREFIX}([0-9]{{7}})$"
_COUNTRY_CODES = {"CN": "86", "HK": "852", "MO": "853"}


def comparable_column(kind: str, values: pa.Array) -> pa.StringArray:
    """Give the form in which two values of a kind are compared; empty where nothing is left to compare.

    Names as `fold_name` writes them; identifiers and references without separators; accounts folded, with their
    punctuation, which tells accounts apart. Telephone numbers compare by `telephones`.
    """
    match kind:
        case "name":
            return fold_name_column(values)
        case "account":
            return fold_column(values)
        case "reference":
            return without_ship_prefix(compact_column(values))
        case _:
            return compact_column(values)


def without_ship_prefix(values: pa.StringArray) -> pa.StringArray:
    """Take ``imo`` off compact references that are IMO ship numbers."""
    return pc.replace_substring_regex(values, _PREFIXED, r"\1")


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
