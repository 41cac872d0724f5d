"""How many queries each page asks: pinned in `query_counts.json`, and the same for ten times as much.

Whoever changes a page writes the file anew with ``PIN=1 pytest`` on this file; the difference is part of the review.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.addresses import ADDRESSES, address
from tests.furnishing import Furnished, furnished, person
from tests.visiting import ask, pass_of

from tidewaiter.node.accounts.roles import Role

COUNTS = Path(__file__).with_name("query_counts.json")
COPIES = (1, 10)
_NOT_OURS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def counted(node: Furnished) -> dict[str, int]:
    """The queries of every address that answers GET with a page, asked by somebody who may see everything."""
    found = {}
    session = pass_of(person("all.roles", node.top, *Role))
    for key in ADDRESSES:
        where = address(key, node)
        # The second visit finds what a process keeps in its memory, as all but the first of a day do.
        ask("get", where, session)
        with CaptureQueriesContext(connection) as asked:
            answer = ask("get", where, session)
        if answer.status_code == 200:
            found[key] = sum(1 for query in asked if not query["sql"].startswith(_NOT_OURS))
    return found


@pytest.fixture(scope="module")
def counts(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, dict[str, int]]:
    """The counts with one of everything and with ten."""
    found = {}
    for copies in COPIES:
        with furnished(django_db_blocker, tmp_path_factory.mktemp("world"), copies) as node:
            found[copies] = counted(node)
    return found


def test_ten_times_as_much_asks_no_more_queries(counts: dict[int, dict[str, int]]) -> None:
    few, many = (counts[copies] for copies in COPIES)
    assert {key: (few[key], many.get(key)) for key in few if few[key] != many.get(key)} == {}


def test_the_counts_are_the_pinned_ones(counts: dict[int, dict[str, int]]) -> None:
    few = counts[COPIES[0]]
    if os.environ.get("PIN"):
        COUNTS.write_text(json.dumps(few, indent=1) + "\n", encoding="utf-8")
    pinned = json.loads(COUNTS.read_text(encoding="utf-8"))
    assert {key: (number, pinned.get(key)) for key, number in few.items() if number != pinned.get(key)} == {}
    assert set(pinned) == set(few)
