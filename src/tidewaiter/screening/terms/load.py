"""Read terms.csv."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tidewaiter.names.fold_bulk import compact_column
from tidewaiter.screening.lists.checks import Checks, channel, mandatory, one_of, priority
from tidewaiter.screening.lists.problems import Problem
from tidewaiter.screening.lists.table import Table, read_table
from tidewaiter.screening.terms.term import TERM

COLUMNS = tuple(TERM.names)
_LANGUAGES = {code: code for code in ("zh-Hans", "zh-Hant", "en", "pt", "und")} | {"": "und"}
_KINDS = {"brand": "brand", "product": "product"}
_MATCHES = {"word": "word", "anywhere": "anywhere", "": "word"}


def read_terms(path: Path) -> tuple[pa.RecordBatch, str, list[Problem]]:
    """Read a list of terms; returns the terms (`term.TERM`), the SHA-256 of the file, and the lines left out and why.

    Raises ListError where the file is empty or lacks a column, OSError where it cannot be read.
    """
    table = read_table(path, COLUMNS)
    return terms_of(table), table.digest, table.problems


def terms_of(table: Table) -> pa.RecordBatch:
    """Make terms of the lines of a table; a line that cannot be used is added to the problems of the table."""
    checks = Checks(table)
    columns = {name: column.dictionary_decode() for name, column in table.columns.items()}
    text = columns["term"]
    checks.required("term")
    letters = pc.utf8_length(compact_column(text)).to_numpy()
    checks.refuse(letters == 0, "term", lambda row: f"'{text[row]}' has no letter or digit to look for")
    single = "is a single character and would be found nearly everywhere"
    checks.refuse(letters == 1, "term", lambda row: f"'{text[row]}' {single}")
    checks.required("term_id")
    columns |= {
        "language": checks.meaning("language", one_of(_LANGUAGES), pa.string()),
        "kind": checks.meaning("kind", one_of(_KINDS), pa.string()),
        "mandatory": checks.meaning("mandatory", mandatory, pa.bool_()),
        "priority": checks.meaning("priority", priority, pa.int16()),
        "channel": checks.meaning("channel", channel, pa.string()),
        "match": checks.meaning("match", one_of(_MATCHES), pa.string()),
    }
    _check_repeats(checks, table, columns["term_id"])
    checks.report()
    terms = pa.RecordBatch.from_arrays([columns[field.name].cast(field.type) for field in TERM], schema=TERM)
    return terms if checks.good.all() else terms.filter(pa.array(checks.good))


def _check_repeats(checks: Checks, table: Table, identifiers: pa.Array) -> None:
    """Refuse an identifier that stands on a good line before."""
    first = np.arange(len(table))
    good = np.flatnonzero(checks.good)
    codes = identifiers.take(pa.array(good)).dictionary_encode().indices.to_numpy()
    _, firsts, which = np.unique(codes, return_index=True, return_inverse=True)
    first[good] = good[firsts[which]]
    repeated: NDArray[np.bool_] = first != np.arange(len(table))

    def message(row: int) -> str:
        return f"'{identifiers[row]}' stands on line {table.lines[first[row]]} already"

    checks.refuse(repeated, "term_id", message)
