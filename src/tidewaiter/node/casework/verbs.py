"""What can be done with controls and cases, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb

CONTROL_RECORDED: Final = verb("casework.control_recorded", _("{actor} recorded the control {object}"))
PHOTOGRAPH_SEALED: Final = verb("casework.photograph_sealed", _("{actor} added the photograph {object}"))
ORIGINAL_SEEN: Final = verb("casework.original_seen", _("{actor} opened the sealed original of photograph {object}"))
CASE_OPENED: Final = verb("casework.case_opened", _("{actor} opened the case {object}"))
CASE_EDITED: Final = verb("casework.case_edited", _("{actor} edited the case {object}"))
CASE_MOVED: Final = verb("casework.case_moved", _("{actor} moved the case {object} on"))
STATUS_CHANGED: Final = verb("casework.status_changed", _("{actor} changed the record status of {object}"))
LINE_ADDED: Final = verb("casework.line_added", _("{actor} added the seizure line {object}"))
LINE_EDITED: Final = verb("casework.line_edited", _("{actor} edited the seizure line {object}"))
LINE_VOIDED: Final = verb("casework.line_voided", _("{actor} voided the seizure line {object}"))
STAGE_CHANGED: Final = verb("casework.stage_changed", _("{actor} changed the stage of seizure line {object}"))
VALUE_ADDED: Final = verb("casework.value_added", _("{actor} valued the seizure line {object}"))
EXHIBIT_ADDED: Final = verb("casework.exhibit_added", _("{actor} added the exhibit {object}"))
CUSTODY_CHANGED: Final = verb("casework.custody_changed", _("{actor} recorded a custody step of exhibit {object}"))
DISPOSAL_PROPOSED: Final = verb("casework.disposal_proposed", _("{actor} proposed the disposal {object}"))
DISPOSAL_MOVED: Final = verb("casework.disposal_moved", _("{actor} moved the disposal {object} on"))
EVENT_RECORDED: Final = verb("casework.event_recorded", _("{actor} recorded a fact that clocks depend on in {object}"))
EVENT_VOIDED: Final = verb("casework.event_voided", _("{actor} voided a fact that clocks depended on in {object}"))
PERSON_ADDED: Final = verb("casework.person_added", _("{actor} added an arrested person to {object}"))
PERSONS_READ: Final = verb("casework.persons_read", _("{actor} read the names of arrested persons in {object}"))
