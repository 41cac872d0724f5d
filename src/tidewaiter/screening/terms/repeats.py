"""Look at each different text once, where texts repeat."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Encoding pays where it halves the work. The first rows tell whether it will.
_SAMPLE = 2048
_WORTH_IT = 0.5

_Places = NDArray[np.intp]


class Distinct:
    """The different texts of a column, and the rows that each stands in."""

    def __init__(self, column: pa.Array) -> None:
        """Take a string column."""
        sample = column.slice(0, _SAMPLE)
        self._rows: _Places | None = None
        self.texts: pa.Array = column
        if pc.count_distinct(sample, mode="all").as_py() > _WORTH_IT * len(sample):
            return
        encoded = column.dictionary_encode()
        self.texts = encoded.dictionary
        present = np.flatnonzero(pc.is_valid(column).to_numpy(zero_copy_only=False))
        numbers = encoded.indices.drop_null().to_numpy()
        order = np.argsort(numbers, kind="stable")
        self._rows = present[order]
        self._begins = np.searchsorted(numbers[order], np.arange(len(self.texts) + 1))

    def spread(self, places: _Places) -> tuple[_Places, _Places]:
        """Give, for texts by their place, each row of the column that holds them: which of the texts, and the row."""
        if self._rows is None:
            return np.arange(places.size), places
        counts = self._begins[places + 1] - self._begins[places]
        which = np.repeat(np.arange(places.size), counts)
        within = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
        return which, self._rows[np.repeat(self._begins[places], counts) + within]
