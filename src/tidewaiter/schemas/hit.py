"""What drew attention to a message: one row for each entry, term or profile that it met."""

import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned

HIT = versioned(
    "hit",
    1,
    [
        field("message_id", pa.string(), "message version that was screened", required=True),
        field("kind", pa.string(), "HitKind", required=True),
        field("rule", pa.string(), "identifier of the watchlist entry, term or profile", required=True),
        field("mandatory", pa.bool_(), "must be controlled", required=True),
        field("priority", pa.int16(), "0 to 100, higher first", required=True),
        field("channel", pa.string(), "ControlChannel that is asked for"),
        field("manner", pa.string(), "MatchManner", required=True),
        field("field", pa.string(), "where it hit, such as goods[1].description", required=True),
        field("text", pa.string(), "the words as declared that hit; empty for a profile", personal=True),
        field("start", pa.int32(), "offset of the hit in the field, in characters"),
        field("end", pa.int32(), "offset after the hit, in characters"),
    ],
)
