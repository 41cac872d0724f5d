"""Product categories of seizure statistics, and the HS chapters and headings that belong to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tidewaiter.refdata.languages import LANGUAGES, word
from tidewaiter.refdata.tables import rows

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Category:
    """One category: its names by language, and the HS prefixes (2, 4 or 6 digits) that it covers."""

    code: str
    names: Mapping[str, str]
    hs: tuple[str, ...]


class _Categories(Mapping[str, Category]):
    """The categories by code, read on first use."""

    def __getitem__(self, code: str) -> Category:
        return _categories()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_categories())

    def __len__(self) -> int:
        return len(_categories())


PRODUCT_CATEGORIES: Mapping[str, Category] = _Categories()
"""All categories by code, in the order of the term base."""


@cache
def category_of(hs6: str) -> str:
    """The category of an HS code of two or more digits: the longest prefix that a category names, else ``other``."""
    prefixes = _prefixes()
    for length in (6, 4, 2):
        code = prefixes.get(hs6[:length])
        if code is not None and len(hs6) >= length:
            return code
    return OTHER


@cache
def _categories() -> dict[str, Category]:
    return {
        row["code"]: Category(
            code=row["code"],
            names={language: word(row, language) for language in LANGUAGES},
            hs=tuple(row["hs"].split()),
        )
        for row in rows("product_categories")
    }


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: category.code for category in _categories().values() for prefix in category.hs}
