"""Doubts about a batch, and how they become its flags."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.schemas.consignment import FLAG
from tidewaiter.schemas.nested import children, ordinal

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class FlagCode(StrEnum):
    """What can be doubtful about a value that is kept."""

    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_PLACE = "unknown_place"
    UNKNOWN_HS = "unknown_hs"
    HS_FORMAT = "hs_format"
    UNKNOWN_CURRENCY = "unknown_currency"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_PACKAGE_KIND = "unknown_package_kind"
    UNKNOWN_MODE = "unknown_mode"
    UNKNOWN_REGIME = "unknown_regime"
    WRONG_FORMAT = "wrong_format"
    WRONG_REGION = "wrong_region"
    WRONG_DATE = "wrong_date"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    NOT_A_NUMBER = "not_a_number"
    NEGATIVE_MASS = "negative_mass"
    NEGATIVE_VALUE = "negative_value"
    NEGATIVE_QUANTITY = "negative_quantity"
    NEGATIVE_PACKAGES = "negative_packages"
    NET_ABOVE_GROSS = "net_above_gross"
    MASS_TOTAL_BELOW_ITEMS = "mass_total_below_items"
    VALUE_WITHOUT_CURRENCY = "value_without_currency"
    IMPLAUSIBLE_YEAR = "implausible_year"
    TIME_IN_FUTURE = "time_in_future"
    MISSING_OFFICE = "missing_office"
    MISSING_TIME = "missing_time"
    NO_GOODS = "no_goods"
    EMPTY_DESCRIPTION = "empty_description"


@dataclass(frozen=True)
class Elements:
    """The elements of a list column: ``row`` is the position in the batch that each belongs to."""

    name: str
    row: Rows
    values: pa.StructArray

    @classmethod
    def of(cls, batch: pa.RecordBatch, name: str) -> "Elements":
        """Take the list column ``name`` apart."""
        row, values = children(batch, name)
        return cls(name, row, values)

    @cached_property
    def ordinal(self) -> Rows:
        """Place of each element in its list, from 1."""
        return ordinal(self.row)

    def column(self, name: str) -> pa.Array:
        """One member of the elements."""
        return self.values.field(name)


@dataclass(frozen=True)
class _Doubts:
    code: FlagCode
    row: Rows
    fields: pa.Array


@dataclass
class Doubts:
    """What is doubtful in one batch, gathered check by check; ``flagged`` gives the batch with its flags."""

    found: list[_Doubts] = field(default_factory=list)

    def add(self, code: FlagCode, name: str, doubtful: Mask) -> None:
        """Note the rows of the batch whose column ``name`` is doubtful."""
        row = np.flatnonzero(doubtful)
        if row.size:
            self.found.append(_Doubts(code, row, pa.repeat(name, row.size)))

    def add_elements(self, code: FlagCode, elements: Elements, name: str, doubtful: Mask) -> None:
        """Note the elements of a list column whose member ``name`` is doubtful."""
        chosen = np.flatnonzero(doubtful)
        if chosen.size:
            places = pa.array(elements.ordinal[chosen]).cast(pa.string())
            fields = pc.binary_join_element_wise(f"{elements.name}[", places, f"].{name}", "")
            self.found.append(_Doubts(code, elements.row[chosen], fields))

    def flagged(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Give the batch with the doubts added to its flags.

        Within a row, flags that stood there come first, then the doubts in the order in which they were added. A flag
        that stands there already is not added again. A batch without doubts is given back as it is.
        """
        if not self.found:
            return batch
        row, flags = children(batch, "flags")
        row = np.concatenate([row, *(doubts.row for doubts in self.found)])
        codes = pa.concat_arrays(
            [flags.field("code"), *(pa.repeat(str(doubts.code), doubts.row.size) for doubts in self.found)]
        )
        fields = pa.concat_arrays([flags.field("field"), *(doubts.fields for doubts in self.found)])
        order = np.argsort(row, kind="stable")
        if len(flags):
            order = order[_first_of_its_kind(row[order], codes.take(order), fields.take(order))]
        counts = np.bincount(row[order], minlength=batch.num_rows)
        column = _list_column(counts, codes.take(order), fields.take(order), batch.column("flags"))
        return batch.set_column(batch.schema.get_field_index("flags"), batch.schema.field("flags"), column)


def _first_of_its_kind(row: Rows, codes: pa.Array, fields: pa.Array) -> Rows:
    """Positions, ascending, of the flags that no earlier flag of the same row equals."""
    words = pc.binary_join_element_wise(codes, fields, "\n").dictionary_encode()
    key = row * (len(words.dictionary) + 1) + words.indices.to_numpy()
    return np.sort(np.unique(key, return_index=True)[1])


def _list_column(counts: Rows, codes: pa.Array, fields: pa.Array, before: pa.ListArray) -> pa.ListArray:
    """Build the column ``flags``; a row that was null and has nothing new stays null."""
    offsets = np.zeros(counts.size + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    empty = before.is_null().to_numpy(zero_copy_only=False) & (counts == 0) if before.null_count else None
    flags = pa.StructArray.from_arrays([codes, fields], fields=list(FLAG))
    mask = None if empty is None else pa.array(empty)
    return pa.ListArray.from_arrays(pa.array(offsets), flags, type=before.type, mask=mask)
