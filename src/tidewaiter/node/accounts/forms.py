"""The forms of accounts."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.node.accounts import passwords, policies
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.roles import Language, Role, Theme
from tidewaiter.refdata.languages import LANGUAGES


class PasswordField(forms.CharField):
    """A password, exactly as typed; a page never shows it again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=passwords.LONGEST, strip=False, widget=forms.PasswordInput, **kwargs)


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of offices, each set in by its depth in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, after an em space for each office above."""
        return "\u2003" * int(obj.depth) + str(obj.name)


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(label=_("Username"), max_length=200)
    password = PasswordField(label=_("Password"))


class PasswordForm(forms.Form):
    """A change of one's own password."""

    old = PasswordField(label=_("Present password"))
    new = PasswordField(
        label=_("New password"),
        help_text=_("At least 12 characters. Several words that do not belong together are strong and easy to keep."),
    )
    again = PasswordField(label=_("New password once more"))

    def clean_again(self) -> str:
        """The same as the new one."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("The two new passwords differ."))
        return again


class PreferencesForm(forms.Form):
    """A person's own settings."""

    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, widget=forms.RadioSelect)
    shortcuts = forms.BooleanField(label=_("Keyboard shortcuts"), required=False)


class PersonForm(forms.Form):
    """What an administrator enters about a person. The offices offered are those that the administrator reaches."""

    username = forms.CharField(
        label=_("Username"),
        max_length=64,
        help_text=_("Letters, digits, dots, hyphens, underscores. It never changes."),
    )
    name_latin = forms.CharField(label=_("Name in Latin script"), max_length=120, required=False)
    name_han = forms.CharField(label=_("Name in Chinese characters"), max_length=60, required=False)
    staff_number = forms.CharField(label=_("Staff number"), max_length=40, required=False)
    office = OfficeField(label=pgettext_lazy("organisation", "Office"), queryset=Office.objects.none())
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = policies.people.offices(actor, "create")
        self.fields["office"].queryset = Office.objects.filter(pk__in=reached)  # type: ignore[attr-defined]


class EditPersonForm(PersonForm):
    """The same for a person who is there already."""

    username = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class GrantForm(forms.Form):
    """A role for a person."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    office = OfficeField(
        label=pgettext_lazy("organisation", "Office"),
        queryset=Office.objects.none(),
        help_text=_("The role reaches this office and all offices below it."),
    )
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The role ends at the end of this day. Without a day it holds until it is revoked."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = policies.people.offices(actor, "grant")
        self.fields["office"].queryset = Office.objects.filter(pk__in=reached)  # type: ignore[attr-defined]

    def clean_valid_until(self) -> Any:
        """The end of that day in the zone of the node, as an aware time."""
        day = self.cleaned_data["valid_until"]
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, time.max))


class ReasonForm(forms.Form):
    """Why something is done to an account or a role."""

    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("It stays in the audit log for good."))


class SearchForm(forms.Form):
    """Which people the list shows."""

    q = forms.CharField(label=_("Name, username or staff number"), max_length=120, required=False)
    closed = forms.BooleanField(label=_("Closed accounts too"), required=False)


class OfficeForm(forms.Form):
    """An own office and its names."""

    parent = OfficeField(label=_("Office above it"), queryset=Office.objects.none())
    code = forms.CharField(
        label=_("Code"), max_length=64, help_text=_("Capital letters, digits and single hyphens. It never changes.")
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    name_zh_hant = forms.CharField(label=_("Name in Traditional Chinese"), max_length=120, required=False)
    name_zh_hans = forms.CharField(label=_("Name in Simplified Chinese"), max_length=120, required=False)
    name_zh_hant_mo = forms.CharField(
        label=_("Name in Traditional Chinese of Macao, where it differs"), max_length=120, required=False
    )
    name_pt = forms.CharField(label=_("Name in Portuguese"), max_length=120, required=False)

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = policies.offices.offices(actor, "add")
        self.fields["parent"].queryset = Office.objects.filter(pk__in=reached)  # type: ignore[attr-defined]

    @property
    def names(self) -> dict[str, str]:
        """The names by BCP 47 tag."""
        fields = {tag: f"name_{tag.lower().replace('-', '_')}" for tag in LANGUAGES}
        return {tag: self.cleaned_data[name] for tag, name in fields.items() if name in self.cleaned_data}


class RenameOfficeForm(OfficeForm):
    """New names of an own office."""

    parent = None  # type: ignore[assignment]
    code = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
