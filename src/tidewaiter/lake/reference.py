"""The reference of the tables, made from the schemas themselves."""

import pyarrow as pa

from tidewaiter.lake.layout import SCHEMAS
from tidewaiter.schemas.versioned import name_and_version

_ABOUT = {
    "consignment": "Every message that was accepted, with the local day and the draw. Those that are not in force "
    "stand in `message_state` as well; composed versions of amended declarations are added.",
    "declaration_key": "Hashes by which the versions of one declaration find each other.",
    "hit": "What drew attention, with the place and day of the consignment. Hits of versions that are not in force are "
    "kept here and counted nowhere.",
    "inspection": "Results of controls that came with the input.",
    "message_state": "Messages that are not in force as they stand, and why.",
    "reject": "What could not be used, whole.",
    "selection": "Every consignment that was selected, every mandatory one beyond the capacity, and every other "
    "candidate, with its probability.",
    "stratum": "Each office and day, with what there was and what was drawn.",
}
_PARTITIONED = {"consignment", "hit", "selection", "stratum"}


def tables_markdown() -> str:
    """Give the page docs/reference/tables.md."""
    lines = [
        "# Tables of a result",
        "",
        "Made from the schemas in the code by `./tw docs`; do not edit by hand. Parquet files, compressed with zstd. A",
        "column marked *personal* holds personal data. Tables marked *partitioned* lie in folders such as",
        "`administration=HK/month=2026-05`.",
        "",
    ]
    for table, schema in SCHEMAS.items():
        name, version = name_and_version(schema) or (table, 0)
        partitioned = " Partitioned." if table in _PARTITIONED else ""
        lines += [f"## {table}/", "", f"{_ABOUT[table]}{partitioned} Schema {name}, version {version}.", ""]
        lines += ["| column | type | required | meaning |", "| --- | --- | --- | --- |"]
        for column in schema:
            lines += _rows(column, "")
        lines.append("")
    return "\n".join(lines)


def _rows(column: pa.Field, above: str) -> list[str]:
    metadata = column.metadata or {}
    meaning = metadata.get(b"meaning", b"").decode()
    personal = " *personal*" if b"personal" in metadata else ""
    inner = column.type.value_type if pa.types.is_list(column.type) else None
    shown = f"list of {inner}" if inner is not None and not pa.types.is_struct(inner) else str(column.type)
    if inner is not None and pa.types.is_struct(inner):
        shown = "list"
    rows = [f"| {above}{column.name} | {shown} | {'' if column.nullable else 'yes'} | {meaning}{personal} |"]
    if inner is not None and pa.types.is_struct(inner):
        for part in inner:
            rows += _rows(part, f"{column.name}[]. ")
    return rows
