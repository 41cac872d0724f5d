"""Forms of targeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.targeting import policies, words
from tidewaiter.node.targeting.models import CriteriaFile, SelectedConsignment
from tidewaiter.refdata import closed_lists


class ManyFilesInput(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Several files; gives a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file must be one."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFiles, self).clean(one, initial) for one in given]


class _ForOffice(forms.Form):
    """A form that asks for an office, where the person may act for several."""

    action = "start"
    policy = policies.runs

    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"), empty_label=None)

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        reached = self.policy.offices(actor, self.action)
        field.queryset = Office.objects.filter(pk__in=reached)  # type: ignore[attr-defined]
        field.initial = actor.office_id if actor.office_id in reached else next(iter(sorted(reached, key=len)), None)


class StartForm(_ForOffice):
    """Files for a run."""

    files = ManyFiles(  # type: ignore[assignment]
        label=_("Files"),
        help_text=_("CSV, Parquet, JSON Lines or WCO XML; also compressed or as a tar archive. At most 256 MB each."),
    )
    capacity = forms.IntegerField(
        label=_("Controls an office can make a day"),
        help_text=_("Counts where the node holds no capacity file."),
        min_value=0,
        max_value=10_000,
        initial=20,
    )

    field_order = ("files", "office", "capacity")


class MendedFileForm(forms.Form):
    """A mended file."""

    files = ManyFiles(label=_("Mended file"))  # type: ignore[assignment]


class CriteriaForm(_ForOffice):
    """A new version of criteria."""

    action = "change_criteria"

    kind = forms.ChoiceField(label=_("What the file holds"), choices=CriteriaFile.Kind.choices)
    file = forms.FileField(label=_("File"))
    remark = forms.CharField(label=_("What changed"), max_length=300, required=False)

    field_order = ("kind", "file", "office", "remark")


class ReleaseForm(forms.Form):
    """Why goods go without a control."""

    reason = forms.CharField(
        label=_("Why it can go"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )


class ReasonForm(ReleaseForm):
    """Why a line comes back."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), strip=True)


class AssignForm(forms.Form):
    """To whom a line is given."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("Officer"))

    def __init__(self, line: SelectedConsignment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        working = [person.pk for person in Person.objects.working_at(Role.OFFICER, line.office_id)]
        self.fields["to"].queryset = Person.objects.filter(pk__in=working)  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """Which control, and where."""

    channel = forms.ChoiceField(label=_("Kind of control"))
    place = forms.CharField(label=_("Bay or place"), max_length=100, required=False)

    def __init__(self, line: SelectedConsignment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        field.choices = [(code, words.channel(code)) for code in closed_lists.codes("control_channel")]  # type: ignore[attr-defined]
        field.initial = line.channel or "physical"


class SaveViewForm(forms.Form):
    """A name for a view."""

    name = forms.CharField(label=_("Name of the view"), max_length=60)
    shared = forms.BooleanField(label=_("Show it to my office too"), required=False)


class FindForm(forms.Form):
    """A reference to look up."""

    reference = forms.CharField(
        label=_("Reference"),
        help_text=_("House bill, container, plate, postal item, declaration or telephone number, as it stands."),
        max_length=100,
        strip=True,
    )
