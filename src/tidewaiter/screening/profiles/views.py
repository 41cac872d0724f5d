"""Columns of a batch as bulk judging wants them, each made once and only when a condition asks for it.

A view is the consignments, the elements of a list column, or its elements of one role. Text columns become codes: the
question is answered once for each different text, then looked up. Elements are the batch's own memory, flattened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.schemas.nested import children
from tidewaiter.screening.profiles.fields import LIST_COLUMN, STRING_KINDS, Kind
from tidewaiter.screening.profiles.logic import Answer
from tidewaiter.screening.profiles.measures import (
    DAY_US,
    NEEDS,
    PIECES_PER_UNIT,
    Numbers,
    local,
    offset_column,
    ratio,
)
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.text import fold_all
from tidewaiter.screening.profiles.tree import Scope

OTHER = "\ufdd0"
"""Stands for any text that nobody asks for. A noncharacter of Unicode: it is in no declaration and no profile."""

ORDERED_UP_TO = 8_192
"""Up to this many different texts are put in order, so that a prefix or a set is a few ranges of codes."""


@dataclass(frozen=True)
class Coded:
    """A text column as codes: ``known[code]`` is the text, the code ``missing`` stands for none."""

    codes: np.ndarray
    known: pl.Series
    ordered: bool

    @cached_property
    def folded(self) -> pl.Series:
        """The different texts, folded."""
        return fold_all(self.known)

    def taken(self, places: np.ndarray) -> "Coded":
        """The column at some places only."""
        return Coded(self.codes[places], self.known, self.ordered)

    def spread(self, rows: np.ndarray, size: int) -> "Coded":
        """The column laid out over ``size`` rows, missing where ``rows`` has none."""
        codes = np.full(size, self.missing, dtype=self.codes.dtype)
        codes[rows] = self.codes
        return Coded(codes, self.known, self.ordered)

    @property
    def missing(self) -> int:
        """The code of what is missing."""
        return len(self.known)

    @cached_property
    def texts(self) -> list[str]:
        """The different texts."""
        return self.known.to_list()

    @cached_property
    def _places(self) -> dict[str, int]:
        return {text: place for place, text in enumerate(self.texts)}

    def place_of(self, text: str) -> int | None:
        """The code of a text; None where the column does not hold it."""
        return self._places.get(text)


@dataclass(frozen=True)
class Held:
    """A column of numbers, moments or flags: its values, of which those that are not known mean nothing."""

    values: np.ndarray
    unknown: Answer

    @cached_property
    def partly_unknown(self) -> bool:
        """Whether any value is not known."""
        return bool(self.unknown.any())


def held_number(values: Numbers) -> Held:
    """Numbers as float64, NaN where one is not known."""
    return Held(values, np.isnan(values))


def encode(column: pa.Array) -> Coded:
    """Encode a text column; null and empty text are missing."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts, indices = encoded.dictionary, encoded.indices
    there = pc.fill_null(pc.greater(pc.binary_length(texts), 0), False).to_numpy(zero_copy_only=False)
    kept = np.flatnonzero(there)
    ordered = kept.size <= ORDERED_UP_TO
    if ordered:
        # Bytes of UTF-8 are in the order of their characters.
        kept = kept[pc.array_sort_indices(texts.take(pa.array(kept))).to_numpy()]
    new_code = np.full(len(texts) + 1, kept.size, dtype=np.uint16 if kept.size < 0xFFFF else np.uint32)
    new_code[kept] = np.arange(kept.size, dtype=new_code.dtype)
    if indices.null_count:
        indices = indices.fill_null(len(texts))
    codes = np.take(new_code, indices.to_numpy(zero_copy_only=False))
    return Coded(codes, _series(texts.take(pa.array(kept))), ordered)


def encode_wanted(column: pa.Array, wanted: Sequence[str]) -> Coded:
    """Encode a text column in which almost every text is different, when only some texts are asked for.

    All others share one code, whose text is none of the wanted.
    """
    texts = pa.array(wanted, pa.string())
    other = len(wanted)
    codes = pc.fill_null(pc.index_in(column, texts), other).to_numpy(zero_copy_only=False).astype(np.uint32)
    missing = pc.fill_null(pc.equal(pc.binary_length(column), 0), True).to_numpy(zero_copy_only=False)
    codes[missing] = other + 1
    return Coded(codes, pl.Series("known", [*wanted, OTHER], dtype=pl.String), ordered=False)


