"""Past operations as published: the first entries of every node's statistics."""

from django.db import transaction

from tidewaiter.consolidation import PublishedResult as Published
from tidewaiter.consolidation import published_results
from tidewaiter.node.operations.models import PublishedResult


@transaction.atomic
def load_history() -> int:
    """Bring the published results of reference data into the database; give how many there are. Safe to repeat."""
    for number, one in enumerate(published_results(), 1):
        PublishedResult.objects.update_or_create(row=number, defaults=_row(one))
    return len(published_results())


def _row(one: Published) -> dict[str, object]:
    return {
        "operation": one.operation,
        "starts_on": one.start,
        "ends_on": one.end,
        "date_note": one.date_note,
        "administration": one.administration,
        "scope": one.scope,
        "destinations": list(one.destinations),
        "cases": one.cases,
        "batches": one.batches,
        "items": one.items,
        "qualifier": one.qualifier.value,
        "value": one.value,
        "currency": one.value_currency,
        "basis": one.value_basis,
        "arrests": one.arrests,
        "detail": one.detail,
        "source": one.source,
    }
