"""What can be done with neighbours, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb

PEER_ADDED: Final = verb("partners.peer_added", _("{actor} added the neighbour {object}"))
PEER_CHANGED: Final = verb("partners.peer_changed", _("{actor} changed the address of the neighbour {object}"))
KEY_ADDED: Final = verb("partners.key_added", _("{actor} added a key of the neighbour {object}"))
KEY_REVOKED: Final = verb("partners.key_revoked", _("{actor} revoked a key of the neighbour {object}"))
AGREEMENT_ADDED: Final = verb("partners.agreement_added", _("{actor} entered an agreement with {object}"))
LANE_STOPPED: Final = verb("partners.lane_stopped", _("{actor} stopped the exchange with {object}"))
LANE_STOPPED_ITSELF: Final = verb("partners.lane_stopped_itself", _("The exchange with {object} stopped by itself"))
LANE_RESUMED: Final = verb("partners.lane_resumed", _("{actor} resumed the exchange with {object}"))
SET_ASIDE: Final = verb("partners.set_aside", _("An object was set aside and not sent: {object}"))
SENT_AGAIN: Final = verb("partners.sent_again", _("{actor} had an object sent again: {object}"))
WITHDRAWN: Final = verb("partners.withdrawn", _("{actor} gave up sending an object: {object}"))
CONFLICT: Final = verb("partners.conflict", _("The neighbour {object} sent the same version with other content"))
BATCH_REFUSED: Final = verb("partners.batch_refused", _("A batch of the neighbour {object} was refused as a whole"))
