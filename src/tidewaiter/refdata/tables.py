"""Reading the package's own data files."""

import csv
import io
from functools import cache
from typing import Any


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """All rows of ``data/<name>.csv`` in file order, from column to text. They are shared: do not change them."""
    return tuple(csv.DictReader(io.StringIO(_text(f"{name}.csv"), newline=""), strict=True))


@cache
def by_code(name: str) -> dict[str, dict[str, str]]:
    """The rows of ``data/<name>.csv`` by their column ``code``, in file order."""
    return {row["code"]: row for row in rows(name)}


@cache
def sources() -> dict[str, dict[str, Any]]:
    """The manifest ``data/SOURCES.toml``: file name -> title, source, licence, as_of, confirmed, note."""
    import tomllib

    return tomllib.loads(_text("SOURCES.toml"))


def _text(file_name: str) -> str:
    from importlib.resources import files

    return files("tidewaiter.refdata").joinpath("data", file_name).read_text(encoding="utf-8")
