"""What can be done in joint operations, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb
from tidewaiter.node.audit.words import know_fields

PLANNED: Final = verb("operations.planned", _("{actor} planned the operation {object}"))
AMENDED: Final = verb("operations.amended", _("{actor} amended the plan of {object}"))
RECEIVED: Final = verb("operations.received", _("The plan of {object} came from its lead"))
AGREED: Final = verb("operations.agreed", _("{actor} agreed to the plan of {object}"))
REFUSED: Final = verb("operations.refused", _("{actor} refused the plan of {object}"))
ANSWER_CAME: Final = verb("operations.answer_came", _("An administration answered about {object}"))
STATE_CHANGED: Final = verb("operations.state_changed", _("{actor} changed the state of {object}"))
TASKED: Final = verb("operations.tasked", _("{actor} gave the task {object} to {office}"))
TASK_PROPOSED: Final = verb("operations.task_proposed", _("{actor} proposed the task {object} to a neighbour"))
TASK_CAME: Final = verb("operations.task_came", _("A neighbour proposed the task {object} to {office}"))
ACKNOWLEDGED: Final = verb("operations.acknowledged", _("{actor} acknowledged the task {object}"))
ACKNOWLEDGED_THERE: Final = verb("operations.acknowledged_there", _("A neighbour acknowledged the task {object}"))
REPORTED: Final = verb("operations.reported", _("{actor} reported the day of {office}"))
REPORT_RELEASED: Final = verb("operations.report_released", _("{actor} released the situation report {object}"))
REPORT_CAME: Final = verb("operations.report_came", _("A situation report came: {object}"))
FIGURES_RELEASED: Final = verb("operations.figures_released", _("{actor} released the figures {object}"))
FIGURES_CAME: Final = verb("operations.figures_came", _("Released figures came: {object}"))
FROZEN: Final = verb("operations.frozen", _("{actor} froze the figures as {object}"))
SNAPSHOT_CAME: Final = verb("operations.snapshot_came", _("A snapshot came: {object}"))
SNAPSHOT_ANSWERED: Final = verb("operations.snapshot_answered", _("{actor} answered about the snapshot {object}"))
PUBLISHED: Final = verb("operations.published", _("{actor} published the statement {object}"))
STATEMENT_CAME: Final = verb("operations.statement_came", _("A statement came: {object}"))
EXPORTED: Final = verb("operations.exported", _("{actor} exported the figures of {object}"))

know_fields(
    {
        "plan": _("Plan"),
        "state": _("State"),
        "parties": _("Parties"),
        "lanes": _("Focus lanes"),
        "digest": _("Digest"),
        "day": _("Day"),
        "agreed": _("Agreed"),
        "released_to": _("Released to"),
    }
)
