"""Look at each different text once, where texts repeat."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Encoding pays where it saves a part of the work. Some rows, taken from everywhere, tell whether it will: in all rows
# texts repeat more often than in these.
_EVERY = 8
_FEWEST = 2048
_WORTH_IT = 0.72

_Places = NDArray[np.intp]


class Distinct:
    """The different texts of a column, and the rows that each stands in."""

    def __init__(self, column: pa.Array) -> None:
        """Take a string column."""
        self.texts: pa.Array = column
        self._numbers: NDArray[np.int32] | None = None
        if _different(column) > _WORTH_IT:
            return
        encoded = column.dictionary_encode()
        self.texts = encoded.dictionary
        # The number of a missing text is one that no text has.
        indices = encoded.indices.fill_null(len(self.texts)) if encoded.indices.null_count else encoded.indices
        self._numbers = indices.to_numpy()

    def spread(self, places: _Places) -> tuple[_Places, _Places]:
        """Give, for texts by their place, each row of the column that holds them: which of the texts, and the row."""
        if self._numbers is None:
            return np.arange(places.size), places
        wanted = np.zeros(len(self.texts) + 1, bool)
        wanted[places] = True
        rows = np.flatnonzero(wanted[self._numbers])
        numbers = self._numbers[rows]
        order = np.argsort(numbers, kind="stable")
        rows, numbers = rows[order], numbers[order]
        begins = np.searchsorted(numbers, places, side="left")
        counts = np.searchsorted(numbers, places, side="right") - begins
        which = np.repeat(np.arange(places.size), counts)
        within = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, rows[begins[which] + within]


def _different(column: pa.Array) -> float:
    """Give the share of different texts among some of a column; 1 where there are none."""
    step = max(1, min(_EVERY, len(column) // _FEWEST))
    sample = column.take(pa.array(np.arange(0, len(column), step))) if step > 1 else column
    stated = len(sample) - sample.null_count
    return pc.count_distinct(sample).as_py() / stated if stated else 1.0
