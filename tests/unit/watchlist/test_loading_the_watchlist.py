"""A line of watchlist.csv is used, out of force, or reported with its place; never neither."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tidewaiter.screening.lists import ListError
from tidewaiter.screening.watchlist import Watchlist

HEADER = "entry,kind,type,value,label,mandatory,priority,channel,valid_from,valid_until,source,grading,reason\n"
GOOD = "W1,name,,Gamma Trading,Gamma,no,50,physical,2026-01-01,2026-12-31,tip,B2,why\n"
DAY = date(2026, 6, 1)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "watchlist.csv"
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def test_a_list_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "W1,phone,,+85221234567,Gamma,no,50,physical,,,tip,B2,why\n")
    watchlist, problems = Watchlist.load(path, DAY)
    assert problems == []
    assert len(watchlist) == 1
    assert watchlist.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert watchlist.describe("W1")["label"] == "Gamma"


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (",name,,Velmar,,no,50,,,,,,", "entry", "nothing stands here"),
        ("W2,name,,,,no,50,,,,,,", "value", "nothing stands here"),
        ("W2,ship,,Velmar,,no,50,,,,,,", "kind", "'ship' is none of name, identifier"),
        ("W2,name,hkid,Velmar,,no,50,,,,,,", "type", "not used with the kind 'name'"),
        ("W2,identifier,seal,Velmar,,no,50,,,,,,", "type", "'seal' is none of account, customs_registration"),
        ("W2,name,,--,,no,50,,,,,,", "value", "no letter or digit"),
        ("W2,phone,,12-34,,no,50,,,,,,", "value", "fewer than 7 digits"),
        ("W2,name,,Velmar,,si,50,,,,,,", "mandatory", "neither yes nor no"),
        ("W2,name,,Velmar,,no,high,,,,,,", "priority", "0 to 100"),
        ("W2,name,,Velmar,,no,50,dog,,,,,", "channel", "'dog' is none of"),
        ("W2,name,,Velmar,,no,50,,31/05/2026,,,,", "valid_from", "no date such as"),
        ("W2,name,,Velmar,,no,50,,,2026-02-30,,,", "valid_until", "no date such as"),
        ("W2,name,,Velmar,,no,50,,2026-06-02,2026-06-01,,,", "valid_until", "is before valid_from"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported(tmp_path: Path, line: str, column: str, words: str) -> None:
    path = written(tmp_path, GOOD, line + "\n", GOOD.replace("W1", "W9"))
    watchlist, problems = Watchlist.load(path, DAY)
    assert len(watchlist) == 2, "the rest of the list is used"
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [(str(path), 3, column)]
    assert words in problems[0].message
    assert str(problems[0]).startswith(f"{path}:3: {column}: ")


def test_a_line_out_of_force_is_no_problem(tmp_path: Path) -> None:
    watchlist, problems = Watchlist.load(written(tmp_path, GOOD), date(2027, 1, 1))
    assert (len(watchlist), problems) == (0, [])


def test_a_list_without_a_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.csv"
    path.write_text("entry,kind\n", encoding="utf-8")
    with pytest.raises(ListError, match="no column type, value"):
        Watchlist.load(path, DAY)
