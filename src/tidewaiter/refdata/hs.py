"""The Harmonized System, 2022 edition, to six digits.

The codes are facts; the labels of chapters and headings are our own short words, not those of the World Customs
Organization's nomenclature (which is copyrighted), and have no legal force.
"""

from functools import cache

from tidewaiter.refdata.languages import column, word
from tidewaiter.refdata.tables import by_code, rows


@cache
def codes() -> frozenset[str]:
    """The six-digit codes in force since 1 January 2022."""
    return frozenset(row["heading"] + ending for row in rows("hs_subheadings") for ending in row["endings"].split())


@cache
def headings() -> frozenset[str]:
    """The four-digit codes."""
    return frozenset(by_code("hs_headings"))


@cache
def chapters() -> frozenset[str]:
    """The two-digit codes: 01 to 97 without 77, which is kept free."""
    return frozenset(by_code("hs_chapters"))


def label(code: str, language: str = "en") -> str | None:
    """A short label for an HS code of two or more digits: its heading's, else its chapter's; None for an unknown code.

    Headings have English labels alone, so another language answers with the chapter's label.
    """
    column(language)
    heading = by_code("hs_headings").get(code[:4])
    if len(code) >= 4 and heading is None:
        return None
    if len(code) >= 6 and code[:6] not in codes():
        return None
    if heading is not None:
        own = word(heading, language)
        if own:
            return own
    chapter = by_code("hs_chapters").get(code[:2])
    return word(chapter, language) if chapter is not None else None
