"""Invented private persons: senders and buyers, drivers, travellers. A person is a number and a country.

Nothing is stored: the number gives the name, address and telephone each time. Names are recombined from common parts;
that one equals a living person's is chance.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.simulation.characters import GIVEN, SURNAMES, Character
from tidewaiter.simulation.columns import join, pool, take
from tidewaiter.simulation.companies import dialled, invented_words
from tidewaiter.simulation.places import DESTINATIONS
from tidewaiter.simulation.seeds import pick

PERSON = 1 << 40
"""Entity numbers from here on are private persons."""
_COUNTRY_SHIFT = 32

_FOREIGN = {
    "en": (
        "James Mary Robert Linda David Susan Emma Oliver Grace Kevin Laura Brian Amanda Tyler Megan Chidi Wanjiru",
        "Harlow Pennick Dunmore Castell Whitby Orrell Tamsin Bexley Corran Maddock Renshaw Thorley Okafe Mwandi",
    ),
    "es": (
        "José María Carlos Lucía Miguel Sofía Andrés Camila Diego Valeria Jorge Paula",
        "Arvelo Quintar Montreal Salvés Burgosa Cardeño Llorens Pizaro Villarta Olmeda Ricarte Zuleta",
    ),
    "pt": (
        "João Ana Pedro Mariana Tiago Beatriz Rui Inês Lucas Fernanda",
        "Carvalhal Moutinha Serrão Vilarim Bragal Fontoura Abrantes Lobato",
    ),
    "de": (
        "Lukas Anna Felix Marie Jonas Lena Paul Katrin Piotr Olga",
        "Bergfeld Hartwig Lindau Mohrens Steinbek Vogtland Ahlers Kowalk Nowitz",
    ),
    "fr": (
        "Louis Camille Hugo Manon Jules Chloé Pierre Élise",
        "Beaulac Chardin Delorme Fontenay Marchand Rivaux Tessier Valmont",
    ),
    "nl": ("Daan Sanne Bram Femke Joris Lotte", "van Dorst Hoekema Terpstra de Vlaming Boersma Zijlstra"),
    "it": ("Marco Giulia Luca Chiara Paolo Elena", "Bellandi Corsaro Fioretto Galvani Morandi Tavella"),
    "ar": (
        "Ahmed Fatima Omar Layla Yusuf Aisha Hassan Mariam Mehmet Zeynep Imran Priya",
        "Al Harbawi Bin Saqr Demirel Khalidi Mansoor Rahmati Siddiq Yilmazer Nairan",
    ),
    "sea": ("Somchai Linh Nguyen Putri Budi Anong Minh Dewi", "Saetang Phamvan Suharta Wongsai Lethi Pratamo Chanthou"),
    "jp": (
        "Haruto Yui Sota Hina Minjun Seoyeon Ren Jiwoo",
        "Takamori Ishizuka Kimura Hayasaka Parkson Choirim Matsuno",
    ),
}
_CHINESE = ("zh-Hans", "zh-Hant", "zh-Mo")


def person(country: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Give the entity number of a person, from the position of the country and a number below 2**32."""
    return PERSON + (country.astype(np.int64) << _COUNTRY_SHIFT) + number.astype(np.int64)


def country_of(ids: np.ndarray) -> np.ndarray:
    """Give the position of the country of persons."""
    return (ids - PERSON) >> _COUNTRY_SHIFT


def _latin(characters: tuple[Character, ...], convention: str) -> list[str]:
    return [getattr(c, convention).title() for c in characters]


def _chinese_pools(culture: str) -> tuple[list[str], list[str], list[str]]:
    if culture == "zh-Hans":
        return [c.hans for c in SURNAMES], [c.hans for c in GIVEN], [c.hans for c in GIVEN]
    convention = "macao" if culture == "zh-Mo" else "hong_kong"
    latin = _latin(GIVEN, convention)
    return (
        [f"{name.upper()} " for name in _latin(SURNAMES, convention)],
        latin,
        [("-" + name.lower()) if convention == "hong_kong" else (" " + name) for name in latin],
    )


