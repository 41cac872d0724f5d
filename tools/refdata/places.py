"""Make ``data/places.csv`` from an issue of UN/LOCODE as the UNECE publishes it: three files of CSV in Latin-1.

    python tools/refdata/places.py "2023-1 UNLOCODE CodeListPart1.csv" ... > src/tidewaiter/refdata/data/places.csv

Keeps every place of the Mainland, Hong Kong and Macao, and the seaports and airports of the rest of the world.
Leaves out references to other entries and entries that the issue marks for removal. Reads the files alone.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

KEPT_WHOLE = frozenset({"CN", "HK", "MO"})
PORT, AIRPORT = "1", "4"
REMOVED = "X"
COORDINATES = re.compile(r"(\d{2})(\d{2})([NS]) (\d{3})(\d{2})([EW])")
COLUMNS = ("code", "name", "functions", "lat", "lon")


def places(path: Path) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows that we keep of one part of the issue: code, name, function classifiers, degrees north and east."""
    with path.open(encoding="latin-1", newline="") as file:
        for change, country, place, name, _, _, functions, _, _, _, position, *_ in csv.reader(file):
            if not place or change == REMOVED:
                continue
            known = "".join(sign for sign in functions if sign not in "-0")
            if country in KEPT_WHOLE or PORT in known or AIRPORT in known:
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


def main() -> None:
    """Write the table to standard output, sorted by code; of a place listed twice, the fuller entry."""
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    rows = [row for path in sys.argv[1:] for row in places(Path(path))]
    rows.sort(key=lambda row: (row[0], len(row[2]), len(row[3])))
    out.writerows({row[0]: row for row in rows}.values())


if __name__ == "__main__":
    main()
