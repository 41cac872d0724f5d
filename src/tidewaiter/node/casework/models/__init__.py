"""The tables of controls and cases."""

from tidewaiter.node.casework.models.cases import Case, CaseClock, CaseEvent, CaseNumber
from tidewaiter.node.casework.models.controls import Control
from tidewaiter.node.casework.models.disposals import Disposal
from tidewaiter.node.casework.models.exhibits import CustodyEvent, Exhibit
from tidewaiter.node.casework.models.lines import LineValue, SeizureLine
from tidewaiter.node.casework.models.persons import ArrestedPerson
from tidewaiter.node.casework.models.photographs import Photograph, Upload

__all__ = [
    "ArrestedPerson",
    "Case",
    "CaseClock",
    "CaseEvent",
    "CaseNumber",
    "Control",
    "CustodyEvent",
    "Disposal",
    "Exhibit",
    "LineValue",
    "Photograph",
    "SeizureLine",
    "Upload",
]
