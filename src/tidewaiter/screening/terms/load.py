"""Read terms.csv."""

from pathlib import Path

from tidewaiter.names.fold import compact
from tidewaiter.screening.terms.table_file import (
    Line,
    LineError,
    Problem,
    TableFile,
    channel,
    mandatory,
    one_of,
    priority,
    read_table,
    required,
)
from tidewaiter.screening.terms.term import Term

COLUMNS = (
    "term_id",
    "term",
    "language",
    "kind",
    "brand",
    "mandatory",
    "priority",
    "channel",
    "match",
    "unless",
)
_LANGUAGES = {code: code for code in ("zh-Hans", "zh-Hant", "en", "pt", "und")} | {"": "und"}
_KINDS = {"brand": "brand", "product": "product"}
_MATCHES = {"word": "word", "anywhere": "anywhere", "": "word"}


def read_terms(path: Path) -> tuple[list[Term], str, list[Problem]]:
    """Read a list of terms; returns the terms, the SHA-256 of the file, and the lines that were left out and why.

    Raises ListError where the file is empty or lacks a column, OSError where it cannot be read.
    """
    table = read_table(path, COLUMNS)
    return terms_of(table), table.digest, table.problems


def terms_of(table: TableFile) -> list[Term]:
    """Make terms of the lines of a table; a line that cannot be used is added to the problems of the table."""
    terms: dict[str, Term] = {}
    lines: dict[str, int] = {}
    for line in table.lines:
        try:
            term = _term(line)
            if term.term_id in terms:
                raise LineError("term_id", f"'{term.term_id}' stands on line {lines[term.term_id]} already")
        except LineError as error:
            message = f"{error.message}. The line was left out."
            table.problems.append(Problem(table.name, line.number, error.column, message))
            continue
        terms[term.term_id] = term
        lines[term.term_id] = line.number
    return list(terms.values())


def _term(line: Line) -> Term:
    text = required(line, "term")
    if not compact(text):
        raise LineError("term", f"'{text}' has no letter or digit to look for")
    if len(compact(text)) == 1:
        raise LineError("term", f"'{text}' is a single character and would be found nearly everywhere")
    return Term(
        term_id=required(line, "term_id"),
        text=text,
        language=one_of(line, "language", _LANGUAGES),
        kind=one_of(line, "kind", _KINDS),
        brand=line.values["brand"],
        mandatory=mandatory(line),
        priority=priority(line),
        channel=channel(line),
        match=one_of(line, "match", _MATCHES),
        unless=tuple(phrase.strip() for phrase in line.values["unless"].split("|") if compact(phrase)),
    )
