"""What the administrations hold beside their consignments is read by the rooms that use it, and tells a part."""

import csv
import json
from datetime import date
from pathlib import Path

from tidewaiter.screening.profiles import Profiles, Rates
from tidewaiter.screening.terms import Terms
from tidewaiter.screening.watchlist import Watchlist
from tidewaiter.selection.capacity import Capacity
from tidewaiter.simulation import World, WorldSummary
from tidewaiter.simulation.companions import profiles as made_profiles
from tidewaiter.simulation.companions.known import known
from tidewaiter.simulation.places import CHANNELS

Written = tuple[Path, WorldSummary]
DAY = date(2026, 5, 6)


def test_the_watchlist_loads_without_a_problem(written_world: Written) -> None:
    listed, problems = Watchlist.load(written_world[0] / "watchlist.csv", None)
    assert problems == []
    assert len(listed) > 0
    with (written_world[0] / "watchlist.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["entry"] for row in rows}) == 800
    assert {row["kind"] for row in rows} == {"name", "identifier", "phone", "account", "reference"}
    assert [row["entry"] for row in rows] == sorted(row["entry"] for row in rows)


def test_the_terms_load_without_a_problem(written_world: Written) -> None:
    terms, problems = Terms.load(written_world[0] / "terms.csv")
    assert problems == []
    assert len(terms) == 600


def test_the_profiles_load_without_an_error(written_world: Written) -> None:
    out, _ = written_world
    rates = Rates.load(out / "rates.csv", DAY)
    loaded, problems = Profiles.load(out / "profiles.yaml", DAY, rates)
    assert {problem.field for problem in problems} <= {"valid"}
    assert len(loaded.running) > 40


def test_two_hundred_profiles_differ(small_world: World) -> None:
    made = made_profiles.build(small_world, 200)
    assert len({profile["id"] for profile in made}) == 200
    assert len({json.dumps(profile["when"], default=str) for profile in made}) > 190
    assert all(set(profile["sentence"]) == {"en", "zh-Hant", "zh-Hans", "pt"} for profile in made)


def test_every_office_has_a_capacity(written_world: Written) -> None:
    capacity = Capacity.load(written_world[0] / "capacity.csv")
    for channel in CHANNELS:
        assert (capacity.of(str(channel.administration), channel.office, DAY) or 0) >= 2


def test_lists_know_a_part_of_the_schemes_with_errors(small_world: World) -> None:
    found = known(small_world)
    schemes = {one.scheme.id for one in found if one.scheme is not None}
    assert 0 < len(schemes) < len(small_world.schemes)
    assert any(one.scheme is None for one in found)


def test_intelligence_items_are_whole_and_stamped(written_world: Written) -> None:
    lines = (written_world[0] / "intelligence.jsonl").read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines]
    assert len(items) > 10
    assert all(item["synthetic"] is True and item["subjects"] for item in items)
    assert len({item["id"] for item in items}) == len(items)
    assert [item["reported_at"] for item in items] == sorted(item["reported_at"] for item in items)
