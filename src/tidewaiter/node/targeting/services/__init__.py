"""Writing runs, criteria, queues and saved views: each one transaction of policy, state, write and audit row."""

from tidewaiter.node.targeting.services.criteria import add_criteria
from tidewaiter.node.targeting.services.ending import end_tip
from tidewaiter.node.targeting.services.expecting import expect
from tidewaiter.node.targeting.services.mending import mend_rows
from tidewaiter.node.targeting.services.queue import (
    assign,
    export_queue,
    give_back,
    record_control,
    release,
    reopen,
    send_for_control,
    take,
)
from tidewaiter.node.targeting.services.runs import start_run, start_run_of_paths
from tidewaiter.node.targeting.services.saved_views import delete_view, save_view, share_view

__all__ = [
    "add_criteria",
    "assign",
    "delete_view",
    "end_tip",
    "expect",
    "export_queue",
    "give_back",
    "mend_rows",
    "record_control",
    "release",
    "reopen",
    "save_view",
    "send_for_control",
    "share_view",
    "start_run",
    "start_run_of_paths",
    "take",
]
