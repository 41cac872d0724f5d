"""The inspection list, and the strata from which it was drawn."""

import pyarrow as pa

from tidewaiter.schemas.versioned import field, versioned

SELECTION = versioned(
    "selection",
    1,
    [
        field("administration", pa.string(), "administration", required=True),
        field("office", pa.string(), "office; empty where the consignment names none", required=True),
        field("day", pa.date32(), "local day of the list; null where the consignment has no time"),
        field("status", pa.string(), "selected | overflow | not_selected", required=True),
        field("rank", pa.int32(), "place on the list of its office and day, from 1; null where not selected"),
        field("message_id", pa.string(), "version in force", required=True),
        field("consignment_id", pa.string(), "consignment", required=True),
        field("origin", pa.string(), "SelectionOrigin: the reason that put it where it stands", required=True),
        field("rule", pa.string(), "watchlist entry or profile that decided; null for the random share"),
        field("mandatory", pa.bool_(), "has a mandatory hit", required=True),
        field("priority", pa.int16(), "highest priority among its hits; null for none"),
        field("channel", pa.string(), "ControlChannel that is asked for"),
        field("probability", pa.float64(), "probability, before the draw, of being selected", required=True),
        field("draw", pa.float64(), "its seeded draw in [0, 1)", required=True),
        field("reasons", pa.list_(pa.string()), "reasons in words, the deciding one first", required=True),
    ],
)

STRATUM = versioned(
    "stratum",
    1,
    [
        field("administration", pa.string(), "administration", required=True),
        field("office", pa.string(), "office; empty where none is named", required=True),
        field("day", pa.date32(), "local day; null where no time is known"),
        field("population", pa.int64(), "consignments in force", required=True),
        field("capacity", pa.int32(), "controls that the office can make that day", required=True),
        field("random_share", pa.int32(), "rows set aside for the uniform random draw", required=True),
        field("mandatory", pa.int32(), "consignments with a mandatory hit", required=True),
        field("candidates", pa.int32(), "consignments with any hit that selects", required=True),
        field("selected", pa.int32(), "rows on the list", required=True),
        field("overflow", pa.int32(), "mandatory rows beyond capacity", required=True),
    ],
)
