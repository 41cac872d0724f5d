"""Currencies: ISO 4217 alphabetic codes.

Codes come from pycountry, names from the CLDR (through Babel) unless ``data/currency_names.csv`` says otherwise.
"""

from functools import cache

from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import CLDR, column, word
from tidewaiter.refdata.tables import by_code


@cache
def codes() -> frozenset[str]:
    """The alphabetic codes of ISO 4217, with its codes for metals and for tests."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


@cache
def name(code: str, language: str) -> str:
    """The name of currency ``code`` in ``language`` (one of ``languages.LANGUAGES``).

    Raises UnknownCode for a code that is not in ISO 4217, or for another language.
    """
    if code not in codes():
        raise UnknownCode("currency", code, codes())
    column(language)
    own = word(by_code("currency_names").get(code, {}), language)
    return own or _cldr(CLDR[language]).get(code, code)


@cache
def _cldr(locale: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(locale).currencies)
