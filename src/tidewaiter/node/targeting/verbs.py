"""What can be done in targeting, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb

RUN_STARTED: Final = verb("targeting.run_started", _("{actor} started run {object}"))
RUN_FOUND: Final = verb("targeting.run_found", _("Files in the watched folder started run {object}"))
RUN_FINISHED: Final = verb("targeting.run_finished", _("Run {object} finished"))
RUN_FAILED: Final = verb("targeting.run_failed", _("Run {object} failed"))
CRITERIA_ADDED: Final = verb("targeting.criteria_added", _("{actor} added criteria: {object}"))
REJECTS_EXPORTED: Final = verb("targeting.rejects_exported", _("{actor} exported the rejects of run {object}"))
EXPECTED: Final = verb("targeting.expected", _("A tip put {object} into the queue"))
LIFTED: Final = verb("targeting.lifted", _("A tip put {object} at the head of the queue"))
ARRIVED: Final = verb("targeting.arrived", _("The declaration of {object}, which a tip announced, was read"))
TAKE: Final = verb("targeting.take", _("{actor} took {object}"))
ASSIGN: Final = verb("targeting.assign", _("{actor} assigned {object}"))
GIVE_BACK: Final = verb("targeting.give_back", _("{actor} gave {object} back"))
SEND_FOR_CONTROL: Final = verb("targeting.send_for_control", _("{actor} sent {object} for control"))
RECORD_CONTROL: Final = verb("targeting.record_control", _("{actor} recorded a control of {object}"))
RELEASE: Final = verb("targeting.release", _("{actor} released {object}"))
REOPEN: Final = verb("targeting.reopen", _("{actor} put {object} back into the queue"))
WITHDRAW: Final = verb("targeting.withdraw", _("{object} left the queue with the tip that announced it"))
TIP_ENDED: Final = verb("targeting.tip_ended", _("A tip about {object} ended; other reasons keep it in the queue"))
QUEUE_EXPORTED: Final = verb("targeting.queue_exported", _("{actor} exported the queue"))
VIEW_SHARED: Final = verb("targeting.view_shared", _("{actor} shared the view {object}"))
VIEW_SAVED: Final = verb("targeting.view_saved", _("{actor} saved the view {object}"))
VIEW_DELETED: Final = verb("targeting.view_deleted", _("{actor} deleted the view {object}"))

OF_ACTION: Final = {
    "take": TAKE,
    "assign": ASSIGN,
    "give_back": GIVE_BACK,
    "send_for_control": SEND_FOR_CONTROL,
    "record_control": RECORD_CONTROL,
    "release": RELEASE,
    "reopen": REOPEN,
    "withdraw": WITHDRAW,
}
"""The verb of each action of the machine of the queue."""
