"""Seizure lines, their stage and their values."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import SEIZURE_STAGE
from tidewaiter.domain.money import Value, ValueBasis
from tidewaiter.domain.quantity import Quantity
from tidewaiter.domain.seizure import InfringementType, RightType
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.models import Case, LineValue, SeizureLine
from tidewaiter.node.casework.services.cases import locked, refuse_when_ended, tell
from tidewaiter.refdata import currencies, units
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES

FIELDS = (
    "category",
    "description",
    "brand",
    "right_id",
    "right_type",
    "infringement",
    "quantity",
    "unit",
    "packages",
    "package_type",
)


@transaction.atomic
def add_line(actor: Person, case: Case, **details: Any) -> SeizureLine:
    """Add a seizure line; ``details`` are the fields of SeizureLine in ``FIELDS``. Raises NotAllowed and Refused."""
    case = locked(case)
    policies.cases.require(actor, "edit", case)
    refuse_when_ended(case)
    last = case.lines.order_by("-number").values_list("number", flat=True).first() or 0
    line = SeizureLine(case=case, number=last + 1, **details)
    _check(line)
    line.save(force_insert=True)
    record(actor, verbs.LINE_ADDED, line, after=_state(line))
    tell(case)
    return line


@transaction.atomic
def edit_line(actor: Person, line: SeizureLine, **details: Any) -> SeizureLine:
    """Change a seizure line; raises NotAllowed and Refused."""
    case, line = _open(actor, line, "edit")
    before = _state(line)
    for name, value in details.items():
        setattr(line, name, value)
    _check(line)
    line.save()
    after = _state(line)
    if after != before:
        record(actor, verbs.LINE_EDITED, line, before=before, after=after)
        tell(case)
    return line


@transaction.atomic
def void_line(actor: Person, line: SeizureLine, *, reason: str) -> SeizureLine:
    """Void a line entered by mistake; it keeps its number and counts no more. Raises NotAllowed and Refused."""
    case, line = _open(actor, line, "edit")
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    line.voided_at, line.void_reason = timezone.now(), reason.strip()
    line.save(update_fields=["voided_at", "void_reason"])
    record(actor, verbs.LINE_VOIDED, line, before=_state(line), reason=reason.strip())
    tell(case)
    return line


@transaction.atomic
def change_stage(actor: Person, line: SeizureLine, action: str, *, reason: str = "") -> SeizureLine:
    """Take an action of the machine ``seizure_stage``; raises NotAllowed, Refused and WrongState."""
    case, line = _open(actor, line, f"stage.{action}")
    before = line.stage
    line.stage = SEIZURE_STAGE.apply(line.stage, action, reason=reason)
    line.save(update_fields=["stage"])
    record(
        actor, verbs.STAGE_CHANGED, line, before={"stage": before}, after={"stage": line.stage}, reason=reason.strip()
    )
    tell(case)
    return line


@transaction.atomic
def add_value(
    actor: Person,
    line: SeizureLine,
    *,
    basis: str,
    currency: str,
    amount: Decimal,
    method: str,
    valued_on: date,
) -> LineValue:
    """Value a line on a basis, in a currency. A value of the same basis and currency is voided by it and stays to read.

    Raises NotAllowed, and Refused for an amount that does not fit, an unknown currency or a day to come.
    """
    case, line = _open(actor, line, "value")
    if currency not in currencies.codes():
        raise Refused(_("This is no currency: {code}").format(code=currency[:8]), field="currency")
    if valued_on > timezone.localdate():
        raise Refused(_("The day of the price cannot lie in the future."), field="valued_on")
    try:
        Value(amount, currency, ValueBasis(basis), valued_on, method)
    except ValueError as wrong:
        raise Refused(_("This is no amount of money with at most two decimals."), field="amount") from wrong
    old = line.values.filter(basis=basis, currency=currency, voided_at__isnull=True).first()
    if old is not None:
        old.voided_at, old.void_reason = timezone.now(), "replaced"
        old.save(update_fields=["voided_at", "void_reason"])
    value = LineValue.objects.create(
        line=line,
        basis=basis,
        currency=currency,
        amount=amount,
        method=method.strip(),
        valued_on=valued_on,
        assessed_by=actor,
    )
    record(actor, verbs.VALUE_ADDED, line, before=None if old is None else _worth(old), after=_worth(value))
    tell(case)
    return value


def _open(actor: Person, line: SeizureLine, action: str) -> tuple[Case, SeizureLine]:
    """The case and the line under a lock, once policy and state allow to go on."""
    case = locked(line.case)
    policies.cases.require(actor, action, case)
    refuse_when_ended(case)
    line = SeizureLine.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=line.pk)
    if line.voided_at is not None:
        raise Refused(_("This line was voided. Nothing was changed."))
    return case, line


def _check(line: SeizureLine) -> None:
    RightType(line.right_type)
    InfringementType(line.infringement)
    if line.category not in PRODUCT_CATEGORIES:
        raise Refused(_("Choose one of the list."), field="category")
    if line.unit not in units.units():
        raise Refused(_("This is no unit of quantity: {code}").format(code=line.unit[:8]), field="unit")
    if line.package_type and line.package_type not in units.packages():
        raise Refused(_("This is no kind of package: {code}").format(code=line.package_type[:8]), field="package_type")
    try:
        Quantity(line.quantity, line.unit)
    except ValueError as wrong:
        raise Refused(_("Whole things are counted in whole numbers."), field="quantity") from wrong


def _state(line: SeizureLine) -> dict[str, object]:
    return {name: getattr(line, name) for name in (*FIELDS, "stage")}


def _worth(value: LineValue) -> dict[str, object]:
    return {name: getattr(value, name) for name in ("basis", "currency", "amount", "method", "valued_on")}
