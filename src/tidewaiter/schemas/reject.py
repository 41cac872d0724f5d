"""A message or row that could not be used, kept whole."""

import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned

REJECT = versioned(
    "reject",
    1,
    [
        field("code", pa.string(), "reason as a code of `intake.rejects`", required=True),
        field("message", pa.string(), "what is wrong, in words", required=True),
        field("source_file", pa.string(), "input that it came from, as named by its reader", required=True),
        field("source_position", pa.string(), "row, line or member within that input", required=True),
        field("raw", pa.large_string(), "the text that was refused, cut after 64 KiB", personal=True),
    ],
)
