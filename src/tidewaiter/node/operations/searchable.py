"""How operations and statements are found by words."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.operations.models import Operation, Statement
from tidewaiter.node.operations.queries.visible import TAKE_PART
from tidewaiter.node.search import kinds


def describe(operation: Operation) -> kinds.Words:
    """The words of an operation: its code, names and objective in all languages."""
    return kinds.Words(
        title=f"{operation.code} {operation.names.get('en') or operation.name}",
        summary=" · ".join(dict.fromkeys(operation.names.values())),
        text=list(operation.objective.values()),
        office=None,
        at=operation.state_at,
    )


def describe_statement(statement: Statement) -> kinds.Words:
    """The words of a statement, in all its languages."""
    return kinds.Words(
        title=f"{statement.number}",
        summary=" · ".join(dict.fromkeys(statement.operation.names.values())),
        text=list(statement.texts.values()),
        office=None,
        at=statement.at,
    )


kinds.register(
    kinds.Kind(
        object_type="operations.operation",
        label=_("Joint operation"),
        icon="flag",
        seen_by=frozenset(TAKE_PART),
        describe=describe,
        url=lambda object_id: reverse("operations:operation", args=[object_id]),
    )
)
kinds.register(
    kinds.Kind(
        object_type="operations.statement",
        label=_("Joint statement"),
        icon="file",
        seen_by=frozenset(TAKE_PART),
        describe=describe_statement,
        url=lambda object_id: reverse("operations:statement", args=[object_id]),
    )
)
