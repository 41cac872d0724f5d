"""Versioned Arrow schemas: what flows between the rooms. Imports pyarrow only.

A schema carries its name and version in its metadata (``tidewaiter.schema``), and so does every Parquet file
written with it. A change that a reader of the older version would misread raises the version.
"""

from tidewaiter.schemas.consignment import CONSIGNMENT, GOODS_ITEM, PARTY, REFERENCE, ROUTE_LEG
from tidewaiter.schemas.hit import HIT
from tidewaiter.schemas.inspection import INSPECTION
from tidewaiter.schemas.reject import REJECT
from tidewaiter.schemas.selection import SELECTION, STRATUM

ALL = {
    "consignment": CONSIGNMENT,
    "hit": HIT,
    "inspection": INSPECTION,
    "reject": REJECT,
    "selection": SELECTION,
    "stratum": STRATUM,
}

__all__ = [
    "ALL",
    "CONSIGNMENT",
    "GOODS_ITEM",
    "HIT",
    "INSPECTION",
    "PARTY",
    "REFERENCE",
    "REJECT",
    "ROUTE_LEG",
    "SELECTION",
    "STRATUM",
]
