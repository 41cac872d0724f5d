"""What can be done with tips and the roster, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit.verbs import verb

DRAFTED: Final = verb("intelligence.tip_drafted", _("{actor} drafted the tip {object}"))
EDITED: Final = verb("intelligence.tip_edited", _("{actor} changed the draft of the tip {object}"))
SENT: Final = verb("intelligence.tip_sent", _("{actor} sent the tip {object}"))
ARRIVED: Final = verb("intelligence.tip_arrived", _("The tip {object} arrived"))
DELIVERED: Final = verb("intelligence.tip_delivered", _("The tip {object} was delivered"))
REFUSED: Final = verb("intelligence.tip_refused", _("The neighbour refused the tip {object}"))
CLIMBED: Final = verb("intelligence.tip_climbed", _("Nobody acknowledged the tip {object}: it climbed"))
ACKNOWLEDGED: Final = verb("intelligence.tip_acknowledged", _("{actor} acknowledged the tip {object}"))
ACKNOWLEDGED_THERE: Final = verb(
    "intelligence.tip_acknowledged_there", _("The neighbour acknowledged the tip {object}")
)
PASSED: Final = verb("intelligence.tip_passed", _("{actor} passed the tip {object} on"))
ACTED_ON: Final = verb("intelligence.tip_acted_on", _("{actor} acted on the tip {object}"))
ACTED_ON_THERE: Final = verb("intelligence.tip_acted_on_there", _("The neighbour acted on the tip {object}"))
ANSWERED: Final = verb("intelligence.tip_answered", _("{actor} answered the tip {object}"))
ANSWERED_THERE: Final = verb("intelligence.tip_answered_there", _("The neighbour answered the tip {object}"))
EXPIRED: Final = verb("intelligence.tip_expired", _("The tip {object} expired"))
RECALLED: Final = verb("intelligence.tip_recalled", _("{actor} recalled the tip {object}"))
RECALLED_THERE: Final = verb("intelligence.tip_recalled_there", _("The neighbour recalled the tip {object}"))
ON_DUTY: Final = verb("intelligence.duty_entered", _("{actor} entered a shift at the duty desk of {office}"))
OFF_DUTY: Final = verb("intelligence.duty_cancelled", _("{actor} cancelled a shift at the duty desk of {office}"))
TIMES_CHANGED: Final = verb("intelligence.times_changed", _("{actor} changed after how long a tip climbs"))
