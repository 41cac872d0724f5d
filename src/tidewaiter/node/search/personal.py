"""Which numbers that people look up are those of a person: of an identity document, or of a telephone."""

from collections.abc import Collection
from typing import Final

from django.utils.crypto import salted_hmac

from tidewaiter.domain import identifiers
from tidewaiter.domain.identifiers import phone
from tidewaiter.domain.vocabulary import IdentifierType
from tidewaiter.lake.reference_index.spelling import PHONE
from tidewaiter.names import compact

KINDS: Final = (
    IdentifierType.PRC_RESIDENT_ID.value,
    IdentifierType.HKID.value,
    IdentifierType.MACAO_BIR.value,
    IdentifierType.PASSPORT.value,
    PHONE,
)
"""Kinds of reference (`lake.reference_index.spelling.KINDS`) that belong to one person."""
_TELLING = (IdentifierType.PRC_RESIDENT_ID, IdentifierType.HKID)
"""Documents whose number shows what it is by its check digit."""


def kind_of(text: str, found: Collection[str]) -> str:
    """Give the kind of personal number that ``text`` is; empty where it is none. ``found`` are the kinds of reference
    under which it was found, which decide; of a number that was not found its form does."""
    for kind in KINDS:
        if kind in found:
            return kind
    if found:
        return ""
    for document in _TELLING:
        if identifiers.check(document, text).ok:
            return document.value
    return PHONE if phone.compact(text).startswith("+") and phone.check(text).ok else ""


def digest(text: str) -> str:
    """A digest of what was typed, in its folded form, under a key of this node: the same for the same number, and not
    to be turned back by trying all numbers without the key."""
    return salted_hmac("tidewaiter.node.search.personal", compact(text), algorithm="sha256").hexdigest()[:32]
