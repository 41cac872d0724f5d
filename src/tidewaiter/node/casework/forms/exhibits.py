"""The forms of exhibits, their custody and photographs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.casework.forms.fields import Moment
from tidewaiter.node.casework.images import MOST_BYTES
from tidewaiter.node.casework.models import Case, SeizureLine


class ExhibitForm(forms.Form):
    """A new exhibit."""

    description = forms.CharField(max_length=300, label=_("What it is"))
    line = forms.ModelChoiceField(
        queryset=SeizureLine.objects.none(), required=False, label=_("Seizure line"), empty_label="–"
    )
    place = forms.CharField(max_length=120, label=_("Where it is kept"))
    seal_number = forms.CharField(required=False, max_length=40, label=_("Seal number"))
    at = Moment(required=False, label=_("Collected"), help_text=_("Empty: now."))

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = case.lines.filter(voided_at__isnull=True).select_related("case")
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]


class CustodyForm(forms.Form):
    """A step of custody."""

    place = forms.CharField(max_length=120, label=_("Where it is then"))
    seal_number = forms.CharField(required=False, max_length=40, label=_("Number of the new seal"))
    at = Moment(required=False, label=_("When"), help_text=_("Empty: now."))
    reason = forms.CharField(required=False, max_length=300, label=_("Reason"))

    def __init__(self, *args: Any, sealing: bool = False, reason_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = reason_needed
        self.fields["seal_number"].required = sealing
        if not sealing:
            del self.fields["seal_number"]


class PhotographForm(forms.Form):
    """A photograph sent from a desk."""

    photograph = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, up to {most} MB. The original is sealed; others see a copy without location."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    caption = forms.CharField(required=False, max_length=200, label=_("Caption"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photograph"].help_text = str(self.fields["photograph"].help_text).format(
            most=MOST_BYTES // 1_000_000
        )
