"""The result of a control, *no find* included."""

import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned

INSPECTION = versioned(
    "inspection",
    1,
    [
        field("consignment_id", pa.string(), "consignment that was controlled", required=True),
        field("administration", pa.string(), "administration that controlled it", required=True),
        field("office", pa.string(), "office that controlled it"),
        field("inspected_at", pa.timestamp("us", tz="UTC"), "when; null where the source gives no time"),
        field("channel", pa.string(), "ControlChannel; null where the source does not say"),
        field("finding", pa.string(), "Finding", required=True),
        field("severity", pa.string(), "critical | ordinary, where the source grades its findings"),
        field("source_file", pa.string(), "input that it came from, as named by its reader", required=True),
        field("source_position", pa.string(), "row within that input", required=True),
        field("synthetic", pa.bool_(), "true for generated data", required=True),
    ],
)
