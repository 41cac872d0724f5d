"""Countries and territories: ISO 3166-1 alpha-2, with CN, HK and MO as codes of their own.

Codes come from pycountry, names from the CLDR (through Babel) unless ``data/country_names.csv`` says otherwise.
An administration (CN-GD, HK, MO) is never a country: see ``domain.vocabulary.Administration``.
"""

from functools import cache

from tidewaiter.refdata.errors import UnknownCode
from tidewaiter.refdata.languages import CLDR, column, word
from tidewaiter.refdata.tables import by_code


@cache
def codes() -> frozenset[str]:
    """The alpha-2 codes of ISO 3166-1."""
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def name(code: str, language: str) -> str:
    """The name of country ``code`` in ``language`` (one of ``languages.LANGUAGES``).

    Raises UnknownCode for a code that is not in ISO 3166-1, or for another language.
    """
    if code not in codes():
        raise UnknownCode("country", code, codes())
    column(language)
    own = word(by_code("country_names").get(code, {}), language)
    return own or _cldr(CLDR[language]).get(code, code)


@cache
def _cldr(locale: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse(locale).territories)
