"""The customs vocabulary in STIX 2.1: typed values here, plain objects and canonical bytes on the wire.

``to_stix`` and ``from_stix`` take and give any kind; ``tip_to_stix``, ``tip_from_stix``… one. What is refused raises
``Refused`` with a code, a place and words. The kinds stand, with an example of each, in
``docs/reference/exchange-objects.md``.
"""

from functools import partial

from tidewaiter.exchange.objects.administration import AdministrationIdentity
from tidewaiter.exchange.objects.canonical import canonical, digest
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.figures import Basis, Figure, Measure, Stage
from tidewaiter.exchange.objects.handling import Caveat, Handling, Tlp
from tidewaiter.exchange.objects.identifiers import identity_of, new_id, uuid_of
from tidewaiter.exchange.objects.moments import now, to_the_millisecond
from tidewaiter.exchange.objects.operation import FocusLane, Operation, Participant, Phase, Role, Tasking
from tidewaiter.exchange.objects.parts import Controls, Place, Reference, Status, Subject
from tidewaiter.exchange.objects.receipt import (
    Instruction,
    Outcome,
    Recall,
    RecallReason,
    Receipt,
    ReceiptState,
    Removal,
    Result,
)
from tidewaiter.exchange.objects.reports import (
    Agreement,
    Records,
    ReleasedFigures,
    SituationReport,
    Snapshot,
    Statement,
)
from tidewaiter.exchange.objects.stix import KINDS, from_bytes, from_stix, kind_of, read_as, to_bytes, to_stix
from tidewaiter.exchange.objects.tip import Asked, Tip
from tidewaiter.exchange.refusal import Reason, Refused

tip_to_stix = to_stix
tip_from_stix = partial(read_as, Tip)
receipt_to_stix = to_stix
receipt_from_stix = partial(read_as, Receipt)
recall_to_stix = to_stix
recall_from_stix = partial(read_as, Recall)
operation_to_stix = to_stix
operation_from_stix = partial(read_as, Operation)

__all__ = [
    "KINDS",
    "AdministrationIdentity",
    "Agreement",
    "Asked",
    "Basis",
    "Caveat",
    "Controls",
    "Exchanged",
    "Figure",
    "FocusLane",
    "Handling",
    "Instruction",
    "Measure",
    "Operation",
    "Outcome",
    "Participant",
    "Phase",
    "Place",
    "Reason",
    "Recall",
    "RecallReason",
    "Receipt",
    "ReceiptState",
    "Records",
    "Reference",
    "Refused",
    "ReleasedFigures",
    "Removal",
    "Result",
    "Role",
    "SituationReport",
    "Snapshot",
    "Stage",
    "Statement",
    "Status",
    "Subject",
    "Tasking",
    "Tip",
    "Tlp",
    "canonical",
    "digest",
    "from_bytes",
    "from_stix",
    "identity_of",
    "kind_of",
    "new_id",
    "now",
    "operation_from_stix",
    "operation_to_stix",
    "read_as",
    "recall_from_stix",
    "recall_to_stix",
    "receipt_from_stix",
    "receipt_to_stix",
    "tip_from_stix",
    "tip_to_stix",
    "to_bytes",
    "to_stix",
    "to_the_millisecond",
    "uuid_of",
]
