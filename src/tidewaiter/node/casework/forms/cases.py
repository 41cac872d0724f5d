"""The forms of a case: itself, lines, values, facts, disposals, persons, and words of reason."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.domain.vocabulary import ReferenceType, RouteRole
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.casework import policies, words
from tidewaiter.node.casework.forms.fields import Choice, Day, Moment, Number, RightChoice, money
from tidewaiter.node.casework.models import Case, SeizureLine
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import units


class CaseForm(forms.Form):
    """What is known of a case as a whole."""

    title = forms.CharField(
        label=_("In one line"), max_length=200, help_text=_("Goods and how they were found; no names.")
    )
    detected_at = Moment(label=_("Detected"))
    location_type = Choice(lambda: words.listed("location_type"), label=_("Place of detection"), empty=True)
    regime = Choice(lambda: words.told(words.REGIMES), label=_("Regime"), empty=True)
    mode = Choice(
        lambda: [(str(mode), units.mode_name(mode, tag())) for mode in sorted(units.modes()) if mode],
        label=_("Mode of transport"),
        empty=True,
    )
    courier = forms.BooleanField(required=False, label=_("Carried by an express courier"))
    origin = Choice(lambda: words.listed("selection_origin"), label=_("What led to it"), empty=True)
    declared_as = forms.CharField(required=False, max_length=300, label=_("Declared as"))
    concealment = forms.MultipleChoiceField(
        required=False,
        label=_("Concealment"),
        choices=lambda: words.listed("concealment"),
        widget=forms.CheckboxSelectMultiple,
    )
    route = forms.CharField(
        required=False,
        max_length=600,
        label=_("Route"),
        help_text=_(
            "One leg a line: country and place, such as CN NSA. The first is the origin, the last the destination."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    references = forms.CharField(
        required=False,
        max_length=1500,
        label=_("References"),
        help_text=_("One a line: house bill, declaration, container, plate."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    arrests = forms.IntegerField(
        min_value=0,
        max_value=1000,
        initial=0,
        label=_("Persons arrested"),
        help_text=_("A count. Names stand in the restricted part."),
    )

    tlp = Choice(
        lambda: list(words.HANDLING),
        label=_("Handling marking"),
        initial="amber",
        help_text=_("Who may read it beyond this office. What leaves the node is released by itself."),
    )

    def clean_route(self) -> list[dict[str, str]]:
        """Legs in order; those between the first and the last are transits."""
        lines = [line.replace(",", " ").split() for line in self.cleaned_data["route"].splitlines() if line.strip()]
        last = len(lines) - 1
        legs = []
        for number, parts in enumerate(lines):
            role = (
                RouteRole.TRANSIT if 0 < number < last else RouteRole.ORIGIN if number == 0 else RouteRole.DESTINATION
            )
            place = "".join(parts[1:])
            country = parts[0].upper()
            legs.append({"role": role.value, "country": country, "place": f"{country}{place}"[:5] if place else ""})
        return legs

    def clean_references(self) -> list[dict[str, str]]:
        """References as typed; a known one keeps its type."""
        known = {one["value"]: one["type"] for one in self.initial.get("known", ())}
        typed = [" ".join(line.split()) for line in self.cleaned_data["references"].splitlines()]
        return [{"type": known.get(value, ReferenceType.OTHER.value), "value": value} for value in typed if value]

    @classmethod
    def known(cls, case: Case) -> dict[str, Any]:
        """The first values of a case that is there."""
        plain = {name: getattr(case, name) for name in cls.base_fields if name not in {"route", "references"}}
        legs = [f"{leg['country']} {leg.get('place', '')[2:]}".strip() for leg in case.route]
        return {
            **plain,
            "route": "\n".join(legs),
            "references": "\n".join(one["value"] for one in case.references),
            "known": case.references,
        }


class NewCaseForm(CaseForm):
    """A case that no control on this node opened, such as one after a shop was searched."""

    office = forms.ModelChoiceField(queryset=Office.objects.none(), label=_("Office"), empty_label=None)
    field_order = ("office", "title")

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = policies.cases.offices(person, "open")
        self.fields["office"].queryset = Office.objects.filter(pk__in=codes).order_by("path")  # type: ignore[attr-defined]
        if not self.is_bound:
            self.initial = {"office": person.office_id, "detected_at": timezone.now(), **self.initial}


class LineForm(forms.Form):
    """A seizure line."""

    category = Choice(words.categories, label=_("Product category"))
    description = forms.CharField(max_length=300, label=_("Goods"))
    brand = forms.CharField(required=False, max_length=120, label=_("Brand"))
    right = RightChoice()
    right_type = Choice(lambda: words.listed("right_type"), label=_("Right type"))
    infringement = Choice(lambda: words.listed("infringement_type"), label=_("Infringement type"))
    quantity = Number(label=_("Quantity"))
    unit = Choice(words.units_of_count, label=_("Unit"))
    packages = forms.IntegerField(required=False, min_value=0, max_value=10_000_000, label=_("Packages"))
    package_type = Choice(words.packages, label=_("Kind of package"), empty=True)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].of(person)  # type: ignore[attr-defined]

    @classmethod
    def known(cls, line: SeizureLine) -> dict[str, Any]:
        """The first values of a line that is there."""
        values = {name: getattr(line, name) for name in cls.base_fields if name != "quantity"}
        return {**values, "quantity": line.how_much.number}


class ValueForm(forms.Form):
    """A value on one basis. Nothing is converted."""

    basis = Choice(lambda: words.listed("value_basis"), label=_("Basis"))
    currency = Choice(money, label=_("Currency"))
    amount = Number(label=_("Amount"), max_digits=18, decimal_places=2)
    method = forms.CharField(
        max_length=200, label=_("How it was found"), help_text=_("Such as the shop price of the genuine article.")
    )
    valued_on = Day(label=_("Day of the price"))


class EventForm(forms.Form):
    """A fact on which clocks depend."""

    kind = Choice(lambda: words.told(words.EVENTS), label=pgettext_lazy("fact", "What happened"))
    day = Day(label=_("On which day"))
    proof = forms.CharField(
        required=False,
        max_length=200,
        label=_("Proof"),
        help_text=_("Such as the number of the delivery record. A notice counts as served only with its proof."),
    )
    note = forms.CharField(required=False, max_length=500, label=_("Note"))


class DisposalForm(forms.Form):
    """A proposal what is done with goods."""

    line = forms.ModelChoiceField(
        queryset=SeizureLine.objects.none(),
        required=False,
        label=_("Seizure line"),
        empty_label=_("All goods of the case"),
    )
    outcome = Choice(lambda: words.listed("disposal_outcome"), label=_("What is to be done"))
    note = forms.CharField(required=False, max_length=500, label=_("Note"))

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = case.lines.filter(voided_at__isnull=True).select_related("case")
        self.fields["line"].queryset = lines  # type: ignore[attr-defined]


class CarryOutForm(forms.Form):
    """How a disposal was carried out."""

    carried_out_on = Day(label=_("Carried out on"))
    witness = forms.CharField(max_length=120, label=_("Witness"), help_text=_("Name and office of who saw it."))
    cost = Number(required=False, label=_("Cost"), max_digits=18, decimal_places=2)
    currency = Choice(money, label=_("Currency"), empty=True)


class PersonForm(forms.Form):
    """A person who was arrested."""

    name = forms.CharField(max_length=120, label=_("Name in Latin script"))
    name_han = forms.CharField(required=False, max_length=60, label=_("Name in Chinese characters"))
    document = forms.CharField(required=False, max_length=60, label=_("Kind and number of document"))
    born_on = Day(required=False, label=_("Born on"))
    arrested_on = Day(label=_("Arrested on"))
    note = forms.CharField(required=False, max_length=500, label=_("Note"))


class ReasonForm(forms.Form):
    """Why something is done; the audit keeps it."""

    reason = forms.CharField(
        required=False, max_length=300, label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed
