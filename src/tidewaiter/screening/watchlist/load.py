"""Read watchlist.csv."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.names.fold_bulk import compact_column
from tidewaiter.screening.lists.checks import Checks, channel, day, mandatory, one_of, priority
from tidewaiter.screening.lists.problems import Problem
from tidewaiter.screening.lists.table import Table, read_table
from tidewaiter.screening.watchlist.keys import KEY, KINDS, PHONE, TYPES

COLUMNS = (
    "entry",
    "kind",
    "type",
    "value",
    "label",
    "mandatory",
    "priority",
    "channel",
    "valid_from",
    "valid_until",
    "source",
    "grading",
    "reason",
)
_KINDS = {kind: kind for kind in KINDS}
# Shorter ones are no numbers of a party: the shortest in the plans of this coast has seven digits.
_FEWEST_DIGITS = 7
_ENOUGH_DIGITS = f"(?:[0-9][^0-9]*){{{_FEWEST_DIGITS}}}"
# Most values hold one of these, which are letters and digits whatever folding does.
_SURELY_A_LETTER = r"[0-9A-Za-z\x{4E00}-\x{9FFF}]"


def read_watchlist(path: Path, as_of: date | None) -> tuple[pa.RecordBatch, str, list[Problem]]:
    """Read a watchlist as it is in force on a day (None: all of it, whatever its dates).

    Returns the keys in force (`keys.KEY`), the SHA-256 of the file, and the lines that were left out and why. A key out
    of force is no problem. Raises ListError where the file is empty or lacks a column, OSError where it cannot be read.
    """
    table = read_table(path, COLUMNS)
    return keys_of(table, as_of), table.digest, table.problems


def keys_of(table: Table, as_of: date | None) -> pa.RecordBatch:
    """Make keys of the lines of a table; a line that cannot be used is added to the problems of the table."""
    checks = Checks(table)
    kind = pc.index_in(checks.meaning("kind", one_of(_KINDS), pa.string()), pa.array(KINDS))
    _check_types(checks, table.columns["type"], kind)
    checks.required("value")
    value = table.columns["value"].dictionary_decode()
    _check_values(checks, value, kind)
    first, last = (checks.meaning(column, day, pa.date32()) for column in ("valid_from", "valid_until"))
    ends_early = _true(pc.less(last, first))
    checks.refuse(ends_early, "valid_until", lambda row: f"{last[row]} is before valid_from, {first[row]}")
    checks.required("entry")
    columns = dict(table.columns) | {
        "kind": kind,
        "value": value,
        "mandatory": checks.meaning("mandatory", mandatory, pa.bool_()),
        "priority": checks.meaning("priority", priority, pa.int16()),
        "channel": checks.meaning("channel", channel, pa.string()),
        "valid_from": first,
        "valid_until": last,
    }
    checks.report()
    keys = pa.RecordBatch.from_arrays([columns[field.name].cast(field.type) for field in KEY], schema=KEY)
    used = checks.good
    if as_of is not None:
        used = used & ~_true(pc.or_kleene(pc.greater(first, as_of), pc.less(last, as_of)))
    return keys if used.all() else keys.filter(pa.array(used))


def _check_types(checks: Checks, types: pa.DictionaryArray, kind: pa.Array) -> None:
    """Refuse types that a kind does not have. There are few different pairs of the two."""
    names = types.dictionary.to_pylist()
    pairs = pc.fill_null(kind, 0).to_numpy().astype(np.int64) * len(names) + types.indices.to_numpy()

    def words(pair: int) -> str:
        of, type_ = KINDS[pair // len(names)], names[pair % len(names)]
        if not type_ or type_ in TYPES.get(of, ()):
            return ""
        allowed = f"none of {', '.join(sorted(TYPES[of]))}" if of in TYPES else f"not used with the kind '{of}'"
        return f"'{type_}' is {allowed}"

    wrong = {pair: message for pair in np.unique(pairs).tolist() if (message := words(pair))}
    checks.refuse(np.isin(pairs, list(wrong)), "type", lambda row: wrong[int(pairs[row])])


def _check_values(checks: Checks, value: pa.Array, kind: pa.Array) -> None:
    """Refuse values with too little to compare. Nearly all are seen to be good at once, the others are looked at."""
    phone = _true(pc.equal(kind, KINDS.index(PHONE)))
    few = np.zeros(len(value), bool)
    for row in np.flatnonzero(phone)[~_true(pc.match_substring_regex(value.filter(pa.array(phone)), _ENOUGH_DIGITS))]:
        few[row] = sum(map(str.isdigit, value[int(row)].as_py())) < _FEWEST_DIGITS
    checks.refuse(few, "value", lambda row: f"'{value[row]}' has fewer than {_FEWEST_DIGITS} digits")
    unsure = np.flatnonzero(~phone & ~_true(pc.match_substring_regex(value, _SURELY_A_LETTER)))
    none = np.zeros(len(value), bool)
    none[unsure] = _true(pc.equal(compact_column(value.take(pa.array(unsure))), ""))
    checks.refuse(none, "value", lambda row: f"'{value[row]}' has no letter or digit to compare")


def _true(flags: pa.Array) -> NDArray[np.bool_]:
    """Take Arrow's answers; what is not known is not true."""
    found: NDArray[np.bool_] = pc.fill_null(flags, False).to_numpy(zero_copy_only=False)
    return found
