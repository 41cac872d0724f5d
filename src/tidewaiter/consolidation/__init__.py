"""What may be added to what, and the frozen figures that anybody can count again.

Plain values in, plain values out. Unlike things are never added: other units, currencies, value bases and stages stand
apart, and provisional figures apart from final ones.
"""

from tidewaiter.consolidation.attribution import Attribution, Pair, attribute
from tidewaiter.consolidation.counting import figures_of
from tidewaiter.consolidation.figures import Figure, Finality, Key, Measure, Qualifier
from tidewaiter.consolidation.history import PublishedResult, published_results
from tidewaiter.consolidation.records import JOINING, POSSIBLE, Count, Record, Reference
from tidewaiter.consolidation.snapshot import Change, DamagedSnapshot, Snapshot, differences, freeze, read, recount
from tidewaiter.consolidation.totals import CountedTwice, Reason, Sum, Total, total

__all__ = [
    "JOINING",
    "POSSIBLE",
    "Attribution",
    "Change",
    "Count",
    "CountedTwice",
    "DamagedSnapshot",
    "Figure",
    "Finality",
    "Key",
    "Measure",
    "Pair",
    "PublishedResult",
    "Qualifier",
    "Reason",
    "Record",
    "Reference",
    "Snapshot",
    "Sum",
    "Total",
    "attribute",
    "differences",
    "figures_of",
    "freeze",
    "published_results",
    "read",
    "recount",
    "total",
]
