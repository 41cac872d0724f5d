"""One hit as a sentence that an officer would write."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tidewaiter.domain.vocabulary import HitKind, IdentifierType, MatchManner, PartyRole, ReferenceType
from tidewaiter.refdata import messages

NAME_CHARACTERS = 80
REMARK_CHARACTERS = 160

_PLACE = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?")
# Marks that turn the direction of writing, or cannot be seen, let a declared name rewrite the sentence around it.
_HIDDEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_STOPS = " .。．;；:："

Row = Mapping[str, Any]
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """What a profile says of a consignment that it met: its sentence in the language asked for, and who owns it."""

    sentence: str
    owner: str = ""


def _always(_profile: str, _language: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Describers:
    """Where the words of entries, terms and profiles come from. Each may raise LookupError for one that is unknown."""

    watchlist: Callable[[str], Words]
    """Identifier of the entry -> ``label``, the entry's name; ``reason``, why it is watched; ``source``; ``grading``.
    Each may be empty or missing."""
    term: Callable[[str], Words]
    """Identifier of the term -> ``term``, the words looked for; ``kind``, brand or product; ``brand``, may be empty."""
    profile: Callable[[str, str, Row], ProfileWords]
    """Identifier of the profile, language, and the consignment as a dict -> its words."""
    fills_in: Callable[[str, str], bool] = _always
    """Identifier of the profile, language -> whether its words hold values of the consignment. Where they do not, they
    are asked for once, with an empty consignment."""


def hit_sentence(hit: Row, consignment: Row, describers: Describers, language: str) -> str:
    """Say what one hit (``schemas.HIT`` as a dict) is about, with where and how it met, its source and a full stop."""
    match HitKind(hit["kind"]):
        case HitKind.WATCHLIST:
            told = _begun(_watchlist(hit, consignment, describers.watchlist(hit["rule"]), language))
        case HitKind.TERM:
            told = _begun(_term(hit, describers.term(hit["rule"]), language))
        case HitKind.PROFILE:
            told = _profile(hit["rule"], describers.profile(hit["rule"], language, consignment), language)
    return messages.text("reason.stop", language, sentence=told)


@lru_cache(maxsize=4096)
def place_of(field: str) -> tuple[str, int, str]:
    """Take a field path apart: ``parties[2].phone`` is list, number from 1, part. A plain field has number 0."""
    found = _PLACE.fullmatch(field)
    return (found[1], int(found[2]), found[3] or "") if found else ("", 0, field)


def kind_of_field(part: str) -> str:
    """Give the kind of field that a part is, as ``place_of`` gives it: both names of a party are one kind."""
    return part.removesuffix("_other")


def clean(words: str, most: int = NAME_CHARACTERS) -> str:
    """Make declared words fit to stand within a sentence: one line, nothing hidden, cut where they are too long."""
    # What Python calls printable holds nothing hidden, and no white space but the plain space.
    plain = words if words.isprintable() and "  " not in words else _CONTROL.sub(" ", _HIDDEN.sub("", words))
    plain = plain.strip()
    return plain if len(plain) <= most else plain[:most].rstrip() + "…"


def _watchlist(hit: Row, consignment: Row, entry: Words, language: str) -> str:
    where, number, part = place_of(hit["field"])
    words, label = clean(hit["text"]), entry.get("label", "")
    values = {"text": words, "label": messages.quoted(clean(label), language)}
    element = _element(consignment, where, number)
    if where == "references":
        key = "reason.watchlist.reference"
        values["what"] = _known("reference", element.get("type"), ReferenceType.OTHER, language)
    else:
        values["role"] = _known("party", element.get("role"), PartyRole.OTHER, language)
        if part in _NUMBERS:
            key = "reason.watchlist.number"
            values["what"] = _number(part, element, language)
        else:
            key = "reason.watchlist.name"
            values["text"] = messages.quoted(words, language)
    if not label or _alike(label, words):
        key += ".same"
    loose_number = hit["manner"] == MatchManner.FOLDED and "what" in values
    manner = "folded_number" if loose_number else hit["manner"]
    told = _manner(messages.text(key, language, **values), manner, language)
    remark = clean(entry.get("reason", ""), REMARK_CHARACTERS).rstrip(_STOPS)
    if remark:
        told = messages.text("reason.remark", language, sentence=told, remark=remark)
    return _sourced(told, clean(entry.get("source", "")), clean(entry.get("grading", "")), language)


def _term(hit: Row, term: Words, language: str) -> str:
    where, number, part = place_of(hit["field"])
    if where == "goods" and part in {"description", "brand"}:
        place = messages.text(f"where.{part}", language, number=number)
    else:
        place = messages.text("where.other", language, field=hit["field"])
    brand = term["kind"] == "brand"
    name, words = clean((term.get("brand", "") if brand else "") or term["term"]), clean(hit["text"])
    key = f"reason.term.{'brand' if brand else 'product'}"
    if words and not _alike(words, name):
        key += ".written"
    told = messages.text(
        key, language, where=place, term=messages.quoted(name, language), text=messages.quoted(words, language)
    )
    # That the words stand there exactly needs no saying.
    return told if hit["manner"] == MatchManner.EXACT else _manner(told, hit["manner"], language)


def _profile(profile: str, words: ProfileWords, language: str) -> str:
    sentence = clean(words.sentence, 2 * REMARK_CHARACTERS).rstrip(_STOPS)
    key = "reason.profile" if words.owner else "reason.profile.no_owner"
    return messages.text(key, language, sentence=sentence, profile=profile, owner=clean(words.owner))


_NUMBERS = {"identifier", "phone", "account"}


def _number(part: str, party: Row, language: str) -> str:
    if part == "identifier":
        return _known("identifier", party.get("identifier_type"), "other", language)
    return messages.text("identifier.phone" if part == "phone" else f"identifier.{IdentifierType.ACCOUNT}", language)


def _known(prefix: str, code: str | None, otherwise: str, language: str) -> str:
    """The word of a code; that of ``otherwise`` for one that is missing or none of the vocabulary."""
    key = f"{prefix}.{code}"
    return messages.text(key if messages.has(key) else f"{prefix}.{otherwise}", language)


def _element(consignment: Row, where: str, number: int) -> Row:
    held = consignment.get(where) if where else None
    return held[number - 1] if held and 0 < number <= len(held) else {}


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _alike(one: str, two: str) -> bool:
    return one == two or "".join(one.casefold().split()) == "".join(two.casefold().split())


def _manner(sentence: str, manner: str, language: str) -> str:
    """Add how the words met the entry; a rule has no manner."""
    if manner == MatchManner.RULE:
        return sentence
    return messages.text(f"reason.manner.{manner}", language, sentence=sentence)


def _sourced(sentence: str, source: str, grading: str, language: str) -> str:
    if not source and not grading:
        return sentence
    key = "reason.source" if source and grading else f"reason.source.{'no_grading' if source else 'no_source'}"
    return messages.text(key, language, sentence=sentence, source=source, grading=grading)
