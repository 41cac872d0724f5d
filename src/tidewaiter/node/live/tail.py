"""Reading the table of events past its end, without Django's models: one connection, one short read at a time.

Ids grow, but on PostgreSQL a row with a lower id may appear after one with a higher: ids are given before the commit.
So ids that are missing are remembered as gaps and asked for again until they appear or ``GAP_SECONDS`` have passed.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from tidewaiter.node.config import Config

GAP_SECONDS = 900.0
BATCH = 500
_MOST_GAPS = 2000
_LOOK_BACK = 200
_COLUMNS = "SELECT id, topic, audience, object_type, object_id FROM live_event"


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as it was read."""

    id: int
    topic: str
    audience: dict[str, Any]
    what: tuple[str, str]


class Source(Protocol):
    """A connection that reads."""

    def rows(self, where: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        """Give the rows of events; ``where`` has ``?`` for each value."""

    def close(self) -> None:
        """Close the connection."""


class Sqlite:
    """Reads SQLite, read-only."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, timeout=5, isolation_level=None, check_same_thread=False
        )

    def rows(self, where: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        """Give the rows."""
        return self._connection.execute(f"{_COLUMNS} {where}", tuple(values)).fetchall()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Postgresql:
    """Reads PostgreSQL, each read a transaction of its own."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._connection = psycopg.connect(url, autocommit=True, connect_timeout=5)

    def rows(self, where: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        """Give the rows."""
        sql = f"{_COLUMNS} {where}".replace("?", "%s")
        return self._connection.execute(sql.encode(), tuple(values)).fetchall()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def source(config: Config) -> Callable[[], Source]:
    """Give what opens a connection to the node's database."""
    if config.database_url:
        return lambda: Postgresql(config.database_url)
    return lambda: Sqlite(str(config.folder / "db.sqlite3").replace("?", "%3f").replace("#", "%23"))


class Tail:
    """The end of the table. Used from one thread; opens its connection when first asked, and again after an error."""

    def __init__(self, opened: Callable[[], Source], *, now: Callable[[], float] = time.monotonic) -> None:
        self._open = opened
        self._now = now
        self._source: Source | None = None
        self._last = -1
        self._gaps: dict[int, float] = {}

    def new(self) -> list[Seen]:
        """Give the events that have appeared since the last call, in the order of appearing; none at the first call."""
        if self._last < 0:
            recent = [row[0] for row in self._rows("ORDER BY id DESC LIMIT ?", (_LOOK_BACK,))][::-1]
            self._last = recent[0] if recent else 0
            self._note_gaps(recent)
            return []
        late = self._late()
        rows = self._rows("WHERE id > ? ORDER BY id LIMIT ?", (self._last, BATCH))
        self._note_gaps([row[0] for row in rows])
        return [_seen(row) for row in (*late, *rows)]

    def after(self, event: int, limit: int) -> list[Seen]:
        """Give at most ``limit`` events with a higher id, lowest first."""
        return [_seen(row) for row in self._rows("WHERE id > ? ORDER BY id LIMIT ?", (event, limit))]

    def close(self) -> None:
        """Close the connection; the place in the table is kept."""
        if self._source is not None:
            self._source.close()
            self._source = None

    def forget(self) -> None:
        """Close the connection and begin at the end of the table again when next asked."""
        self.close()
        self._last = -1
        self._gaps.clear()

    def _rows(self, where: str, values: Iterable[int]) -> list[tuple[Any, ...]]:
        if self._source is None:
            self._source = self._open()
        try:
            return self._source.rows(where, values)
        except Exception:
            self.close()
            raise

    def _late(self) -> list[tuple[Any, ...]]:
        forgotten = self._now() - GAP_SECONDS
        self._gaps = {gap: since for gap, since in self._gaps.items() if since > forgotten}
        if not self._gaps:
            return []
        rows = self._rows(f"WHERE id IN ({', '.join('?' * len(self._gaps))}) ORDER BY id", self._gaps)
        for row in rows:
            del self._gaps[row[0]]
        return rows

    def _note_gaps(self, ids: list[int]) -> None:
        for found in ids:
            for gap in range(max(self._last + 1, found - _MOST_GAPS), found):
                if len(self._gaps) < _MOST_GAPS:
                    self._gaps[gap] = self._now()
            self._last = found


def _seen(row: tuple[Any, ...]) -> Seen:
    audience = row[2] if isinstance(row[2], dict) else json.loads(row[2])
    return Seen(int(row[0]), row[1], audience, (row[3], row[4]))
