"""Capacity: wildcards, precedence, and errors that name file, line and column."""

from datetime import date
from pathlib import Path

import pytest

from tidewaiter.selection.capacity import Capacity, CapacityError

DAY = date(2026, 5, 1)


def _load(tmp_path: Path, text: str | bytes, **options: int) -> Capacity:
    path = tmp_path / "capacity.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Capacity.load(path, **options)


def test_uniform_covers_everything() -> None:
    capacity = Capacity.uniform(200)
    assert capacity.of("HK", "", None) == capacity.of("MO", "Port", DAY) == capacity.largest == 200


def test_the_exact_line_goes_before_a_wildcard(tmp_path: Path) -> None:
    capacity = _load(
        tmp_path,
        "administration,office,day,capacity\n*,*,*,1\nHK,*,*,2\nHK,*,2026-05-01,3\nHK,Port,*,4\nHK,Port,2026-05-01,5\n"
        "*,Quay,2026-05-01,6\nHK,,*,7\nHK,*,,8\n",
    )
    other = date(2026, 5, 2)
    assert capacity.of("MO", "Port", DAY) == 1
    assert capacity.of("HK", "Airport", other) == 2
    assert capacity.of("HK", "Airport", DAY) == 3
    assert capacity.of("HK", "Port", other) == 4
    assert capacity.of("HK", "Port", DAY) == 5
    assert capacity.of("MO", "Quay", DAY) == 6
    assert capacity.of("HK", "Quay", DAY) == 3, "the administration counts first"
    assert capacity.of("HK", "", DAY) == 7, "an empty office stands for consignments that name none"
    assert capacity.of("HK", "Airport", None) == 8, "an empty day stands for consignments without a time"


def test_what_no_line_covers_has_no_capacity_unless_there_is_a_default(tmp_path: Path) -> None:
    text = "administration,office,day,capacity\nHK,Port,*,4\n"
    assert _load(tmp_path, text).of("HK", "Airport", DAY) is None
    assert _load(tmp_path, text, default=9).of("HK", "Airport", DAY) == 9


def test_spreadsheets_habits_are_read(tmp_path: Path) -> None:
    text = '\ufeffcapacity,day, office ,administration\r\n 12 ,2026-05-01,"Port, east",HK\r\n,,,\r\n'
    assert _load(tmp_path, text).of("HK", "Port, east", DAY) == 12


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the columns are missing; they must be administration, office, day, capacity"),
        ("administration,office,capacity\nHK,Port,4\n", "line 1: the columns are administration, office, capacity"),
        ("administration,office,day,capacity\nHK,Port,*,4\n\nHK,Port,1/5/2026,4\n", "line 4, column day: '1/5/2026'"),
        ("administration,office,day,capacity\nHK,Port,*,many\n", "line 2, column capacity: 'many' is not a number"),
        ("administration,office,day,capacity\nHK,Port,*,-1\n", "line 2, column capacity: '-1'"),
        ("administration,office,day,capacity\nHK,Port,*,3.5\n", "line 2, column capacity: '3.5'"),
        ("administration,office,day,capacity\nHK,Port,*,٣\n", "line 2, column capacity"),
        ("administration,office,day,capacity\nHK,Port,*,99999999999\n", "more than 2147483647"),
        ("administration,office,day,capacity\n,Port,*,3\n", "line 2, column administration: empty"),
        ("administration,office,day,capacity\nHK,Port,*\n", "line 2: 3 cells where 4 are due"),
        (
            "administration,office,day,capacity\nHK,Port,*,3\nHK,Port,*,4\n",
            "line 3: the same office and day stand in line 2",
        ),
        ('administration,office,day,capacity\nHK,"Port,*,3\n', "not readable as CSV"),
        ("administration,office,day,capacity\nHK,海,*,3\n".encode("big5"), "not UTF-8 at byte"),
    ],
)
def test_errors_name_file_line_and_column(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(CapacityError) as error:
        _load(tmp_path, text)
    assert said in str(error.value)
    assert "capacity.csv" in str(error.value)


def test_a_negative_uniform_capacity_is_refused() -> None:
    with pytest.raises(CapacityError, match="'-3' is not a number of controls"):
        Capacity.uniform(-3)
