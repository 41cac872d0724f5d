"""Questions asked of the tables of a run while it is being made: DuckDB over Parquet, in bounded memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from tidewaiter.lake.layout import Partition, has_files, pattern

MEMORY_LIMIT = "384MB"


@contextmanager
def connection(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory DuckDB that spills into ``root`` and loads nothing from elsewhere."""
    link = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(root / ".spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )
    try:
        yield link
    finally:
        link.close()


def partitions(root: Path) -> list[Partition]:
    """List the partitions of the consignments, in order."""
    found = set()
    for folder in (root / "consignment").glob("administration=*/month=*"):
        found.add(Partition(_unquoted(folder.parent.name), folder.name.partition("=")[2]))
    return sorted(found)


def _unquoted(name: str) -> str:
    from urllib.parse import unquote

    return unquote(name.partition("=")[2])


_IN_FORCE = """
    from read_parquet($files, hive_partitioning = false) c
    where c.message_id not in (select message_id from read_parquet($states))
"""


def population(
    link: duckdb.DuckDBPyConnection, root: Path, partition: Partition, pool: int
) -> tuple[pa.Table, pa.Table]:
    """Count the consignments in force of each office and day, and give the ``pool`` smallest draws of each.

    Returns ``strata`` (administration, office, day, population) and ``random_pool`` (administration, office, day,
    message_id, consignment_id, draw), as ``selection.select`` takes them.
    """
    files = str(partition.folder(root, "consignment") / "*.parquet")
    states = _states(root)
    rows: pa.Table = link.sql(
        f"""
        select administration, coalesce(office, '') as office, day, count(*) as population,
               min_by({{'message_id': message_id, 'consignment_id': consignment_id, 'draw': draw}}, draw, $pool) as pool
        {_IN_FORCE if states else "from read_parquet($files, hive_partitioning = false) c"}
        group by all order by all
        """,
        params={"files": files, "pool": max(1, pool), **({"states": states} if states else {})},
    ).to_arrow_table()
    strata = rows.select(["administration", "office", "day", "population"])
    link.register("strata_with_pool", rows)
    drawn = link.sql(
        """
        select administration, office, day, p.message_id, p.consignment_id, p.draw
        from (select administration, office, day, unnest(pool) as p from strata_with_pool)
        order by all
        """
    ).to_arrow_table()
    link.unregister("strata_with_pool")
    return strata, drawn


def hits_in_force(link: duckdb.DuckDBPyConnection, root: Path, partition: Partition) -> pa.Table | None:
    """Fetch the hits of one partition on versions in force; None where there are none."""
    folder = partition.folder(root, "hit")
    if not folder.is_dir():
        return None
    states = _states(root)
    return link.sql(
        f"""
        select * {_IN_FORCE if states else "from read_parquet($files, hive_partitioning = false) c"}
        order by message_id, kind, rule, field, "start"
        """,
        params={"files": str(folder / "*.parquet"), **({"states": states} if states else {})},
    ).to_arrow_table()


def consignments_of(
    link: duckdb.DuckDBPyConnection, root: Path, partition: Partition, message_ids: pa.Array
) -> pa.Table:
    """Fetch whole consignments of one partition by their message ids (``layout.LAKE_CONSIGNMENT``)."""
    link.register("chosen", pa.table({"message_id": message_ids}))
    return link.sql(
        "select c.* from read_parquet($files, hive_partitioning = false) c semi join chosen using (message_id)",
        params={"files": str(partition.folder(root, "consignment") / "*.parquet")},
    ).to_arrow_table()


def _states(root: Path) -> str | None:
    return pattern(root, "message_state") if has_files(root, "message_state") else None
