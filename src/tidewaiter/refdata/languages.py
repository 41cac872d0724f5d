"""The languages of reference data and of officers' texts, as BCP 47 tags, and which stands in for which."""

from collections.abc import Mapping

from tidewaiter.refdata.errors import UnknownCode

LANGUAGES = ("en", "zh-Hant", "zh-Hans", "zh-Hant-MO", "pt")
"""English; Chinese of Hong Kong, the Mainland and Macao; Portuguese of Macao (spelling before the 1990 agreement)."""

REQUIRED = ("en", "zh-Hant", "zh-Hans", "pt")
"""The languages that every list fills; Macao's Chinese is given only where it differs from Hong Kong's."""

CLDR = {"en": "en", "zh-Hant": "zh_Hant_HK", "zh-Hans": "zh_Hans_CN", "zh-Hant-MO": "zh_Hant_MO", "pt": "pt_PT"}
"""The CLDR locale that serves each language."""


def column(language: str) -> str:
    """The column of a data file that holds ``language``: ``zh-Hant-MO`` stands in ``zh_hant_mo``.

    Raises UnknownCode for a language that is none of ``LANGUAGES``.
    """
    if language not in LANGUAGES:
        raise UnknownCode("language", language, LANGUAGES)
    return language.lower().replace("-", "_")


def word(row: Mapping[str, str], language: str) -> str:
    """The word of ``row`` in ``language``; Macao's Chinese falls back to Hong Kong's. Empty where the row has none."""
    found = row.get(column(language), "")
    if not found and language == "zh-Hant-MO":
        return row.get("zh_hant", "")
    return found
