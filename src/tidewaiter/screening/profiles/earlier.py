"""What earlier screening found on the same consignments: the hits that conditions on them ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.screening.profiles.fields import LIST_COLUMN
from tidewaiter.screening.profiles.tree import EarlierHit, Scope, Source

_ELEMENT = re.compile(r"(\w+)\[(\d+)\]")
_COLUMN = re.compile(r"\[\d+\]")
_KIND_OF_FIELD = {
    "parties.name": "name",
    "parties.name_other": "name",
    "parties.identifier": "identifier",
    "parties.phone": "phone",
    "parties.account": "account",
    "references.value": "reference",
}
"""Kind of a watchlist entry (as in watchlist.csv) by the field where it hit."""


@dataclass(frozen=True)
class Earlier:
    """Hits of earlier screening, as ``schemas.HIT``; None where that screening was not done.

    A hit of a term names only its rule, so a condition on a kind of term also needs to know the kind of each. The kind
    of a watchlist hit is that of the field where it stands; ``watchlist_kinds`` may say otherwise for some entries.
    """

    term_hits: pa.RecordBatch | None = None
    watchlist_hits: pa.RecordBatch | None = None
    term_kinds: Mapping[str, str] = field(default_factory=dict)
    watchlist_kinds: Mapping[str, str] = field(default_factory=dict)

    def of(self, leaf: EarlierHit) -> pa.RecordBatch | None:
        """The hits that a condition asks for; None where that screening was not done, so that nobody can know."""
        hits = self.term_hits if leaf.source is Source.TERM else self.watchlist_hits
        if hits is None:
            return None
        if leaf.rules:
            hits = hits.filter(pc.is_in(hits.column("rule"), pa.array(leaf.rules, pa.string())))
        if leaf.kinds and leaf.source is Source.TERM:
            of_kind = [rule for rule, kind in self.term_kinds.items() if kind in leaf.kinds]
            hits = hits.filter(pc.is_in(hits.column("rule"), pa.array(of_kind, pa.string())))
        elif leaf.kinds:
            pairs = zip(hits.column("rule").to_pylist(), hits.column("field").to_pylist(), strict=True)
            fits = [self._watched_as(str(rule), str(name)) in leaf.kinds for rule, name in pairs]
            hits = hits.filter(pa.array(fits, pa.bool_()))
        return hits

    def lacks_kinds(self, leaf: EarlierHit) -> bool:
        """Say whether hits are there that a condition on a kind cannot judge, because no term's kind is given."""
        asked = leaf.source is Source.TERM and bool(leaf.kinds)
        return asked and self.term_hits is not None and self.term_hits.num_rows > 0 and not self.term_kinds

    def _watched_as(self, rule: str, name: str) -> str | None:
        return self.watchlist_kinds.get(rule) or _KIND_OF_FIELD.get(_COLUMN.sub("", name))

    def on_message(self, leaf: EarlierHit, message_id: str) -> list[str] | None:
        """The fields where the hits of one message stand; None where that screening was not done."""
        hits = self.of(leaf)
        if hits is None:
            return None
        here = hits.filter(pc.equal(hits.column("message_id"), message_id))
        return [str(name) for name in here.column("field").to_pylist()]

    def on_rows(self, leaf: EarlierHit, message_ids: pa.Array) -> np.ndarray | None:
        """For each message of a batch whether it has such a hit."""
        hits = self.of(leaf)
        if hits is None:
            return None
        return np.asarray(pc.is_in(message_ids, hits.column("message_id")).to_numpy(zero_copy_only=False))

    def on_elements(self, leaf: EarlierHit, scope: Scope, message_ids: pa.Array, rows: np.ndarray) -> np.ndarray | None:
        """For each element of a list column whether it has such a hit, given the row of each element."""
        hits = self.of(leaf)
        if hits is None:
            return None
        found = pc.index_in(hits.column("message_id"), message_ids).to_pylist()
        counts = np.bincount(rows, minlength=len(message_ids))
        starts = np.cumsum(counts) - counts
        met = np.zeros(rows.size, dtype=bool)
        for row, name in zip(found, hits.column("field").to_pylist(), strict=True):
            place = element_of(str(name), scope)
            if row is not None and place is not None and place <= counts[row]:
                met[starts[row] + place - 1] = True
        return met


def element_of(name: str, scope: Scope) -> int | None:
    """The element, from 1, that a field such as ``goods[2].brand`` names; None where it is none of the scope's."""
    parts = _ELEMENT.match(name)
    if parts is None or parts[1] != LIST_COLUMN[scope] or int(parts[2]) < 1:
        return None
    return int(parts[2])
