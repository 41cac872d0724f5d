"""The forms of the register of rights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.domain.seizure import RightType
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.rights import policies
from tidewaiter.node.rights.models import Right, RightHolder
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import closed_lists

_LAST_CLASS = 45


def kinds() -> list[tuple[str, str]]:
    """The right types in the language of the page."""
    return [(kind.value, closed_lists.name("right_type", kind.value, tag())) for kind in RightType]


class _Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], required=False, **kwargs)


class _Kept(forms.Form):
    """What an office keeps; the office is chosen once, when the entry is added."""

    def __init__(self, person: Person, *args: Any, adding: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if adding:
            codes = policies.rights.offices(person, "add")
            offices = Office.objects.filter(pk__in=codes).order_by("path")
            self.fields["office"] = forms.ModelChoiceField(
                queryset=offices, label=_("Kept by"), initial=person.office_id, empty_label=None
            )


class HolderForm(_Kept):
    """A right holder."""

    name = forms.CharField(label=pgettext_lazy("firm", "Name"), max_length=200)
    name_han = forms.CharField(
        label=pgettext_lazy("firm", "Name in Chinese characters"), max_length=100, required=False
    )
    contact_name = forms.CharField(label=_("Whom to call"), max_length=120, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)


class RightForm(_Kept):
    """A right."""

    holder = forms.ModelChoiceField(queryset=RightHolder.objects.none(), label=_("Right holder"))
    mark = forms.CharField(label=_("Mark"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of right"), choices=kinds)
    recordal_number = forms.CharField(
        label=_("Recordal number"), max_length=60, required=False, help_text=_("Empty where there is no register.")
    )
    classes = forms.CharField(
        label=_("Classes"), max_length=200, required=False, help_text=_("Nice classes from 1 to 45, such as 18, 25.")
    )
    products = forms.CharField(label=_("Products"), max_length=500, required=False)
    valid_from = _Day(label=_("Valid from"))
    valid_until = _Day(label=_("Valid until"))
    look_at = forms.CharField(
        label=_("What to look at"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What tells a genuine article from a copy."),
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(person, *args, **kwargs)
        self.fields["holder"].queryset = RightHolder.objects.visible_to(person)  # type: ignore[attr-defined]

    def clean_classes(self) -> list[int]:
        """Numbers from 1 to 45, each once, in order."""
        parts = self.cleaned_data["classes"].replace(",", " ").replace("、", " ").split()
        if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= _LAST_CLASS for part in parts):
            raise forms.ValidationError(_("Classes are numbers from 1 to 45."))
        return sorted({int(part) for part in parts})

    @classmethod
    def known(cls, right: Right) -> dict[str, Any]:
        """The first values of a right that is there."""
        values = {name: getattr(right, name) for name in cls.base_fields if name != "classes"}
        return {**values, "classes": ", ".join(str(number) for number in right.classes)}


class FilterForm(forms.Form):
    """Which rights."""

    q = forms.CharField(label=_("Mark, holder, number or product"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind of right"), choices=lambda: [("", "–"), *kinds()], required=False)