def _build_pools() -> tuple[list[pa.Array], np.ndarray, np.ndarray]:
    """Lay the name parts of all cultures end to end; give for each part the start and size a culture."""
    parts: list[list[str]] = [[], [], []]
    bounds: list[list[tuple[int, int]]] = []
    for culture in (*_FOREIGN, *_CHINESE):
        if culture in _FOREIGN:
            given, family = (text.split() for text in _FOREIGN[culture])
            pools = ([f"{name} " for name in given], family, [""])
        else:
            pools = _chinese_pools(culture)
        row = []
        for whole, part in zip(parts, pools, strict=True):
            row.append((len(whole), len(part)))
            whole.extend(part)
        bounds.append(row)
    table = np.array(bounds)
    return [pool(part) for part in parts], table[:, :, 0], table[:, :, 1]


_PARTS, _STARTS, _SIZES = _build_pools()
_CULTURES = (*_FOREIGN, *_CHINESE)
_CULTURE_OF = np.array(
    [_CULTURES.index("zh-Mo" if d.country == "MO" else d.culture) for d in DESTINATIONS],
)
_CITY_STARTS = np.cumsum([0] + [len(d.cities) for d in DESTINATIONS])[:-1]
_CITY_SIZES = np.array([len(d.cities) for d in DESTINATIONS])
_CITIES = pool([city for d in DESTINATIONS for city in d.cities])


def names(ids: np.ndarray) -> pa.Array:
    """Write the names of persons, in the script and order of their country."""
    culture = _CULTURE_OF[country_of(ids)]
    return join(
        *(
            take(part, _STARTS[culture, at] + pick_each(ids, 21 + at, _SIZES[culture, at]))
            for at, part in enumerate(_PARTS)
        )
    )


def romanised(ids: np.ndarray, convention: str) -> pa.Array:
    """Write Chinese persons' names in a spelling: ``pinyin``, ``hong_kong`` or ``macao``."""
    surname = take(pool([f"{name} " for name in _latin(SURNAMES, convention)]), pick(ids, 21, len(SURNAMES)))
    first = take(pool(_latin(GIVEN, convention)), pick(ids, 22, len(GIVEN)))
    second = take(pool([name.lower() for name in _latin(GIVEN, convention)]), pick(ids, 23, len(GIVEN)))
    return join(surname, first, second)


def han(ids: np.ndarray, script: str) -> pa.Array:
    """Write Chinese persons' names in characters: ``hans`` or ``hant``."""
    surname = take(pool([getattr(c, script) for c in SURNAMES]), pick(ids, 21, len(SURNAMES)))
    given = pool([getattr(c, script) for c in GIVEN])
    return join(surname, *(take(given, pick(ids, salt, len(GIVEN))) for salt in (22, 23)))


def pick_each(ids: np.ndarray, salt: int, sizes: np.ndarray) -> np.ndarray:
    """Hash numbers to positions below each one's own size."""
    return np.asarray(pick(ids, salt, 1 << 40) % sizes)


def addresses(ids: np.ndarray) -> pa.Array:
    """Write the addresses of persons in one line."""
    where = country_of(ids)
    number = pc.cast(pa.array(pick(ids, 24, 1999) + 1), pa.string())
    city = take(_CITIES, _CITY_STARTS[where] + pick_each(ids, 25, _CITY_SIZES[where]))
    gap = pa.repeat(pa.scalar(" ", pa.string()), len(ids))
    end = pa.repeat(pa.scalar(" St, ", pa.string()), len(ids))
    return join(number, gap, invented_words(ids, 50), end, city)


def phones(ids: np.ndarray) -> pa.Array:
    """Write the telephone numbers of persons."""
    return dialled(ids, country_of(ids))
