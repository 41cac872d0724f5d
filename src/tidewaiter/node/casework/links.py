"""What a control belongs to beyond casework: the joint operation, the tip. Asked of the apps that know.

An app to the right of casework registers in its ``AppConfig.ready``::

    links.register("operations", lambda control: links.Links(operation_id=running(control)))

and hears of each new control, inside its transaction, by ``control_recorded.connect(receiver)``: the receiver gets
``control`` and ``actor``, and what it raises undoes the control, so it raises nothing that it can help.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.dispatch import Signal

from tidewaiter.node.casework.models import Control

control_recorded = Signal()


@dataclass(frozen=True, slots=True)
class Links:
    """The operation and the tip of a control, each None where there is none."""

    operation_id: UUID | None = None
    tip_id: UUID | None = None


_askers: dict[str, Callable[[Control], Links]] = {}


def register(app: str, ask: Callable[[Control], Links]) -> None:
    """Ask ``ask`` of each new control that does not say itself; registering the app again replaces it."""
    _askers[app] = ask


def forget(app: str) -> None:
    """Ask that app no longer. Raises KeyError for one that is not registered."""
    del _askers[app]


def complete(control: Control) -> None:
    """Fill in what the device did not know; the first app that knows is believed."""
    for ask in _askers.values():
        found = ask(control)
        control.operation_id = control.operation_id or found.operation_id
        control.tip_id = control.tip_id or found.tip_id
