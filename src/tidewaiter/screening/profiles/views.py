"""Columns of a batch as the bulk back-end wants them, each made once and only when a condition asks for it.

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
from tidewaiter.screening.profiles.fields import LIST_COLUMN
from tidewaiter.screening.profiles.measures import DAY_US, NEEDS, PIECES_PER_UNIT, local, offset_column, ratio
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


def encode(column: pa.Array) -> Coded:
    """Encode a text column; null and empty text are missing."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    texts = encoded.dictionary.to_numpy(zero_copy_only=False)
    kept = np.flatnonzero((texts != "") & (texts != None))  # noqa: E711  (element by element)
    ordered = kept.size <= ORDERED_UP_TO
    if ordered:
        kept = kept[np.argsort(texts[kept])]
    new_code = np.full(len(texts) + 1, kept.size, dtype=np.uint16 if kept.size < 0xFFFF else np.uint32)
    new_code[kept] = np.arange(kept.size, dtype=new_code.dtype)
    indices = encoded.indices.fill_null(len(texts)) if encoded.indices.null_count else encoded.indices
    codes = np.take(new_code, indices.to_numpy(zero_copy_only=False))
    return Coded(codes, pl.Series("known", texts[kept], dtype=pl.String), ordered)


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
        self._series: dict[str, pl.Series] = {}

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

    def codes(self, column: str) -> pl.Series:
        """The codes of a text column."""
        return self._keep(f"{column}#", lambda: pl.Series(self.coded(column).codes))

    def plain(self, column: str) -> pl.Series:
        """A column that is neither text nor number, as it is."""
        return self._keep(column, lambda: _series(self.load(column)))

    def number(self, column: str) -> pl.Series:
        """A number, stated or derived, as float64; null where it is missing or not a number."""
        return self._keep(f"{column}!", lambda: self._number(column))

    def money(self, column: str, currency: str) -> pl.Series:
        """An amount in another currency; null where it is missing or its currency has no rate."""
        return self._keep(f"{column}@{currency}", lambda: self._money(column, currency))

    def clock(self, column: str) -> pl.Series:
        """Microseconds since local midnight."""
        return self._keep(f"{column}:clock", lambda: self._local(column) % DAY_US)

    def day(self, column: str) -> pl.Series:
        """Local days since 1970-01-01."""
        return self._keep(f"{column}:day", lambda: self._local(column) // DAY_US)

    def _keep(self, name: str, make: Callable[[], pl.Series]) -> pl.Series:
        if name not in self._series:
            self._series[name] = make().alias(name)
        return self._series[name]

    def _number(self, column: str) -> pl.Series:
        if column == "pieces":
            made = self._pieces()
        elif column in NEEDS:
            made = (
                pl.DataFrame([self.number(name).alias(name) for name in NEEDS[column]])
                .select(ratio(column))
                .to_series()
            )
        else:
            made = _series(self.load(column)).cast(pl.Float64)
        return made.fill_nan(None)

    def _pieces(self) -> pl.Series:
        factors = self._lookup("unit", PIECES_PER_UNIT, missing=1.0)
        return self.number("quantity") * factors

    def _money(self, column: str, currency: str) -> pl.Series:
        factors = self._lookup("currency", self.rates.factors(currency), missing=None)
        return (self.number(column) * factors).fill_nan(None)

    def _lookup(self, column: str, values: dict[str, float], missing: float | None) -> pl.Series:
        coded = self.coded(column)
        found = [values.get(text) for text in coded.known]
        table = np.array([*found, missing], dtype=np.float64)
        return pl.Series(np.take(table, coded.codes)).fill_nan(None)

    def _local(self, column: str) -> pl.Series:
        return self._keep(f"{column}:local", lambda: self._local_microseconds(column))

    def _local_microseconds(self, column: str) -> pl.Series:
        moments = _series(self.load(column).cast(pa.int64())).alias(column)
        offsets = _series(self.load(offset_column(column))).alias(offset_column(column))
        return pl.DataFrame([moments, offsets]).select(local(column)).to_series()


class Consignments(View):
    """The batch's own rows."""

    def __init__(self, batch: pa.RecordBatch, rates: Rates, items: Callable[[], View]) -> None:
        super().__init__(batch.num_rows, None, batch.num_rows, rates)
        self._batch = batch
        self._items = items

    def load(self, column: str) -> pa.Array:
        return self._batch.column(column)

    def _number(self, column: str) -> pl.Series:
        if column == "item_count":
            lengths = pc.fill_null(pc.list_value_length(self._batch.column("goods")), 0)
            return _series(lengths).cast(pl.Float64)
        return super()._number(column)

    def _pieces(self) -> pl.Series:
        items = self._items()
        pieces, rows = items.number("pieces"), items.rows
        if rows is None:
            return pieces
        totals = np.bincount(rows, pieces.fill_null(0.0).to_numpy(), self.size).astype(np.float64)
        unknown = np.bincount(rows, minlength=self.size) == 0
        unknown[rows[pieces.is_null().to_numpy()]] = True
        totals[unknown] = np.nan
        return pl.Series(totals)


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
        known = roles.known.to_list()
        code = known.index(role) if role in known else len(known) + 1
        self._base = base
        self._places = np.flatnonzero(roles.codes == code)
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


def _series(column: pa.Array) -> pl.Series:
    made = pl.from_arrow(column)
    assert isinstance(made, pl.Series)
    return made
