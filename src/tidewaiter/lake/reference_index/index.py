"""Look references up in a built index; what is found is read from the lake and compared before it is told."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Self

import numpy as np

from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.lake.reference_index.catalogue import Catalogue, File, Listed, read_catalogue
from tidewaiter.lake.reference_index.keyed_hash import HashKey
from tidewaiter.lake.reference_index.rows import IN_FORCE, Place, check_unchanged, read_rows
from tidewaiter.lake.reference_index.segment import Segment, file_of, kind_of
from tidewaiter.lake.reference_index.spelling import CONSIGNMENT_ID, KINDS, MESSAGE_ID, PHONE, same, spellings

__all__ = ["Index"]

_SHOWN = ["message_id", "consignment_id", "administration", "office", "day"]
_REFERENCES = frozenset(kind.value for kind in ReferenceType)
_FEW = 64
"""Places that are read from the lake together at most."""


@dataclass(frozen=True)
class _Part:
    listed: Listed
    segment: Segment


class Index:
    """An index open for look-ups, by several threads too. Opening reads its directories; entries stay on disk."""

    def __init__(self, catalogue: Catalogue, folder: Path, key: HashKey, root: Path) -> None:
        self._root = root
        self._key = key
        self._parts = [_Part(one, Segment(folder / one.path, key.check)) for one in catalogue.segments]
        states = catalogue.states
        self._states = None if states is None else _Part(states, Segment(folder / states.path, key.check))

    @classmethod
    def open(cls, folder: Path, key: bytes, *, root: Path | None = None) -> Self:
        """Open the index in ``folder``; ``root`` says where the result lies, if not where it was when it was indexed.

        Raises IndexRefused where the index is absent, damaged, or made with another key.
        """
        catalogue = read_catalogue(folder)
        return cls(catalogue, folder, HashKey(key), root or Path(os.path.normpath(folder.resolve() / catalogue.result)))

    @property
    def root(self) -> Path:
        """The root of the result, for `read_consignment`."""
        return self._root

    def __len__(self) -> int:
        return sum(len(part.segment) for part in self._parts)

    def find(
        self,
        reference: str,
        kind: str | None = None,
        limit: int = 20,
        *,
        accepts: Callable[[Place], bool] | None = None,
        most: int = 2_000,
    ) -> list[Place]:
        """Find messages that bear a reference, as typed; of one kind (`spelling.KINDS`) or of any.

        The latest months come first, in them the last rows; a message comes once. At most ``limit`` places, of those
        alone that ``accepts`` says yes to, such as that somebody may see them; ``most`` places are asked about. Raises
        ValueError for an unknown kind, IndexRefused where a page or the lake is damaged or was replaced.
        """
        if kind is not None and kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of reference; the kinds are {', '.join(KINDS)}")
        keys = self._keys(reference, kind)
        if not keys:
            return []
        places = islice(self._places(reference, kind, keys), most)
        return list(islice((place for place in places if accepts is None or accepts(place)), limit))

    def find_each(self, wanted: Sequence[tuple[str, str]], limit: int) -> dict[tuple[str, str], list[Place]]:
        """Find many references of one consignment at once, pairs of kind and value as declared: what `find` gives for
        each, but that a row of the lake is read once for all of them.

        Raises as `find` does.
        """
        found: dict[tuple[str, str], list[Place]] = {one: [] for one in wanted}
        for part in self._parts:
            asked: dict[int, dict[tuple[int, str], list[tuple[str, str]]]] = {}
            for one, places in found.items():
                for number, row in self._latest(part, one, limit - len(places)):
                    asked.setdefault(number, {}).setdefault((row, one[0]), []).append(one)
            for number in sorted(asked, reverse=True):
                rows = self._held(part.listed, number, list(asked[number]))
                for (row, kind), held in zip(asked[number], rows, strict=True):
                    for one in asked[number][row, kind]:
                        found[one] += self._told(part.listed.files[number], one[1], row, kind, held)
        return found

    def _latest(self, part: _Part, one: tuple[str, str], most: int) -> list[tuple[int, int]]:
        """The latest files and rows of a segment under the hashes of a reference, each once."""
        kind, value = one
        found: dict[tuple[int, int], None] = {}
        entries = self._entries(part, kind, self._keys(value, kind)) if most > 0 else iter(())
        while len(found) < most and (entry := next(entries, None)) is not None:
            found[entry[:2]] = None
        return list(found)

    def _keys(self, reference: str, kind: str | None) -> list[np.uint64]:
        return [self._key.hash(form) for form in _forms(reference, kind)]

    def in_force(self, consignment_id: str) -> Place | None:
        """Find the message in force of a consignment; None where it has none, being cancelled or unknown."""
        places = self.find(consignment_id, CONSIGNMENT_ID, limit=_FEW)
        return next((one for one in places if one.state == IN_FORCE and one.consignment_id == consignment_id), None)

    def _places(self, reference: str, kind: str | None, keys: list[np.uint64]) -> Iterator[Place]:
        for part in self._parts:
            seen: set[tuple[int, int]] = set()
            for number, found in groupby(self._entries(part, kind, keys), key=lambda one: one[0]):
                while few := list(islice(found, _FEW)):
                    for place in self._read(part.listed, number, reference, few):
                        if (number, place.row) not in seen:
                            seen.add((number, place.row))
                            yield place

    @staticmethod
    def _entries(part: _Part, kind: str | None, keys: list[np.uint64]) -> Iterator[tuple[int, int, str]]:
        """Give file, row and kind of the entries under any of the keys."""
        for key in keys:
            for entry in part.segment.latest(key):
                found = KINDS[kind_of(entry)]
                if kind is None or found == kind:
                    yield file_of(entry), int(entry["row"]), found

    def _read(self, listed: Listed, number: int, reference: str, found: list[tuple[int, int, str]]) -> Iterator[Place]:
        rows = self._held(listed, number, [(row, kind) for _, row, kind in found])
        for (_, row, kind), held in zip(found, rows, strict=True):
            yield from self._told(listed.files[number], reference, row, kind, held)

    def _held(self, listed: Listed, number: int, wanted: Sequence[tuple[int, str]]) -> list[dict[str, Any]]:
        """Read what rows of a file hold of references of some kinds."""
        path = check_unchanged(self._root, listed.files[number])
        kinds = {kind for _, kind in wanted}
        columns = [*_SHOWN, *(["references"] if kinds & _REFERENCES else [])]
        columns += ["parties"] if kinds - _REFERENCES - {CONSIGNMENT_ID, MESSAGE_ID} else []
        rows = sorted({row for row, _ in wanted})
        held = dict(zip(rows, read_rows(path, rows, columns), strict=True))
        return [held[row] for row, _ in wanted]

    def _told(self, file: File, reference: str, row: int, kind: str, held: dict[str, Any]) -> Iterator[Place]:
        """The place of a row that was read; none where it bears another reference of the same hash, so that nothing is
        shown that does not bear what was typed."""
        value = next((one for one in _borne(kind, held) if same(kind, reference, one)), None)
        if value is not None:
            state, reason = self._state(held["message_id"])
            shown = {name: held[name] for name in _SHOWN}
            yield Place(file=file.path, row=row, kind=kind, value=value, state=state, reason=reason, **shown)

    def _state(self, message_id: str) -> tuple[str, str | None]:
        if self._states is None:
            return IN_FORCE, None
        for entry in self._states.segment.latest(self._key.hash(message_id)):
            path = check_unchanged(self._root, self._states.listed.files[file_of(entry)])
            held = read_rows(path, [int(entry["row"])], ["message_id", "state", "reason"])[0]
            if held["message_id"] == message_id:
                return held["state"], held["reason"]
        return IN_FORCE, None


@lru_cache(maxsize=256)
def _forms(reference: str, kind: str | None) -> tuple[str, ...]:
    """The forms of what was typed; kept, because the index of each run is asked for the same."""
    return tuple(sorted(spellings(kind, reference)))


def _borne(kind: str, held: dict[str, Any]) -> Iterator[str]:
    """Give the references of a kind that a message bears."""
    if kind in (CONSIGNMENT_ID, MESSAGE_ID):
        yield held[kind]
    for one in held.get("references") or []:
        if one["type"] == kind or (kind == ReferenceType.OTHER and one["type"] not in KINDS):
            yield one["value"]
    for party in held.get("parties") or []:
        yield from _of_party(kind, party)


def _of_party(kind: str, party: dict[str, Any]) -> Iterator[str]:
    own = party["identifier_type"] if party["identifier_type"] in KINDS else IdentifierType.LOCAL.value
    for found, value in ((own, party["identifier"]), (PHONE, party["phone"]), ("account", party["account"])):
        if found == kind and value is not None:
            yield value
