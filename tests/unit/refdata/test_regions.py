"""Regions hold countries, with a source and a date, and change on a day."""

from datetime import date

import pytest

from tidewaiter.refdata import countries, regions
from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.refdata.tables import rows

EXPECTED = [
    "north_america",
    "south_america",
    "latin_america",
    "americas",
    "europe",
    "middle_east",
    "africa",
    "central_africa",
    "southeast_asia",
    "japan_korea",
    "asia",
    "oceania",
    "belt_and_road",
    "overseas_other",
]


def test_the_regions_of_the_term_base_exist() -> None:
    assert list(regions.codes()) == EXPECTED


@pytest.mark.parametrize("code", EXPECTED)
def test_a_region_has_members_names_source_and_date(code: str) -> None:
    assert regions.members(code)
    assert regions.members(code) <= countries.codes()
    assert all(regions.name(code, language) for language in LANGUAGES)
    found = regions.find(code)
    assert found.source
    assert found.as_of <= date(2026, 12, 31)


def test_each_membership_stands_once_and_belongs_to_a_region() -> None:
    pairs = [(row["region"], row["country"]) for row in rows("region_members")]
    assert len(pairs) == len(set(pairs))
    assert {region for region, _ in pairs} <= set(regions.codes())
    for row in rows("region_members"):
        days = [date.fromisoformat(row[key]) for key in ("from", "until") if row[key]]
        assert days == sorted(days)


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("north_america", "US CA", "MX CU"),
        ("latin_america", "MX BR CU", "US"),
        ("europe", "DE GB RU", "TR CY"),
        ("middle_east", "AE TR EG", "PK CY"),
        ("central_africa", "CD CM AO", "NG KE"),
        ("southeast_asia", "VN SG TL", "CN IN"),
        ("asia", "JP TW HK", "AU"),
        ("overseas_other", "US JP", "CN HK MO"),
    ],
)
def test_members(code: str, inside: str, outside: str) -> None:
    assert set(inside.split()) <= regions.members(code)
    assert not set(outside.split()) & regions.members(code)


def test_wider_regions_hold_the_narrower_ones() -> None:
    assert regions.members("americas") == regions.members("north_america") | regions.members("latin_america")
    assert regions.members("south_america") < regions.members("latin_america")
    assert regions.members("central_africa") < regions.members("africa")
    assert regions.members("southeast_asia") | regions.members("japan_korea") < regions.members("asia")


def test_continents_do_not_overlap_and_leave_antarctica_alone() -> None:
    continents = [regions.members(code) for code in ("americas", "europe", "africa", "asia", "oceania")]
    assert frozenset().union(*continents) == countries.codes() - {"AQ"}
    assert sum(map(len, continents)) == len(countries.codes()) - 1


def test_the_belt_and_road_list_changes_with_the_day() -> None:
    then = regions.members("belt_and_road", date(2023, 9, 30))
    by_continent = [len(then & regions.members(code)) for code in ("africa", "latin_america", "oceania")]
    assert by_continent == [52, 22, 11]
    assert len(then) == 152
    assert "IT" in then
    assert "IT" in regions.members("belt_and_road", date(2023, 12, 6))
    assert "IT" not in regions.members("belt_and_road", date(2023, 12, 7))
    assert "CO" not in regions.members("belt_and_road", date(2025, 5, 13))
    assert {"CO", "NR"} <= regions.members("belt_and_road")
    assert not {"IT", "PA", "CN", "HK", "MO"} & regions.members("belt_and_road")
