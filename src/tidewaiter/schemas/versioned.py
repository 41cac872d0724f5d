"""How a schema carries its name and version."""

import pyarrow as pa

METADATA_KEY = b"tidewaiter.schema"


def versioned(name: str, version: int, fields: list[pa.Field]) -> pa.Schema:
    """Make a schema that says its own name and version in its metadata."""
    return pa.schema(fields, metadata={METADATA_KEY: f"{name}/{version}".encode()})


def field(name: str, kind: pa.DataType, meaning: str, *, required: bool = False, personal: bool = False) -> pa.Field:
    """Make a field that carries its meaning; ``personal`` marks personal data, so that it can be found and erased."""
    metadata = {b"meaning": meaning.encode()}
    if personal:
        metadata[b"personal"] = b"yes"
    return pa.field(name, kind, nullable=not required, metadata=metadata)


def name_and_version(schema: pa.Schema) -> tuple[str, int] | None:
    """Read a schema's own name and version; None where it carries none."""
    stamp = (schema.metadata or {}).get(METADATA_KEY)
    if stamp is None:
        return None
    name, _, version = stamp.decode().partition("/")
    return (name, int(version)) if version.isdigit() else None
