"""What can be done with the search, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb
from tidewaiter.node.audit.words import know_fields

PERSONAL_NUMBER_LOOKED_UP: Final = verb(
    "search.personal_number_looked_up", _("{actor} looked up a number of a person: {object}")
)

know_fields({"number_kind": _("Kind of number"), "consignments_shown": _("Consignments shown")})
"""The number itself is nowhere: its digest under the node's key tells that the same one was looked up again."""
