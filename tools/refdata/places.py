"""Make the two place tables from an issue of UN/LOCODE as the UNECE publishes it: three files of CSV in Latin-1.

    python tools/refdata/places.py src/tidewaiter/refdata/data "2023-1 UNLOCODE CodeListPart1.csv" ...

``places.csv`` holds names, functions and positions of every place of the Mainland, Hong Kong and Macao, and of the
seaports and airports of the rest of the world; ``place_codes.csv`` holds the bare codes of all places, by country.
References to other entries and entries that the issue marks for removal are left out. Reads the files alone.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

KEPT_WHOLE = frozenset({"CN", "HK", "MO"})
PORT, AIRPORT = "1", "4"
REMOVED = "X"
COORDINATES = re.compile(r"(\d{2})(\d{2})([NS]) (\d{3})(\d{2})([EW])")

Row = tuple[str, str, str, str, str]


def entries(path: Path) -> Iterator[Row]:
    """The places of one part of the issue: code, name, function classifiers, degrees north and east."""
    with path.open(encoding="latin-1", newline="") as file:
        for change, country, place, name, _, _, functions, _, _, _, position, *_ in csv.reader(file):
            if place and change != REMOVED:
                known = "".join(sign for sign in functions if sign not in "-0")
                yield (country + place, name.strip(), known, *degrees(position))


def degrees(position: str) -> tuple[str, str]:
    """``2215N 11409E``, degrees and minutes, as decimal degrees; two empty texts where the issue gives none."""
    found = COORDINATES.fullmatch(position.strip())
    if found is None:
        return "", ""
    lat_degrees, lat_minutes, north, lon_degrees, lon_minutes, east = found.groups()
    lat = (int(lat_degrees) + int(lat_minutes) / 60) * (1 if north == "N" else -1)
    lon = (int(lon_degrees) + int(lon_minutes) / 60) * (1 if east == "E" else -1)
    return f"{lat:.2f}", f"{lon:.2f}"


def is_described(row: Row) -> bool:
    """Whether we keep more of a place than its code."""
    code, _, functions, _, _ = row
    return code[:2] in KEPT_WHOLE or PORT in functions or AIRPORT in functions


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table of the package's data folder."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def main() -> None:
    """Write both tables, sorted by code; of a place listed twice, the fuller entry."""
    folder, *parts = (Path(argument) for argument in sys.argv[1:])
    listed = [row for part in parts for row in entries(part)]
    listed.sort(key=lambda row: (row[0], len(row[2]), len(row[3])))
    places = {row[0]: row for row in listed}
    described = (row for row in places.values() if is_described(row))
    write(folder / "places.csv", ("code", "name", "functions", "lat", "lon"), described)
    endings: dict[str, list[str]] = defaultdict(list)
    for code in places:
        endings[code[:2]].append(code[2:])
    by_country = ((country, " ".join(codes)) for country, codes in endings.items())
    write(folder / "place_codes.csv", ("country", "endings"), by_country)


if __name__ == "__main__":
    main()
