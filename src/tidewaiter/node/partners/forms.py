"""The forms of neighbours."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why a lane is stopped or resumed."""

    reason = forms.CharField(label=_("Reason"), max_length=500, help_text=_("It stays in the audit log for good."))
