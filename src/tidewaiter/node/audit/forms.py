"""The filters of the audit log, and the part of the chain to check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.audit import verbs
from tidewaiter.node.audit.queries import ADMINISTRATOR, AUDITOR, AuditRowQuerySet, Reader
from tidewaiter.node.audit.words import offices

MOST_CHECKED = 20_000
"""Rows of the chain that one page recomputes: about a second."""


class FilterForm(forms.Form):
    """Which rows the page shows; only offices that the reader reaches are offered."""

    person = forms.CharField(label=_("Username"), max_length=64, required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    object = forms.CharField(label=_("On what"), max_length=120, required=False)
    office = forms.ChoiceField(label=_("Office and all below"), required=False)
    first = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, reader: Reader, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(verb.code, verb.tell(actor="…", obj="…", office="…")) for verb in verbs.all_verbs()]
        named = sorted(offices().names(reader.reach(AUDITOR, ADMINISTRATOR)).items())
        self.fields["verb"].choices = [("", _("Everything")), *told]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", _("All")), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return found

    def narrow(self, rows: AuditRowQuerySet) -> AuditRowQuerySet:
        """Give those of ``rows`` that the filters ask for; all of them where a filter is wrong and says so."""
        if not self.is_valid():
            return rows
        wanted = self.cleaned_data
        if wanted["person"]:
            rows = rows.done_by(wanted["person"])
        if wanted["verb"]:
            rows = rows.filter(verb=wanted["verb"])
        if wanted["object"]:
            rows = rows.on(wanted["object"].strip())
        if wanted["office"]:
            rows = rows.filter(office__in=offices().below(wanted["office"]))
        return rows.between(wanted["first"], wanted["last"])


class CheckForm(forms.Form):
    """A part of the chain."""

    first = forms.IntegerField(label=_("From place"), min_value=1)
    last = forms.IntegerField(label=_("To place"), min_value=1)

    def __init__(self, end: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.end = end

    def clean(self) -> dict[str, Any]:
        """Places of the chain, in order, and not too many at once."""
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first is None or last is None:
            return found
        if not first <= last <= self.end:
            raise forms.ValidationError(_("The chain has the places 1 to %(end)s."), params={"end": self.end})
        if last - first >= MOST_CHECKED:
            raise forms.ValidationError(_("Check at most %(most)s places at once."), params={"most": MOST_CHECKED})
        return found