class View:
    """A set of elements with the batch row of each."""

    def __init__(self, size: int, rows: np.ndarray | None, row_count: int, rates: Rates) -> None:
        self.size = size
        self.rows = rows
        """Row of each element, ascending; None where element and row are the same."""
        self.row_count = row_count
        self.rates = rates
        self._coded: dict[str, Coded] = {}
        self._held: dict[str, Held] = {}

    @cached_property
    def empty(self) -> np.ndarray:
        """For each row of the batch whether it has no element here."""
        if self.rows is None:
            return np.zeros(self.row_count, dtype=bool)
        return np.asarray(np.bincount(self.rows, minlength=self.row_count) == 0)

    def load(self, column: str) -> pa.Array:
        """The column as Arrow holds it."""
        raise NotImplementedError

    def load_coded(self, column: str) -> Coded:
        """Encode a text column."""
        return encode(self.load(column))

    def coded(self, column: str) -> Coded:
        """The text column as codes."""
        if column not in self._coded:
            self._coded[column] = self.load_coded(column)
        return self._coded[column]

    def ask_for(self, column: str, wanted: Sequence[str]) -> None:
        """Say that a text column will only be compared with some texts, so that no others need codes of their own."""
        if column not in self._coded:
            self._coded[column] = self.load_wanted(column, wanted)

    def load_wanted(self, column: str, wanted: Sequence[str]) -> Coded:
        """Encode a text column for some texts."""
        return encode_wanted(self.load(column), wanted)

    def missing(self, column: str, kind: Kind) -> Answer:
        """For each element whether the field is not stated."""
        if kind in STRING_KINDS:
            coded = self.coded(column)
            return np.asarray(coded.codes == coded.missing)
        if kind in (Kind.MOMENT, Kind.FLAG):
            return np.asarray(self.load(column).is_null().to_numpy(zero_copy_only=False))
        return self.number(column).unknown

    def flag(self, column: str) -> Held:
        """Yes or no as a boolean."""
        return self._keep(column, lambda: _filled(self.load(column), False))

    def number(self, column: str) -> Held:
        """A number, stated or derived, as float64; not known where it is missing or not a number."""
        return self._keep(f"{column}!", lambda: held_number(self._number(column)))

    def money(self, column: str, currency: str) -> Held:
        """An amount in another currency; not known where it is missing or its currency has no rate."""
        return self._keep(f"{column}@{currency}", lambda: self._money(column, currency))

    def clock(self, column: str) -> Held:
        """Microseconds since local midnight."""
        return self._keep(f"{column}:clock", lambda: self._of_local(column, lambda local: local % DAY_US))

    def day(self, column: str) -> Held:
        """Local days since 1970-01-01."""
        return self._keep(f"{column}:day", lambda: self._of_local(column, lambda local: local // DAY_US))

    def _keep(self, name: str, make: Callable[[], Held]) -> Held:
        if name not in self._held:
            self._held[name] = make()
        return self._held[name]

    def _number(self, column: str) -> Numbers:
        if column == "pieces":
            return self._pieces()
        if column in NEEDS:
            return ratio(column, {name: self.number(name).values for name in NEEDS[column]})
        stated = self.load(column)
        return np.asarray(stated.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False))

    def _pieces(self) -> Numbers:
        factors = self._lookup("unit", PIECES_PER_UNIT, missing=1.0)
        return _times(self.number("quantity").values, factors)

    def _money(self, column: str, currency: str) -> Held:
        factors = self._lookup("currency", self.rates.factors(currency), missing=np.nan)
        return held_number(_times(self.number(column).values, factors))

    def _lookup(self, column: str, values: dict[str, float], missing: float) -> Numbers:
        coded = self.coded(column)
        table = np.array([*(values.get(text, np.nan) for text in coded.texts), missing], dtype=np.float64)
        return np.take(table, coded.codes)

    def _of_local(self, column: str, work: Callable[[np.ndarray], np.ndarray]) -> Held:
        local = self._keep(f"{column}:local", lambda: self._local(column))
        return Held(work(local.values), local.unknown)

    def _local(self, column: str) -> Held:
        moments = _filled(self.load(column).cast(pa.int64()), 0)
        offsets = _filled(self.load(offset_column(column)).cast(pa.int64()), 0)
        return Held(local(moments.values, offsets.values), moments.unknown | offsets.unknown)


class Consignments(View):
    """The batch's own rows."""

    def __init__(self, batch: pa.RecordBatch, rates: Rates, items: Callable[[], View]) -> None:
        super().__init__(batch.num_rows, None, batch.num_rows, rates)
        self._batch = batch
        self._items = items

    def load(self, column: str) -> pa.Array:
        return self._batch.column(column)

    def _number(self, column: str) -> Numbers:
        if column == "item_count":
            lengths = pc.fill_null(pc.list_value_length(self._batch.column("goods")), 0)
            return np.asarray(lengths.to_numpy(zero_copy_only=False), dtype=np.float64)
        return super()._number(column)

    def _pieces(self) -> Numbers:
        items = self._items()
        pieces, rows = items.number("pieces"), items.rows
        if rows is None:
            return pieces.values
        totals = np.bincount(rows, np.where(pieces.unknown, 0.0, pieces.values), self.size).astype(np.float64)
        unknown = np.bincount(rows, minlength=self.size) == 0
        unknown[rows[pieces.unknown]] = True
        totals[unknown] = np.nan
        return totals


class Elements(View):
    """All elements of a list column."""

    def __init__(self, batch: pa.RecordBatch, scope: Scope, rates: Rates) -> None:
        rows, structs = children(batch, LIST_COLUMN[scope])
        super().__init__(len(structs), rows, batch.num_rows, rates)
        names = [member.name for member in structs.type]
        self._columns = dict(zip(names, structs.flatten(), strict=True))

    def load(self, column: str) -> pa.Array:
        return self._columns[column]


class OfRole(View):
    """The elements of one role. Where no row has two of them they are laid out over the rows, ready to be read."""

    def __init__(self, base: Elements, role: str) -> None:
        roles = base.coded("role")
        code = roles.place_of(role)
        self._base = base
        self._places = np.flatnonzero(roles.codes == code) if code is not None else np.empty(0, dtype=np.intp)
        assert base.rows is not None
        rows = base.rows[self._places]
        single = bool((rows[1:] > rows[:-1]).all())
        self._spread_to = rows if single else None
        size = base.row_count if single else rows.size
        super().__init__(size, None if single else rows, base.row_count, base.rates)

    def load_coded(self, column: str) -> Coded:
        return self._here(self._base.coded(column))

    def load_wanted(self, column: str, wanted: Sequence[str]) -> Coded:
        return self._here(encode_wanted(self._base.load(column), wanted))

    def _here(self, coded: Coded) -> Coded:
        taken = coded.taken(self._places)
        return taken if self._spread_to is None else taken.spread(self._spread_to, self.row_count)


class Views:
    """The views of one batch."""

    def __init__(self, batch: pa.RecordBatch, rates: Rates) -> None:
        self._batch = batch
        self._rates = rates
        self._made: dict[tuple[Scope, str], View] = {}

    def get(self, scope: Scope, role: str = "") -> View:
        """The view of a scope, or of its elements of one role."""
        key = (scope, role)
        if key not in self._made:
            self._made[key] = self._make(scope, role)
        return self._made[key]

    def _make(self, scope: Scope, role: str) -> View:
        if scope is Scope.CONSIGNMENT:
            return Consignments(self._batch, self._rates, lambda: self.get(Scope.ITEM))
        if not role:
            return Elements(self._batch, scope, self._rates)
        base = self.get(scope)
        assert isinstance(base, Elements)
        return OfRole(base, role)


def _times(numbers: Numbers, factors: Numbers) -> Numbers:
    # What is beyond the largest number is infinite, as it is for one element.
    with np.errstate(over="ignore", invalid="ignore"):
        found: Numbers = numbers * factors
    return found


def _filled(column: pa.Array, value: object) -> Held:
    unknown = np.asarray(column.is_null().to_numpy(zero_copy_only=False))
    filled = pc.fill_null(column, value) if column.null_count else column
    return Held(np.asarray(filled.to_numpy(zero_copy_only=False)), unknown)


def _series(column: pa.Array) -> pl.Series:
    made = pl.from_arrow(column)
    assert isinstance(made, pl.Series)
    return made
