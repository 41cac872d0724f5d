"""What docs/reference/criteria.md says of columns and examples is what the code does."""

import re
from pathlib import Path

import pyarrow as pa
import pytest

from tidewaiter.schemas import CONSIGNMENT
from tidewaiter.screening.profiles import rates
from tidewaiter.screening.terms import Terms
from tidewaiter.screening.terms import load as terms_csv
from tidewaiter.screening.watchlist import Watchlist, screen_watchlist
from tidewaiter.screening.watchlist import load as watchlist_csv
from tidewaiter.screening.watchlist.keys import TYPES
from tidewaiter.selection import capacity

PAGE = (Path(__file__).resolve().parents[3] / "docs/reference/criteria.md").read_text(encoding="utf-8")
FIELDS = {"name": "name", "identifier": "identifier", "phone": "phone", "account": "account"}


def table(head: str, part: str = PAGE) -> list[list[str]]:
    """Give the cells of the rows of the first table with this head."""
    lines = part[part.index(f"| {head} |") :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
    return [[cell.strip().strip("`") for cell in line.strip("| ").split(" | ")] for line in lines]


def section(name: str) -> str:
    return PAGE[PAGE.index(f"\n## {name}\n") :].removeprefix("\n").split("\n## ")[0]


@pytest.mark.parametrize(
    ("file", "columns"),
    [
        ("watchlist.csv", watchlist_csv.COLUMNS),
        ("terms.csv", terms_csv.COLUMNS),
        ("rates.csv", rates.COLUMNS),
        ("capacity.csv", capacity.COLUMNS),
    ],
)
def test_every_column_is_described(file: str, columns: tuple[str, ...]) -> None:
    head = "column | holds | if empty" if file in ("watchlist.csv", "terms.csv") else "column | holds"
    named = [name for row in table(head, section(file)) for name in re.findall(r"\w+", row[0])]
    assert named == list(columns)


def test_every_type_is_named() -> None:
    cell = next(row[1] for row in table("column | holds | if empty", section("watchlist.csv")) if row[0] == "type")
    assert set(re.findall(r"`?(\w+)`", cell)) == set().union(*TYPES.values())


@pytest.mark.parametrize(("kind", "listed", "declared", "met"), table("kind | listed | declared | met"))
def test_an_example_of_the_watchlist(kind: str, listed: str, declared: str, met: str) -> None:
    row = {
        "message_id": "m", "consignment_id": "c", "function": "original", "partial": False, "administration": "HK",
        "source_file": "f", "source_position": "1", "source_rows": 1, "synthetic": True,
    }  # fmt: skip
    watchlist, problems = Watchlist.from_rows([{"entry": "W", "kind": kind, "value": listed}])
    assert problems == []

    def hits(country: str | None) -> int:
        party = {"role": "consignor", "country": country, FIELDS.get(kind, "name"): declared}
        reference = [{"type": "other", "value": declared}] if kind == "reference" else []
        batch = pa.RecordBatch.from_pylist([row | {"parties": [party], "references": reference}], schema=CONSIGNMENT)
        return screen_watchlist(batch, watchlist).num_rows

    assert (hits(None), hits("HK")) == {"yes": (1, 1), "no": (0, 0), "only of a party in HK": (0, 1)}[met]


def manners(listed: str, text: str) -> list[str]:
    terms, problems = Terms.from_rows([{"term_id": "T", "term": listed, "kind": "brand"}])
    assert problems == []
    return [str(manner) for _, _, _, _, manner, _ in terms.find(pa.array([text]))]


@pytest.mark.parametrize(("listed", "text", "found"), table("listed | in the text | found"))
def test_an_example_of_a_disguise(listed: str, text: str, found: str) -> None:
    assert manners(listed, text) == [found]


@pytest.mark.parametrize(("listed", "text", "why"), table("listed | in the text | why"))
def test_an_example_of_what_is_not_found(listed: str, text: str, why: str) -> None:
    assert manners(listed, text) == [], why
