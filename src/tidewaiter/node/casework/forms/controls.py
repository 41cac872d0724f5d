"""The form of a control. The same form reads what a phone sends later and what a page without scripts sends at once."""

import json
import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.casework import images, policies, words
from tidewaiter.node.casework.forms.fields import Choice, Number
from tidewaiter.node.rights.models import Right

_HIDDEN = forms.HiddenInput
PICTURE = "photograph_"
"""What the names of fields for pictures begin with; what a picture shows follows."""


class ReferencesField(forms.CharField):
    """References as JSON, a list of objects with type and value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=4000, widget=_HIDDEN, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read the list; raises ValidationError for anything else."""
        try:
            found = json.loads(value) if isinstance(value, str) and value else value or []
        except ValueError as wrong:
            raise forms.ValidationError(_("The references cannot be read.")) from wrong
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise forms.ValidationError(_("The references cannot be read."))
        return [{"type": str(one.get("type", "")), "value": str(one.get("value", ""))} for one in found]

    def validate(self, value: Any) -> None:
        """A list is as good as text."""

    def run_validators(self, value: Any) -> None:
        """Lengths are looked at where references are cleaned."""


class PictureField(forms.FileField):
    """A picture that a page without scripts sends with the form: its bytes, looked at; None where there is none."""

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        """Raises ValidationError, in words for the sender, for what is no picture."""
        sent = super().clean(data, initial)
        if not sent:
            return None
        content: bytes = sent.read(images.MOST_BYTES + 1)
        try:
            images.look(content)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        return content


class ControlForm(forms.Form):
    """A control and its finding: four screens on a phone, one page elsewhere."""

    client_id = forms.UUIDField(widget=_HIDDEN)
    device_id = forms.CharField(required=False, max_length=64, widget=_HIDDEN)
    began_at = forms.DateTimeField(required=False, widget=_HIDDEN)
    recorded_at = forms.DateTimeField(required=False, widget=_HIDDEN)
    selection_id = forms.UUIDField(required=False, widget=_HIDDEN)
    message_id = forms.CharField(required=False, max_length=300, widget=_HIDDEN)
    consignment_id = forms.CharField(required=False, max_length=300, widget=_HIDDEN)
    run_id = forms.CharField(required=False, max_length=120, widget=_HIDDEN)
    operation_id = forms.UUIDField(required=False, widget=_HIDDEN)
    tip_id = forms.UUIDField(required=False, widget=_HIDDEN)
    references = ReferencesField()
    photographs_expected = forms.IntegerField(required=False, min_value=0, max_value=40, widget=_HIDDEN)

    office = forms.ModelChoiceField(queryset=Office.objects.none(), label=_("Office"), empty_label=None)
    subject = Choice(lambda: words.listed("control_subject"), label=_("What was controlled?"), widget=forms.RadioSelect)
    subject_label = forms.CharField(
        max_length=120,
        label=_("Plate, reference or place"),
        help_text=_("As written: house bill, container, plate, shop."),
    )
    kind = Choice(lambda: words.listed("control_channel"), label=_("Kind of control"), widget=forms.RadioSelect)
    extent = Choice(
        lambda: words.told(words.EXTENTS), label=_("How much of it?"), required=False, widget=forms.RadioSelect
    )
    finding = Choice(lambda: words.listed("finding"), label=_("Finding"), widget=forms.RadioSelect)
    no_find_as = Choice(
        lambda: words.told(words.NO_FIND_AS), label=_("What was it, then?"), required=False, widget=forms.RadioSelect
    )
    category = Choice(words.categories, label=_("Goods"), empty=True)
    mark = forms.CharField(required=False, max_length=120, label=_("Mark"))
    right = forms.ModelChoiceField(queryset=Right.objects.none(), required=False, widget=_HIDDEN)
    quantity = Number(required=False, label=_("How many, about?"))
    unit = Choice(words.units_of_count, label=_("Unit"), required=False, widget=forms.RadioSelect)
    seal_number = forms.CharField(required=False, max_length=40, label=_("Seal number"))
    note = forms.CharField(required=False, max_length=1000, label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in words.told(words.SHOTS):
            self.fields[f"{PICTURE}{code}"] = PictureField(required=False, label=label)
        self.fields["category"].widget.attrs["data-usual-units"] = json.dumps(words.USUAL_UNITS)
        codes = policies.controls.offices(person, "record")
        self.fields["office"].queryset = Office.objects.filter(pk__in=codes).order_by("path")  # type: ignore[attr-defined]
        self.fields["right"].queryset = Right.objects.visible_to(person)  # type: ignore[attr-defined]
        if not self.is_bound:
            first = person.office_id if person.office_id in codes else next(iter(sorted(codes)), "")
            self.initial = {"office": first, "client_id": uuid.uuid4(), **_LIKELY, **self.initial}

    def clean(self) -> dict[str, Any]:
        """A control without a time took place now; one without references bears its label."""
        found = super().clean() or self.cleaned_data
        now = timezone.now()
        found["recorded_at"] = found.get("recorded_at") or now
        found["began_at"] = found.get("began_at") or found["recorded_at"]
        found["photographs_expected"] = found.get("photographs_expected") or 0
        if not found.get("references") and found.get("subject_label"):
            kind = ReferenceType.PLATE if found.get("subject") == "vehicle" else ReferenceType.OTHER
            label = str(found["subject_label"])
            found["references"] = [{"type": kind.value, "value": label}] if len(label) <= 60 else []
        return found

    def pictures(self) -> dict[str, bytes]:
        """The pictures of a valid form by what they show; they are no part of the record itself."""
        found = {code: self.cleaned_data.pop(f"{PICTURE}{code}", None) for code in words.SHOTS}
        return {code: content for code, content in found.items() if content}


_LIKELY = {"subject": "consignment", "kind": "physical", "extent": "part", "finding": "no_find", "unit": "H87"}
"""What is chosen before where nothing better is known."""
