"""Reading the package's own data files."""

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("tidewaiter.refdata").joinpath("data")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of ``data/<name>.csv`` in file order, from column to text. They are shared: do not change them."""
    text = _DATA.joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@cache
def by_code(name: str) -> dict[str, dict[str, str]]:
    """The rows of ``data/<name>.csv`` by their column ``code``, in file order."""
    return {row["code"]: row for row in rows(name)}


@cache
def sources() -> dict[str, dict[str, Any]]:
    """The manifest ``data/SOURCES.toml``: file name -> title, source, licence, as_of, confirmed, note."""
    return tomllib.loads(_DATA.joinpath("SOURCES.toml").read_text(encoding="utf-8"))
