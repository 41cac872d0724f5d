"""What search finds of casework: cases and controls. Names of arrested persons are never among it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.casework.models import Case, Control
from tidewaiter.node.search import kinds


def of_case(case: Case) -> kinds.Words:
    """The number, title, references, goods and brands of a case."""
    lines = case.lines.filter(voided_at__isnull=True).values_list("brand", "description")
    return kinds.Words(
        title=case.number,
        summary=case.title,
        text=[
            case.declared_as,
            *(one["value"] for one in case.references),
            *(text for line in lines for text in line),
        ],
        office=case.office_id,
        at=case.opened_at,
    )


def of_control(control: Control) -> kinds.Words:
    """The subject, references and mark of a control."""
    return kinds.Words(
        title=control.subject_label,
        summary=control.mark,
        text=[control.seal_number, control.note, *(one["value"] for one in control.references)],
        office=control.office_id,
        at=control.began_at,
        consignment_id=control.consignment_id,
    )


kinds.register(
    kinds.Kind(
        object_type="casework.case",
        label=_("Case"),
        icon="case",
        seen_by=frozenset(Case.objects.all().seen_by),
        describe=of_case,
        url=lambda object_id: reverse("casework:case", args=[object_id]),
    )
)
kinds.register(
    kinds.Kind(
        object_type="casework.control",
        label=_("Control"),
        icon="scan",
        seen_by=frozenset(Control.objects.all().seen_by),
        describe=of_control,
        url=lambda object_id: reverse("casework:control", args=[object_id]),
    )
)
