"""Writing tips and the roster: each function is one transaction of policy, state, write, audit, outbox, live event."""

from tidewaiter.node.intelligence.services.dealing import acknowledge, act_on, answer, pass_on
from tidewaiter.node.intelligence.services.drafting import draft, edit, send
from tidewaiter.node.intelligence.services.recalling import recall
from tidewaiter.node.intelligence.services.roster import cancel_shift, enter_shift, set_times

__all__ = [
    "acknowledge",
    "act_on",
    "answer",
    "cancel_shift",
    "draft",
    "edit",
    "enter_shift",
    "pass_on",
    "recall",
    "send",
    "set_times",
]
