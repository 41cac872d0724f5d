"""Hold the parties and references of consignments against a watchlist: exact matches after folding."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.domain.vocabulary import HitKind, IdentifierType, MatchManner, ReferenceType
from tidewaiter.schemas.nested import children, ordinal
from tidewaiter.screening.lists.hits import MANNERS, Finds, hit_batch
from tidewaiter.screening.watchlist.compiled import Watchlist
from tidewaiter.screening.watchlist.hashes import Pairs
from tidewaiter.screening.watchlist.keys import ACCOUNT, IDENTIFIER, NAME, REFERENCE

_Flags = NDArray[np.bool_]


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
    finds = []
    for column, matches in (("parties", _party_matches), ("references", _reference_matches)):
        rows, elements = children(batch, column)
        numbers = ordinal(rows)
        for field, every in matches(elements, watchlist):
            pairs = every
            if day is not None:
                pairs = every.where(_counts(watchlist, every.key, day.take(pa.array(rows[every.element]))))
            if pairs.key.size:
                finds.append(_finds(column, field, elements.field(field), rows, numbers, pairs, watchlist))
    return hit_batch(batch, HitKind.WATCHLIST, finds)


def _party_matches(parties: pa.StructArray, watchlist: Watchlist) -> Iterator[tuple[str, Pairs]]:
    for field, kind in (("name", NAME), ("name_other", NAME), ("account", ACCOUNT)):
        column = parties.field(field)
        yield field, watchlist.meeting(kind, column, watchlist.candidates(column))
    identifiers, types = parties.field("identifier"), parties.field("identifier_type")
    candidates = watchlist.candidates(identifiers)
    pairs = watchlist.meeting(IDENTIFIER, identifiers, candidates)
    listed, declared = _types(watchlist, pairs, types)
    yield "identifier", pairs.where((listed == "") | (declared == "") | (listed == declared))
    pairs = watchlist.meeting(ACCOUNT, identifiers, candidates)
    yield "identifier", pairs.where(_types(watchlist, pairs, types)[1] == IdentifierType.ACCOUNT)
    yield "phone", watchlist.phones(parties.field("phone"), parties.field("country"))


def _reference_matches(references: pa.StructArray, watchlist: Watchlist) -> Iterator[tuple[str, Pairs]]:
    column = references.field("value")
    pairs = watchlist.meeting(REFERENCE, column, watchlist.candidates(column))
    listed, declared = _types(watchlist, pairs, references.field("type"))
    yield "value", pairs.where((listed == "") | (listed == declared) | (declared == ReferenceType.OTHER))


def _types(watchlist: Watchlist, pairs: Pairs, declared: pa.Array) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give for each pair the type that is listed and the one that is declared; empty where there is none."""
    listed = watchlist.key_columns.column("type").take(pa.array(pairs.key)).dictionary_decode()
    declared = pc.fill_null(declared.take(pa.array(pairs.element)), "")
    return listed.to_numpy(zero_copy_only=False), declared.to_numpy(zero_copy_only=False)


def _counts(watchlist: Watchlist, keys: NDArray[np.int64], day: pa.Array) -> _Flags:
    """Whether keys are valid on the days given; where something is not known, they are."""
    first, last = (watchlist.key_columns.column(name).take(pa.array(keys)) for name in ("valid_from", "valid_until"))
    outside = pc.or_kleene(pc.less(day, first), pc.greater(day, last))
    counts: _Flags = ~pc.fill_null(outside, False).to_numpy(zero_copy_only=False)
    return counts


def _finds(
    column: str,
    field: str,
    values: pa.Array,
    rows: NDArray[np.int64],
    numbers: NDArray[np.int64],
    pairs: Pairs,
    watchlist: Watchlist,
) -> Finds:
    keys = watchlist.key_columns.take(pa.array(pairs.key))
    declared = values.take(pa.array(pairs.element))
    same = pc.equal(declared, keys.column("value")).to_numpy(zero_copy_only=False)
    return Finds(
        column=column,
        field=field,
        row=rows[pairs.element],
        element=numbers[pairs.element],
        rule=keys.column("entry").dictionary_decode(),
        start=np.zeros(len(declared), np.int64),
        end=pc.utf8_length(declared).to_numpy().astype(np.int64),
        text=declared,
        manner=np.where(same, MANNERS.index(MatchManner.EXACT), MANNERS.index(MatchManner.FOLDED)),
        mandatory=keys.column("mandatory"),
        priority=keys.column("priority"),
        channel=keys.column("channel"),
    )
