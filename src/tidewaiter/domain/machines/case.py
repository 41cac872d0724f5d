"""A case: from the first hold on goods to its end.

The states are those that the procedures of the three administrations share. Mainland: hold, notice to the right
holder, detention and investigation on request, decision or waiting for the court (Regulations on Customs Protection of
Intellectual Property Rights, articles 16, 20, 24). Hong Kong, Macao: investigation, then court or prosecution. What a
state permits is each administration's law; the clocks stand in ``procedures``.
"""

from tidewaiter.domain.machines.roles import Role
from tidewaiter.domain.state_machine import Machine, Transition

_CASE = (Role.CASE_OFFICER,)
_OPEN = ("opened", "awaiting_right_holder", "investigation", "awaiting_court")

CASE = Machine(
    name="case",
    initial="opened",
    states=(*_OPEN, "decided", "goods_released", "closed", "void"),
    transitions=(
        Transition.of("notify_right_holder", ("opened", "investigation"), "awaiting_right_holder", _CASE),
        Transition.of("investigate", ("opened", "awaiting_right_holder", "awaiting_court"), "investigation", _CASE),
        Transition.of("refer_to_court", "investigation", "awaiting_court", _CASE, reason=True),
        Transition.of("decide", ("investigation", "awaiting_court"), "decided", _CASE, reason=True),
        Transition.of("release_goods", _OPEN, "goods_released", _CASE, reason=True),
        Transition.of("close", ("decided", "goods_released"), "closed", _CASE),
        Transition.of("reopen", ("decided", "goods_released", "closed"), "investigation", _CASE, reason=True),
        Transition.of("void", "opened", "void", _CASE, reason=True),
    ),
)
