"""Writing controls and cases: each function is one transaction of policy, state, write, audit row and live event."""

from tidewaiter.node.casework.services.cases import change_case, change_status, edit_case, open_case
from tidewaiter.node.casework.services.clocks import record_event, void_event
from tidewaiter.node.casework.services.controls import Entry, record_control
from tidewaiter.node.casework.services.disposals import change_disposal, propose_disposal
from tidewaiter.node.casework.services.exhibits import add_exhibit, record_custody
from tidewaiter.node.casework.services.lines import add_line, add_value, change_stage, edit_line, void_line
from tidewaiter.node.casework.services.persons import add_person, read_persons
from tidewaiter.node.casework.services.photographs import add_photograph, open_original, record_with_pictures
from tidewaiter.node.casework.services.uploads import begin_upload, receive

__all__ = [
    "Entry",
    "add_exhibit",
    "add_line",
    "add_person",
    "add_photograph",
    "add_value",
    "begin_upload",
    "change_case",
    "change_disposal",
    "change_stage",
    "change_status",
    "edit_case",
    "edit_line",
    "open_case",
    "open_original",
    "propose_disposal",
    "read_persons",
    "receive",
    "record_control",
    "record_custody",
    "record_event",
    "record_with_pictures",
    "void_event",
    "void_line",
]
