"""The forms of tips and of the roster."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tidewaiter.exchange.objects import Caveat, Outcome, RecallReason
from tidewaiter.node.accounts.forms import OfficeField
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.models.offices import TAGS
from tidewaiter.node.intelligence.models import EscalationStep, Tip
from tidewaiter.node.partners.models import Peer
from tidewaiter.refdata import offices as refdata

REFERENCES = ("plate", "container", "house_bill", "air_waybill", "postal_item")
"""The fields by which goods or their conveyance are found; each is a kind of reference."""
_FORMAT = "%Y-%m-%dT%H:%M"
CAVEATS = [(one.value, one.value.upper().replace("_", "-")) for one in Caveat]
"""Caveats are codes and never translated."""
OUTCOMES = (
    (Outcome.FIND.value, _("Find")),
    (Outcome.NO_FIND.value, _("No find")),
    (Outcome.NOT_INSPECTABLE.value, _("It could not be inspected")),
    (Outcome.NOT_MET.value, _("It did not turn up")),
    (Outcome.TOO_LATE.value, _("The tip came too late")),
    (Outcome.NOT_ACTED.value, _("Nothing was done")),
)
REASONS = (
    (RecallReason.ERROR.value, _("It was wrong")),
    (RecallReason.SENT_BY_MISTAKE.value, _("It was sent by mistake")),
    (RecallReason.SOURCE_AT_RISK.value, _("The source is at risk")),
    (RecallReason.LEGAL.value, _("Legal reasons")),
    (RecallReason.SUPERSEDED.value, _("Another one takes its place")),
)


class Moment(forms.DateTimeField):
    """A moment in the zone of the office, by the browser's own control."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT)
        super().__init__(widget=widget, input_formats=[_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kwargs)


class TipForm(forms.Form):
    """What one neighbour will receive."""

    title = forms.CharField(label=_("In one line"), max_length=200)
    what = forms.CharField(
        label=_("What is known"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    plate = forms.CharField(label=_("Plate"), max_length=60, required=False)
    container = forms.CharField(label=_("Container"), max_length=60, required=False)
    house_bill = forms.CharField(label=_("House bill"), max_length=60, required=False)
    air_waybill = forms.CharField(label=_("Air waybill"), max_length=60, required=False)
    postal_item = forms.CharField(label=_("Postal item (S10)"), max_length=60, required=False)
    where_office = forms.ChoiceField(label=_("Office or control point of the receiver"), required=False)
    where_words = forms.CharField(label=_("Where, in words"), max_length=200, required=False)
    expected_from = Moment(label=_("Expected from"), required=False)
    expected_until = Moment(label=_("Expected until"), required=False)
    brands = forms.CharField(
        label=_("Brands"), max_length=200, required=False, help_text=_("Several are parted by commas.")
    )
    asked = forms.ChoiceField(label=_("What is asked"), choices=Tip.Asked.choices, widget=forms.RadioSelect)
    answer_by = Moment(label=_("Answer by"), required=False)
    tlp = forms.ChoiceField(label=_("Handling marking"), choices=Tip.Tlp.choices)
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"), choices=CAVEATS, required=False, widget=forms.CheckboxSelectMultiple
    )
    expires_at = Moment(label=_("Expires"), help_text=_("After this nobody uses it any more."))
    nominal = forms.BooleanField(label=_("It names a person"), required=False)

    def __init__(self, peers: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where_office"].choices = [("", _("Not known"))] + [  # type: ignore[attr-defined]
            (name_of_peer(code), [(o.code, _named(o)) for o in refdata.offices() if _is_point(o, code)])
            for code in peers
        ]

    @property
    def wishes(self) -> dict[str, Any]:
        """The fields of a tip."""
        given = dict(self.cleaned_data)
        kinds = [{"kind": kind, "value": value} for kind in REFERENCES if (value := given.pop(kind).strip())]
        brands = [word for part in given.pop("brands").split(",") if (word := part.strip())]
        given.pop("peers", None)
        mode = {"plate": 3, "air_waybill": 4, "postal_item": 5}.get(kinds[0]["kind"]) if kinds else None
        return {**given, "references": kinds, "brands": brands, "mode": mode}


class NewTipForm(TipForm):
    """The same, with the neighbours to whom it goes: each gets an object of its own."""

    peers = forms.ModelMultipleChoiceField(
        label=_("To"),
        queryset=Peer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each receives an object of its own. You can change each before it is sent."),
    )
    field_order = ("peers",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        peers = list(Peer.objects.all())
        super().__init__([peer.pk for peer in peers], *args, **kwargs)
        field: Any = self.fields["peers"]
        field.queryset = Peer.objects.all()
        field.label_from_instance = lambda peer: peer.name


def first_values() -> dict[str, Any]:
    """What a new tip proposes."""
    return {
        "asked": Tip.Asked.CONTROL,
        "tlp": Tip.Tlp.AMBER_STRICT,
        "expires_at": timezone.localtime() + timedelta(hours=12),
    }


def values_of(tip: Tip) -> dict[str, Any]:
    """A draft as its form shows it."""
    names = ("title", "what", "where_office", "where_words", "expected_from", "expected_until", "asked", "answer_by")
    found = {name: getattr(tip, name) for name in (*names, "tlp", "caveats", "expires_at", "nominal")}
    return {**found, "brands": ", ".join(tip.brands), **{one["kind"]: one["value"] for one in tip.references}}


def name_of_peer(code: str) -> str:
    """The administration in the language of the page."""
    office = refdata.find(code)
    return code if office is None else _named(office)


def _named(office: refdata.Office) -> str:
    tag = TAGS.get(get_language() or "en", "en")
    return office.names.get(tag) or office.names["en"]


def _is_point(office: refdata.Office, administration: str) -> bool:
    return office.administration == administration and office.location_type is not None


class PassForm(forms.Form):
    """To which desk a tip goes on."""

    office = OfficeField(label=_("Office or control point"), queryset=Office.objects.none())
    words = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.all()  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What came of a tip."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=OUTCOMES, widget=forms.RadioSelect)
    items = forms.IntegerField(label=_("Items found"), min_value=1, max_value=10**9, required=False)
    reference = forms.CharField(label=_("Our reference"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What the sender may know"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
    credit = forms.BooleanField(label=_("Name the sender as where the lead came from"), required=False, initial=True)


class RecallForm(forms.Form):
    """Why a tip is taken back."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In words, for the receiver"), max_length=500)


class ShiftForm(forms.Form):
    """Who is on duty where and when."""

    office = OfficeField(label=_("Desk of"), queryset=Office.objects.none())
    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    starts_at = Moment(label=_("From"))
    ends_at = Moment(label=_("Until"))

    def __init__(self, offices: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = list(offices)
        self.fields["office"].queryset = Office.objects.filter(pk__in=reached)  # type: ignore[attr-defined]
        person: Any = self.fields["person"]
        # Names of people of other offices are not for who keeps the roster of one.
        held = RoleGrant.objects.not_over(timezone.now()).filter(office__in=reached).values("person")
        found = Person.objects.filter(Q(office__in=reached) | Q(pk__in=held), is_active=True)
        person.queryset = found.select_related("office").order_by("username")
        person.label_from_instance = lambda one: f"{one.name} ({one.office.name})"


class TimesForm(forms.Form):
    """After how many minutes an unacknowledged tip reaches whom."""

    queue = forms.IntegerField(label=EscalationStep.Target.QUEUE.label, min_value=0, max_value=1440)
    duty_officer = forms.IntegerField(label=EscalationStep.Target.DUTY_OFFICER.label, min_value=0, max_value=1440)
    coordinator = forms.IntegerField(label=EscalationStep.Target.COORDINATOR.label, min_value=0, max_value=1440)
    sender = forms.IntegerField(label=EscalationStep.Target.SENDER.label, min_value=0, max_value=1440)
