"""Opening a case and moving it on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.domain.machines import CASE, RECORD_STATUS
from tidewaiter.domain.seizure import Concealment, InfringementType, RightType
from tidewaiter.domain.vocabulary import Regime, RouteBasis, RouteRole
from tidewaiter.exchange.objects.handling import Tlp
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import policies, verbs
from tidewaiter.node.casework.models import Case, Control, SeizureLine
from tidewaiter.node.casework.references import as_text, cleaned
from tidewaiter.node.casework.services.numbers import draw
from tidewaiter.node.live.services import announce
from tidewaiter.node.search.services import index
from tidewaiter.refdata import closed_lists, countries
from tidewaiter.refdata import offices as refdata_offices

EDITABLE = (
    "title",
    "location_type",
    "regime",
    "mode",
    "courier",
    "origin",
    "declared_as",
    "concealment",
    "route",
    "references",
    "arrests",
    "detected_at",
    "operation_id",
    "tip_id",
    "tlp",
)
MOST_LEGS = 12


@transaction.atomic
def open_case(actor: Person, *, office: Office, title: str, detected_at: datetime, **details: Any) -> Case:
    """Open a case at ``office`` and give it. ``details`` are fields of Case named in ``EDITABLE``.

    The number is drawn under a lock. Raises NotAllowed and Refused.
    """
    policies.cases.require(actor, "open", office)
    return _open(actor, None, office, title=title, detected_at=detected_at, **details)


def open_from_control(actor: Person, control: Control) -> Case:
    """Open the case of a find, with one suspected line of the officer's estimate. Inside the control's transaction."""
    known = refdata_offices.find(control.office_id)
    case = _open(
        actor,
        control,
        control.office,
        title=control.mark or control.subject_label,
        detected_at=control.began_at,
        references=control.references,
        location_type=(known.location_type or "") if known else "",
        origin="neighbour_tip" if control.tip_id else "",
        operation_id=control.operation_id,
        tip_id=control.tip_id,
    )
    right = control.right
    is_copy = right is not None and right.kind in {RightType.COPYRIGHT, RightType.RELATED_RIGHT}
    line = SeizureLine.objects.create(
        case=case,
        number=1,
        category=control.category,
        description=control.mark or control.subject_label,
        brand=control.mark,
        right=right,
        right_type=right.kind if right else RightType.TRADE_MARK.value,
        infringement=(InfringementType.PIRATED_COPY if is_copy else InfringementType.COUNTERFEIT_MARK).value,
        quantity=control.quantity if control.quantity is not None else Decimal(0),
        unit=control.unit,
    )
    record(actor, verbs.LINE_ADDED, line, after={"quantity": line.quantity, "unit": line.unit, "stage": line.stage})
    index(case)
    return case


def _open(actor: Person, control: Control | None, office: Office, **details: Any) -> Case:
    values = _checked(details)
    now = timezone.now()
    drawn = draw(office, timezone.localtime(now).year)
    case = Case(
        office=office,
        control=control,
        year=drawn.year,
        serial=drawn.serial,
        number=drawn.number,
        opened_at=now,
        opened_by=actor,
        **values,
    )
    case.save(force_insert=True)
    record(actor, verbs.CASE_OPENED, case, after=_state(case))
    tell(case)
    return case


@transaction.atomic
def edit_case(actor: Person, case: Case, **details: Any) -> Case:
    """Change what is known of a case (fields in ``EDITABLE``); raises NotAllowed and Refused."""
    case = locked(case)
    policies.cases.require(actor, "edit", case)
    refuse_when_ended(case)
    before = _state(case)
    for name, value in _checked(details).items():
        setattr(case, name, value)
    case.save()
    after = _state(case)
    if after != before:
        record(actor, verbs.CASE_EDITED, case, before=before, after=after)
        tell(case)
    return case


@transaction.atomic
def change_case(actor: Person, case: Case, action: str, *, reason: str = "") -> Case:
    """Take an action of the machine ``case``; raises NotAllowed and WrongState. Nothing changes where one is raised."""
    case = locked(case)
    policies.cases.require(actor, f"case.{action}", case)
    before = case.state
    case.state = CASE.apply(case.state, action, reason=reason)
    case.closed_at = timezone.now() if case.state in CASE.final | {"closed"} else None
    case.save(update_fields=["state", "closed_at"])
    _told(actor, case, verbs.CASE_MOVED.code, {"state": before}, {"state": case.state, "action": action}, reason)
    return case


@transaction.atomic
def change_status(actor: Person, case: Case, action: str, *, reason: str = "") -> Case:
    """Take an action of the machine ``record_status``; raises NotAllowed and WrongState."""
    case = locked(case)
    policies.cases.require(actor, f"status.{action}", case)
    before = case.status
    case.status = RECORD_STATUS.apply(case.status, action, reason=reason)
    case.save(update_fields=["status"])
    _told(actor, case, verbs.STATUS_CHANGED.code, {"status": before}, {"status": case.status}, reason)
    return case


def locked(case: Case) -> Case:
    """The case, read again under a lock; what follows decides on what is true now."""
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=case.pk)


def refuse_when_ended(case: Case) -> None:
    """Raise Refused where the case has ended: it is reopened first, so that everybody sees it."""
    if not case.is_open:
        raise Refused(_("This case has ended. Nothing was changed; reopen it first."))


def tell(case: Case) -> None:
    """Let people find the case as it is now, and open pages hear of it. Inside the transaction of the change."""
    index(case)
    announce("casework.case", case, offices=[case.office_id])


def _told(
    actor: Person, case: Case, verb: str, before: Mapping[str, object], after: Mapping[str, object], reason: str
) -> None:
    record(actor, verb, case, before=before, after=after, reason=reason)
    tell(case)


def _checked(details: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(details)
    if unknown := set(values) - set(EDITABLE):
        raise TypeError(f"no fields of a case that can be set: {sorted(unknown)}")
    if "references" in values:
        values["references"] = cleaned(values["references"])
        values["reference_text"] = as_text(values["references"])
    if "concealment" in values:
        values["concealment"] = [Concealment(code).value for code in values["concealment"]]
    if "route" in values:
        values["route"] = _route(values["route"])
    if "tlp" in values:
        values["tlp"] = Tlp(values["tlp"]).value
    if values.get("regime"):
        values["regime"] = Regime(values["regime"]).value
    for name, listed in (("origin", "selection_origin"), ("location_type", "location_type")):
        if values.get(name) and values[name] not in closed_lists.codes(listed):
            raise Refused(_("Choose one of the list."), field=name)
    if values.get("detected_at") and values["detected_at"] > timezone.now():
        raise Refused(_("The detection cannot lie in the future."), field="detected_at")
    return values


def _route(legs: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    if len(legs) > MOST_LEGS:
        raise Refused(_("At most {most} legs fit a route.").format(most=MOST_LEGS), field="route")
    found = []
    for leg in legs:
        country = leg.get("country", "").upper()
        if country not in countries.codes():
            raise Refused(_("This is no code of a country: {code}").format(code=country[:8]), field="route")
        found.append(
            {
                "role": RouteRole(leg["role"]).value,
                "country": country,
                "place": leg.get("place", "").upper()[:5],
                "basis": RouteBasis(leg.get("basis", "declared")).value,
            }
        )
    return found


def _state(case: Case) -> dict[str, object]:
    state: dict[str, object] = {name: getattr(case, name) for name in EDITABLE}
    return {**state, "number": case.number, "state": case.state, "status": case.status}
