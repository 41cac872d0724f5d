"""Every data file has its source, licence and date; every such entry has its file."""

from datetime import date
from importlib.resources import files

import pytest

from tidewaiter.refdata.reference import lists_markdown
from tidewaiter.refdata.tables import rows, sources

DATA = files("tidewaiter.refdata").joinpath("data")
FILES = sorted(path.name for path in DATA.iterdir() if path.name != "SOURCES.toml")


def test_files_and_entries_are_the_same() -> None:
    assert sorted(sources()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_an_entry_says_what_where_from_how_licensed_and_when(name: str) -> None:
    entry = sources()[name]
    assert {"title", "source", "licence", "as_of", "confirmed"} <= entry.keys() <= entry.keys() | {"note", "notice"}
    assert all(entry[key].strip() for key in ("title", "source", "licence"))
    assert isinstance(entry["as_of"], date)
    assert isinstance(entry["confirmed"], bool)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_tidy(name: str) -> None:
    raw = DATA.joinpath(name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    table = rows(name.removesuffix(".csv"))
    assert table
    for row in table:
        assert None not in row, f"too many cells: {row}"
        assert None not in row.values(), f"too few cells: {row}"
        assert all(value == value.strip() for value in row.values()), row


def test_the_reference_shows_every_list() -> None:
    page = lists_markdown()
    assert all(f"## {name}" in page for name in FILES)
