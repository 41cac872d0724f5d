"""Taking rejects away is recorded: they hold declarations as they came."""

from django.db import transaction

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.targeting import policies, verbs
from tidewaiter.node.targeting.models import ScreeningRun


@transaction.atomic
def export_rejects(actor: Person, run: ScreeningRun, *, rows: int) -> None:
    """Record that the rejects of a run were taken away. Raises NotAllowed."""
    policies.runs.require(actor, "see_rejects", run)
    record(actor, verbs.REJECTS_EXPORTED, run, after={"rows": rows}, office=run.office)
