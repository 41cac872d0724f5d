"""What can be done with the register of rights, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb

HOLDER_ADDED: Final = verb("rights.holder_added", _("{actor} added the right holder {object}"))
HOLDER_EDITED: Final = verb("rights.holder_edited", _("{actor} edited the right holder {object}"))
RIGHT_ADDED: Final = verb("rights.right_added", _("{actor} added the right {object}"))
RIGHT_EDITED: Final = verb("rights.right_edited", _("{actor} edited the right {object}"))
