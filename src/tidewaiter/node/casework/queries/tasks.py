"""What an officer has to control: the lines of the queue that are taken or sent for control, and those that wait."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from tidewaiter.node.rights.models import Right
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.ui.languages import tag

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import Person

MOST = 60
_SUBJECTS = {"plate": "vehicle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the queue as a phone needs it, without names of parties."""

    id: str
    label: str
    office: str
    state: str
    mine: bool
    due: str
    why: str
    kind: str
    subject: str
    references: list[dict[str, str]]
    tip: str
    category: str
    goods: str
    message_id: str
    consignment_id: str
    run_id: str
    right: str
    mark: str

    def as_data(self) -> dict[str, Any]:
        """It as JSON keeps it."""
        return asdict(self)

    def first_values(self) -> dict[str, Any]:
        """What a form of its control has chosen before."""
        return {
            "selection_id": self.id,
            "message_id": self.message_id,
            "consignment_id": self.consignment_id,
            "run_id": self.run_id,
            "office": self.office,
            "subject": self.subject,
            "subject_label": self.label,
            "references": json.dumps(self.references),
            "kind": self.kind,
            "category": self.category,
            "mark": self.mark,
            "right": self.right,
            "finding": "find" if self.tip else "no_find",
        }


def tasks(person: Person) -> list[Task]:
    """What waits for ``person``: what they have taken first, then what waits in their offices; ``MOST`` at most."""
    own = Case(
        When(taken_by=person, then=Value(0)),
        When(state="for_control", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = SelectedConsignment.objects.visible_to(person).open().filter(office__in=person.reach("officer"))
    rows = found.annotate(place=own).order_by("place", "-priority", "due_at", "id")[:MOST]
    marks = _marks(person)
    return [_task(row, person, marks) for row in rows]


def task(person: Person, pk: UUID) -> Task | None:
    """One line of the queue as a task; None where there is none that the person sees."""
    row = SelectedConsignment.objects.visible_to(person).filter(pk=pk).first()
    return None if row is None else _task(row, person, _marks(person))


def _marks(person: Person) -> dict[str, tuple[str, str]]:
    """Rights in force by their mark, folded, as (id, mark)."""
    rights = Right.objects.visible_to(person).in_force(timezone.localdate()).values_list("pk", "mark")[:2000]
    return {mark.casefold(): (str(pk), mark) for pk, mark in rights}


def _task(row: SelectedConsignment, person: Person, marks: dict[str, tuple[str, str]]) -> Task:
    reasons = row.reasons or []
    texts = reasons[0].get("texts", {}) if reasons else {}
    why = str(texts.get(tag()) or texts.get("zh-Hant" if tag() == "zh-Hant-MO" else "en") or texts.get("en", ""))
    told = " ".join(str(one.get("mark", "")) for one in reasons).casefold()
    right, mark = next(
        (found for folded, found in marks.items() if folded in told or folded in why.casefold()), ("", "")
    )
    return Task(
        id=str(row.pk),
        label=row.reference,
        office=row.office_id,
        state=row.state,
        mine=row.taken_by_id == person.pk,
        due=row.due_at.isoformat() if row.due_at else "",
        why=why,
        kind=row.control_channel or row.channel or "physical",
        subject=_SUBJECTS.get(row.reference_type, "consignment"),
        references=[{"type": str(kind), "value": str(value)} for kind, value in row.references][:20],
        tip=row.tip,
        category=row.category,
        goods=row.goods,
        message_id=row.message_id,
        consignment_id=row.consignment_id,
        run_id="" if row.run_id is None else str(row.run_id),
        right=right,
        mark=mark,
    )
