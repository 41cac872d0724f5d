"""What becomes of goods: proposed, approved by another person, carried out."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import DISPOSAL
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.models import Case, Disposal, SeizureLine
from tidewaiter.node.casework.services.cases import locked, tell
from tidewaiter.refdata import closed_lists, currencies


@transaction.atomic
def propose_disposal(
    actor: Person, case: Case, *, outcome: str, line: SeizureLine | None = None, note: str = ""
) -> Disposal:
    """Propose what is done with a line's goods, or with all; raises NotAllowed and Refused."""
    case = locked(case)
    policies.cases.require(actor, "propose_disposal", case)
    if case.state == "void":
        raise Refused(_("This case was voided. Nothing was changed."))
    if outcome not in closed_lists.codes("disposal_outcome"):
        raise Refused(_("Choose one of the list."), field="outcome")
    if line is not None and line.case_id != case.pk:
        raise Refused(_("This line is of another case."), field="line")
    disposal = Disposal.objects.create(case=case, line=line, outcome=outcome, note=note.strip(), proposed_by=actor)
    record(
        actor,
        verbs.DISPOSAL_PROPOSED,
        disposal,
        after={"outcome": outcome, "line": None if line is None else line.number, "note": disposal.note},
    )
    tell(case)
    return disposal


@transaction.atomic
def change_disposal(
    actor: Person,
    disposal: Disposal,
    action: str,
    *,
    reason: str = "",
    carried_out_on: date | None = None,
    witness: str = "",
    cost: Decimal | None = None,
    currency: str = "",
) -> Disposal:
    """Take an action of the machine ``disposal``. Who proposed it does not approve it; carrying out needs a witness.

    Raises NotAllowed, WrongState and Refused.
    """
    case = locked(disposal.case)
    disposal = Disposal.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=disposal.pk)
    policies.cases.require(actor, f"disposal.{action}", disposal)
    before = disposal.state
    disposal.state = DISPOSAL.apply(disposal.state, action, reason=reason)
    if action == "approve":
        disposal.approved_by = actor
    if action == "carry_out":
        _carry_out(disposal, carried_out_on, witness.strip(), cost, currency)
    disposal.save()
    after = {
        "state": disposal.state,
        "day": disposal.carried_out_on,
        "witness": disposal.witness,
        "cost": disposal.cost,
        "currency": disposal.currency,
    }
    record(actor, verbs.DISPOSAL_MOVED, disposal, before={"state": before}, after=after, reason=reason.strip())
    tell(case)
    return disposal


def _carry_out(disposal: Disposal, day: date | None, witness: str, cost: Decimal | None, currency: str) -> None:
    if day is None or day > timezone.localdate():
        raise Refused(_("Say on which day it was carried out; it cannot lie in the future."), field="carried_out_on")
    if not witness:
        raise Refused(_("Name the witness."), field="witness")
    if (cost is None) != (not currency):
        raise Refused(_("A cost has an amount and a currency, or neither."), field="cost")
    if currency and currency not in currencies.codes():
        raise Refused(_("This is no currency: {code}").format(code=currency[:8]), field="currency")
    disposal.carried_out_on, disposal.witness = day, witness
    disposal.cost, disposal.currency = cost, currency
