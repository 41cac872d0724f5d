"""Hold the parties and references of consignments against a watchlist: exact matches after folding."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, IdentifierType, MatchManner, ReferenceType
from tidewaiter.names.fold import compact
from tidewaiter.schemas.nested import children, ordinal
from tidewaiter.screening.terms.found import Found, best, hit_batch
from tidewaiter.screening.watchlist.compiled import Watchlist
from tidewaiter.screening.watchlist.keys import (
    ACCOUNT,
    IDENTIFIER,
    NAME,
    PHONE,
    REFERENCE,
    Key,
    comparable,
    telephones,
    without_ship_prefix,
)

_NAME_FIELDS = ("name", "name_other")


def screen_watchlist(batch: pa.RecordBatch, watchlist: Watchlist, day: pa.Array | None = None) -> pa.RecordBatch:
    """Find listed parties and references.

    ``day`` (date32) is each consignment's local day: a key counts on the days of its validity, and on a consignment
    whose day is not known. Without it every key counts.

    Takes a batch of `schemas.CONSIGNMENT` (the columns ``message_id``, ``parties`` and ``references`` are enough),
    gives one of `schemas.HIT`: one row for each message, field and entry, sorted in that order. Looked up are a
    party's name and other name, identifier (of the listed type, where both state one), telephone number and account,
    and references (of the listed type). ``manner`` is ``exact`` where the value stands as listed, else ``folded``.
    ``text`` is the value as declared, ``start`` and ``end`` its extent in characters.
    """
    found: list[Found] = []
    rows, parties = children(batch, "parties")
    for name, matches in _party_matches(parties, watchlist):
        found += _hits(rows, "parties", name, matches, day)
    rows, references = children(batch, "references")
    found += _hits(rows, "references", "value", _reference_matches(references, watchlist), day)
    return hit_batch(batch, HitKind.WATCHLIST, best(found))


_Matches = Iterator[tuple[int, str, Key]]
"""Position of the element, value as declared, key that it met."""


def _party_matches(parties: pa.StructArray, watchlist: Watchlist) -> Iterator[tuple[str, _Matches]]:
    for name in _NAME_FIELDS:
        yield name, _same_kind(parties.field(name), NAME, watchlist)
    yield "identifier", _identifiers(parties, watchlist)
    yield "phone", _phones(parties, watchlist)
    yield "account", _same_kind(parties.field("account"), ACCOUNT, watchlist)


def _same_kind(column: pa.Array, kind: str, watchlist: Watchlist) -> _Matches:
    for at in watchlist.listed_texts(column):
        value = column[at].as_py()
        for key in watchlist.keys(kind, comparable(kind, value)):
            yield at, value, key


def _identifiers(parties: pa.StructArray, watchlist: Watchlist) -> _Matches:
    column, types = parties.field("identifier"), parties.field("identifier_type")
    for at in watchlist.listed_texts(column):
        value, declared = column[at].as_py(), types[at].as_py()
        for key in watchlist.keys(IDENTIFIER, compact(value)):
            if not (key.type and declared) or key.type == declared:
                yield at, value, key
        if declared == IdentifierType.ACCOUNT:
            for key in watchlist.keys(ACCOUNT, comparable(ACCOUNT, value)):
                yield at, value, key


def _phones(parties: pa.StructArray, watchlist: Watchlist) -> _Matches:
    column, countries = parties.field("phone"), parties.field("country")
    for at in watchlist.listed_phones(column):
        value = column[at].as_py()
        for form in sorted(telephones(value, countries[at].as_py())):
            for key in watchlist.keys(PHONE, form):
                yield at, value, key


def _reference_matches(references: pa.StructArray, watchlist: Watchlist) -> _Matches:
    column, types = references.field("value"), references.field("type")
    for at in watchlist.listed_texts(column):
        value, declared = column[at].as_py(), types[at].as_py()
        for key in watchlist.keys(REFERENCE, without_ship_prefix(compact(value))):
            if not key.type or declared in (key.type, ReferenceType.OTHER):
                yield at, value, key


def _hits(rows: np.ndarray, list_name: str, field: str, matches: _Matches, day: pa.Array | None) -> Iterator[Found]:
    numbers = ordinal(rows)
    for at, value, key in matches:
        if day is not None and not key.counts_on(day[int(rows[at])].as_py()):
            continue
        number = int(numbers[at])
        yield Found(
            row=int(rows[at]),
            element=number,
            field=f"{list_name}[{number}].{field}",
            rule=key.entry,
            start=0,
            end=len(value),
            text=value,
            manner=MatchManner.EXACT if value == key.value else MatchManner.FOLDED,
            mandatory=key.mandatory,
            priority=key.priority,
            channel=key.channel,
        )
