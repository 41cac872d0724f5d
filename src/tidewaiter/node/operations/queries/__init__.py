"""Reading joint operations."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidewaiter.node.operations.models import Operation


def result(operation: "Operation") -> dict[str, Any]:
    """What an operation came to on this node, for machines; see `outcome.result`."""
    # The models read the rules of visibility from this package, so that what reads the models comes later.
    from tidewaiter.node.operations.queries import outcome

    return outcome.result(operation)
