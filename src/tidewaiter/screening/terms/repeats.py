"""Look at each different text once, where texts repeat."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Encoding pays where it halves the work. The first rows tell whether it will.
_SAMPLE = 2048
_WORTH_IT = 0.5


class Distinct:
    """The different texts of a column, and the rows that each stands in."""

    def __init__(self, column: pa.Array) -> None:
        sample = column.slice(0, _SAMPLE)
        self._rows: np.ndarray | None = None
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

    def rows(self, number: int) -> list[int]:
        """Give the rows of the column that hold text ``number``, in ascending order."""
        if self._rows is None:
            return [number]
        found: list[int] = self._rows[self._begins[number] : self._begins[number + 1]].tolist()
        return found
