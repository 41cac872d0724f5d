"""After how long an unacknowledged tip reaches whom, where a node has not set its own times."""

from tidewaiter.node.intelligence.models import EscalationStep

STEPS: tuple[tuple[str, int], ...] = (
    (EscalationStep.Target.QUEUE.value, 0),
    (EscalationStep.Target.DUTY_OFFICER.value, 120),
    (EscalationStep.Target.COORDINATOR.value, 300),
    (EscalationStep.Target.SENDER.value, 600),
)
"""Target and seconds since arrival. An office order of ours, not law: each node sets its own on its page."""


def steps() -> tuple[tuple[str, int], ...]:
    """The steps of this node, in order."""
    own = dict(EscalationStep.objects.values_list("target", "after_seconds"))
    found = ((target, own.get(target, seconds)) for target, seconds in STEPS)
    return tuple(sorted(found, key=lambda step: step[1]))
