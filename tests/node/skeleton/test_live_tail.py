"""The end of the table of events is read without gaps, whatever the order in which transactions end."""

import json
from collections.abc import Iterable
from typing import Any

from tidewaiter.node.live.tail import BATCH, GAP_SECONDS, Tail


class Table:
    """A table whose rows appear when the test says so, as those of transactions that end in another order."""

    def __init__(self, *ids: int) -> None:
        self.ids = set(ids)
        self.broken = False
        self.opened = 0

    def open(self) -> "Table":
        self.opened += 1
        return self

    def rows(self, where: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        if self.broken:
            raise OSError("the database is away")
        given = list(values)
        if where.startswith("WHERE id IN"):
            found = sorted(self.ids & set(given))
        elif where.startswith("WHERE id >"):
            found = sorted(one for one in self.ids if one > given[0])[: given[1]]
        else:
            found = sorted(self.ids, reverse=True)[: given[0]]
        return [(one, f"topic{one}", json.dumps({"offices": None, "roles": None}), "a.b", "1") for one in found]

    def close(self) -> None:
        pass


def ids_of(tail: Tail) -> list[int]:
    return [seen.id for seen in tail.new()]


def test_it_begins_at_the_end() -> None:
    table = Table(1, 2, 3)
    tail = Tail(table.open)
    assert ids_of(tail) == []
    table.ids |= {4, 5}
    assert ids_of(tail) == [4, 5]
    assert ids_of(tail) == []


def test_an_empty_table_is_read_from_its_first_row() -> None:
    table = Table()
    tail = Tail(table.open)
    assert ids_of(tail) == []
    table.ids = {1}
    assert ids_of(tail) == [1]


def test_what_appears_late_is_read_once() -> None:
    table = Table(1, 4)  # 2 and 3 are in transactions that have not ended
    tail = Tail(table.open)
    assert ids_of(tail) == []
    table.ids |= {7}
    assert ids_of(tail) == [7]
    table.ids |= {3, 5}
    assert ids_of(tail) == [3, 5]
    table.ids |= {2, 6, 8}
    assert ids_of(tail) == [2, 6, 8]
    assert ids_of(tail) == []


def test_what_never_appears_is_given_up() -> None:
    now = 0.0
    table = Table(1)
    tail = Tail(table.open, now=lambda: now)
    tail.new()
    table.ids |= {3}
    assert ids_of(tail) == [3]
    now = GAP_SECONDS + 1
    assert ids_of(tail) == []
    table.ids |= {2}
    assert ids_of(tail) == []


def test_many_are_read_in_parts() -> None:
    table = Table()
    tail = Tail(table.open)
    tail.new()
    table.ids = set(range(1, 2 * BATCH))
    assert [len(ids_of(tail)) for _ in range(3)] == [BATCH, BATCH - 1, 0]


def test_after_an_error_it_goes_on_where_it_was() -> None:
    table = Table(1)
    tail = Tail(table.open)
    tail.new()
    table.broken = True
    table.ids |= {2}
    try:
        tail.new()
    except OSError:
        table.broken = False
    assert ids_of(tail) == [2]
    assert table.opened == 2
