"""Find any reference of any consignment of a result, hit or not: bills, containers, plates, numbers of parties.

The index stands beside the lake and holds keyed hashes and places, no reference. What it finds is read from the lake
and compared before it is told.
"""

from tidewaiter.lake.reference_index.building import build
from tidewaiter.lake.reference_index.index import Index
from tidewaiter.lake.reference_index.refusal import IndexRefused
from tidewaiter.lake.reference_index.rows import Place, read_consignment

__all__ = ["Index", "IndexRefused", "Place", "build", "read_consignment"]
