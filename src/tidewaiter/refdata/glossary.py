"""The four-language term base: the field's words in English, Chinese and Portuguese.

The terms are proposals until each administration has confirmed its own column (``Term.confidence``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import LANGUAGES, word
from tidewaiter.refdata.tables import rows

__all__ = ["LANGUAGES", "Term", "keys", "term", "terms"]


@dataclass(frozen=True, slots=True)
class Term:
    """One concept: its words by language, a definition in English, and a note on false friends."""

    key: str
    words: Mapping[str, str]
    definition: str
    note: str


def term(key: str, language: str) -> str:
    """The word for ``key`` in ``language``; Macao's Chinese falls back to Hong Kong's.

    Raises UnknownCode for a key or a language that does not exist.
    """
    row = _rows().get(key)
    if row is None:
        raise UnknownCode("term", key, _rows())
    return word(row, language)


def keys() -> frozenset[str]:
    """All keys of the term base."""
    return frozenset(_rows())


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the term base."""
    return tuple(
        Term(
            key=row["key"],
            words={language: word(row, language) for language in LANGUAGES},
            definition=row["definition_en"],
            note=row["note"],
        )
        for row in _rows().values()
    )


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("glossary")}
