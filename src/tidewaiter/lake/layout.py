"""The tables of a run and where their files lie.

``<result>/<table>/administration=HK/month=2026-05/part-<item>-<n>.parquet``. The partition columns stand in the path
and in the file both, so that one file is readable alone.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from tidewaiter.schemas import CONSIGNMENT, HIT, INSPECTION, REJECT, SELECTION, STRATUM
from tidewaiter.schemas.versioned import field, versioned

PLACED = [
    field("day", pa.date32(), "local day of presentation, else of lodging; null where neither is known"),
    field("draw", pa.float64(), "seeded draw in [0, 1) of the consignment", required=True),
]

LAKE_CONSIGNMENT = versioned("lake_consignment", 1, [*CONSIGNMENT, *PLACED])

LAKE_HIT = versioned(
    "lake_hit",
    1,
    [
        *HIT,
        field("consignment_id", pa.string(), "consignment of the message", required=True),
        field("administration", pa.string(), "administration", required=True),
        field("office", pa.string(), "office"),
        *PLACED,
    ],
)

DECLARATION_KEY = versioned(
    "declaration_key",
    1,
    [
        field("message_id", pa.string(), "message that bears the key", required=True),
        field("key", pa.uint64(), "hash of a declaration number or functional reference", required=True),
    ],
)

MESSAGE_STATE = versioned(
    "message_state",
    1,
    [
        field("message_id", pa.string(), "message version that is not in force as it stands", required=True),
        field("state", pa.string(), "superseded | cancelled | waiting | duplicate", required=True),
        field("reason", pa.string(), "why, as a code", required=True),
        field("consignment_id", pa.string(), "consignment, where it is known"),
    ],
)

SCHEMAS: dict[str, pa.Schema] = {
    "consignment": LAKE_CONSIGNMENT,
    "declaration_key": DECLARATION_KEY,
    "hit": LAKE_HIT,
    "inspection": INSPECTION,
    "message_state": MESSAGE_STATE,
    "reject": REJECT,
    "selection": SELECTION,
    "stratum": STRATUM,
}

NO_MONTH = "unknown"


@dataclass(frozen=True, order=True)
class Partition:
    """Administration and month of a hive-partitioned table."""

    administration: str
    month: str

    def folder(self, root: Path, table: str) -> Path:
        """Give the folder of this partition; an odd administration code cannot escape from it."""
        return root / table / f"administration={quote(self.administration, safe='')}" / f"month={self.month}"


def pattern(root: Path, table: str) -> str:
    """Give the glob pattern of all files of a table."""
    return str(root / table / "**" / "*.parquet")


def has_files(root: Path, table: str) -> bool:
    """Say whether any file of the table exists."""
    return any((root / table).rglob("*.parquet"))
