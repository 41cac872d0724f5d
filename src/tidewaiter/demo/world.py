"""The synthetic world of the demonstration: what each administration holds of each day, and what is really so.

Only the days that are played are made. The truth stays with the director, who tells an officer what an opened box
holds and nobody anything else; it is in no node.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from tidewaiter.demo.script import script
from tidewaiter.simulation import Parameters, build, generate_day
from tidewaiter.simulation.companions import write_companions
from tidewaiter.simulation.shares import by_administration
from tidewaiter.simulation.writer import write

CRITERIA = {
    "watchlist": "watchlist.csv",
    "terms": "terms.csv",
    "profiles": "profiles.yaml",
    "rates": "rates.csv",
    "capacity": "capacity.csv",
}


@dataclass(frozen=True, slots=True)
class Moving:
    """A consignment that infringes, as a neighbour's informant could know of it: how it moves and its references."""

    consignment: str
    administration: str
    office: str
    mode: int | None
    courier: bool
    references: tuple[tuple[str, str], ...]
    country: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day: the file of each administration, and the consignments that infringe."""

    number: int
    day: date
    files: dict[str, Path]
    moving: tuple[Moving, ...]
    consignments: dict[str, int]


def make(
    folder: Path, *, rows: int, seed: int, start: date, played: Iterable[int], tell: Callable[[int], None]
) -> dict[int, Day]:
    """Write the world's companions and the files of the days that are played; give those days by number.

    ``rows`` is how many messages the played days hold together, about; ``tell`` hears how many days are made.
    """
    told = script()["world"]
    wanted = sorted(set(played))
    whole = max(1, round(rows * told["days"] / len(wanted)))
    world = build(Parameters(rows=whole, days=told["days"], seed=seed, prevalence=told["prevalence"], start=start))
    folder.mkdir(parents=True, exist_ok=True)
    write_companions(folder, world, entries=told["watchlist"], term_count=told["terms"], profile_count=told["profiles"])
    found = {}
    for done, number in enumerate(wanted, 1):
        found[number] = _day(folder, world, number)
        tell(done)
    return found


def _day(folder: Path, world: Any, number: int) -> Day:
    made = generate_day(world, number)
    files, counts = {}, {}
    for path, rows in by_administration(made.consignments, made.day):
        administration = rows.column("administration")[0].as_py()
        files[administration] = folder / "consignments" / path
        counts[administration] = pc.count_distinct(rows.column("consignment_id")).as_py()
        write(files[administration], rows)
    bad = made.truth.filter(made.truth.column("infringing")).column("consignment_id").to_pylist()
    declared = made.consignments.filter(pc.is_in(made.consignments.column("consignment_id"), value_set=_array(bad)))
    return Day(number, made.day, files, tuple(_moving(declared.to_pylist())), counts)


def _array(values: list[str]) -> Any:
    import pyarrow as pa

    return pa.array(values, pa.string())


def _moving(rows: Iterable[dict[str, Any]]) -> Iterable[Moving]:
    seen = set()
    for row in sorted(rows, key=lambda one: (one["consignment_id"], one["message_id"])):
        if row["consignment_id"] in seen:
            continue
        seen.add(row["consignment_id"])
        yield Moving(
            consignment=row["consignment_id"],
            administration=row["administration"],
            office=row["office"] or "",
            mode=row["mode"],
            courier=bool(row["courier"]),
            references=tuple((one["type"], one["value"]) for one in row["references"] or ()),
            country=(row["route"] or [{}])[-1].get("country") or "",
        )
