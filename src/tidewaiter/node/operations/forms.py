"""The forms of joint operations."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.node.accounts.forms import OfficeField
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.operations import policies
from tidewaiter.node.operations.lanes import LanePlan
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.services import PlanEntry
from tidewaiter.node.operations.services.sending import others
from tidewaiter.node.partners.models import Peer
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import offices, regions, units
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES

LANES = 3
"""Lanes that the form offers; more are planned by amending."""

_LANGUAGES = (
    ("en", _("in English")),
    ("zh-Hant", _("in Traditional Chinese")),
    ("zh-Hans", _("in Simplified Chinese")),
    ("pt", _("in Portuguese")),
)


def _key(prefix: str, language: str) -> str:
    return f"{prefix}_{language.lower().replace('-', '_')}"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _time(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def _regions() -> list[tuple[str, str]]:
    return [(code, regions.name(code, tag())) for code in regions.codes()]


def _modes() -> list[tuple[str, str]]:
    return [(str(mode), units.mode_name(mode, tag())) for mode in (1, 2, 3, 4, 5, 8)]


def _categories() -> list[tuple[str, str]]:
    return [(code, one.names[tag()]) for code, one in PRODUCT_CATEGORIES.items() if one.hs]


class PlanForm(forms.Form):
    """A plan. Names and objective in four languages; up to three lanes, each with at least one limit."""

    code = forms.RegexField(
        label=_("Code"), regex=r"^[A-Za-z0-9][A-Za-z0-9-]{2,40}$", help_text=_("Such as SLACK-WATER-3-2026.")
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    cut_off = _time(_("Cut-off hour of the daily report"), initial="18:00")
    capacity_percent = forms.IntegerField(
        label=_("Share of controls set aside, per cent"), min_value=0, max_value=100, initial=20
    )
    participants = forms.MultipleChoiceField(label=_("Who takes part"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, operation: Operation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.operation = operation
        peers = [(one.administration, one.name) for one in Peer.objects.all()]
        self.fields["participants"].choices = peers  # type: ignore[attr-defined]
        for language, words in _LANGUAGES:
            self.fields[_key("name", language)] = forms.CharField(
                label=_join(pgettext_lazy("operation", "Name"), words), max_length=120, required=language == "en"
            )
        for language, words in _LANGUAGES:
            self.fields[_key("objective", language)] = forms.CharField(
                label=_join(_("Objective"), words),
                max_length=2000,
                required=language == "en",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for number in range(1, LANES + 1):
            self._add_lane(number)
        if operation is not None:
            self.fields["code"].disabled = True
            self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=500)

    def _add_lane(self, number: int) -> None:
        self.fields[f"lane{number}_name"] = forms.CharField(label=_("Name of the lane"), max_length=120, required=False)
        self.fields[f"lane{number}_name_zh"] = forms.CharField(
            label=_("Name of the lane in Chinese"), max_length=120, required=False
        )
        choices: tuple[tuple[str, Any, Any], ...] = (
            ("regions", _("Destinations"), _regions),
            ("modes", _("Modes of transport"), _modes),
            ("categories", _("Product categories"), _categories),
        )
        for name, label, offered in choices:
            field = forms.MultipleChoiceField(
                label=label, required=False, choices=offered, widget=forms.SelectMultiple(attrs={"size": 6})
            )
            self.fields[f"lane{number}_{name}"] = field
        self.fields[f"lane{number}_courier"] = forms.BooleanField(label=_("Express couriers only"), required=False)
        self.fields[f"lane{number}_points"] = forms.CharField(
            label=_("Control points"), required=False, help_text=_("Codes of offices, with commas between them.")
        )

    @property
    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields in groups, each under its title."""
        plain = [name for name in self.fields if not name.startswith("lane")]
        yield str(_("The plan")), [self[name] for name in plain]
        for number in range(1, LANES + 1):
            title = str(_("Focus lane %(number)s") % {"number": number})
            yield title, [self[name] for name in self.fields if name.startswith(f"lane{number}_")]

    @property
    def entry(self) -> PlanEntry:
        """What was entered."""
        held = self.cleaned_data
        texts = {
            prefix: {
                language: held[_key(prefix, language)] for language, _w in _LANGUAGES if held[_key(prefix, language)]
            }
            for prefix in ("name", "objective")
        }
        return PlanEntry(
            code=self.operation.code if self.operation else held["code"],
            names=texts["name"],
            objective=texts["objective"],
            starts_on=held["starts_on"],
            ends_on=held["ends_on"],
            participants=held["participants"],
            lanes=[lane for number in range(1, LANES + 1) if (lane := self._lane(number)) is not None],
            cut_off=held["cut_off"],
            capacity_percent=held["capacity_percent"],
        )

    def _lane(self, number: int) -> LanePlan | None:
        held = {name: self.cleaned_data[f"lane{number}_{name}"] for name in ("name", "name_zh", "regions", "modes")}
        if not held["name"]:
            return None
        points = self.cleaned_data[f"lane{number}_points"]
        names = {"en": held["name"]}
        if held["name_zh"]:
            names["zh-Hant"] = held["name_zh"]
        return LanePlan(
            code=f"L{number}",
            names=names,
            regions=held["regions"],
            modes=[int(mode) for mode in held["modes"]],
            courier=True if self.cleaned_data[f"lane{number}_courier"] else None,
            categories=self.cleaned_data[f"lane{number}_categories"],
            control_points=[code.strip() for code in points.split(",") if code.strip()],
        )


def _joined(first: Any, second: Any) -> str:
    return f"{first} ({second})"


_join = lazy(_joined, str)


def initial_of(operation: Operation) -> dict[str, Any]:
    """A plan as its form shows it, for amending."""
    found: dict[str, Any] = {
        "code": operation.code,
        "starts_on": operation.starts_on,
        "ends_on": operation.ends_on,
        "cut_off": operation.cut_off,
        "capacity_percent": operation.capacity_percent,
        "participants": [one.administration for one in operation.parties.all()],
    }
    for language, _words in _LANGUAGES:
        found[_key("name", language)] = operation.names.get(language, "")
        found[_key("objective", language)] = operation.objective.get(language, "")
    for lane in list(operation.lanes.all())[:LANES]:
        prefix = f"lane{lane.number}_"
        found[prefix + "name"], found[prefix + "name_zh"] = lane.names.get("en", ""), lane.names.get("zh-Hant", "")
        found[prefix + "regions"], found[prefix + "modes"] = lane.regions, [str(mode) for mode in lane.modes]
        found[prefix + "categories"], found[prefix + "courier"] = lane.categories, bool(lane.courier)
        found[prefix + "points"] = ", ".join(lane.control_points)
    return found


class WordsForm(forms.Form):
    """A deed with words that may be left out."""

    words = forms.CharField(
        label=_("Remark"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(forms.Form):
    """A deed with words that must be there."""

    words = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class DayForm(WordsForm):
    """A report of a day."""

    day = _day(_("Day"))
    field_order = ("office", "day", "words")


class OfficeDayForm(DayForm):
    """A report of an office's day."""

    office = OfficeField(label=_("Office"), queryset=Office.objects.none())

    def __init__(self, actor: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Office.objects.filter(pk__in=policies.offices.offices(actor, "report"))
        self.fields["office"].queryset = found  # type: ignore[attr-defined]


class TaskForm(forms.Form):
    """A task of an office: one's own, or one of a neighbour that takes part, to which it is proposed."""

    office = forms.ChoiceField(label=_("Office"))
    title = forms.CharField(label=_("Task"), max_length=200)
    instructions = forms.CharField(label=_("Instructions"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    lanes = forms.MultipleChoiceField(label=_("Focus lanes"), required=False, widget=forms.CheckboxSelectMultiple)
    controls_a_day = forms.IntegerField(label=_("Controls a day"), min_value=0, max_value=100_000, required=False)
    report_by = _time(_("Daily report by"), required=False)

    def __init__(self, actor: Person, operation: Operation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {one.pk: one for one in Office.objects.filter(pk__in=policies.offices.offices(actor, "task"))}
        choices: list[tuple[str, Any]] = [("", "")]
        choices += [(code, "\u2003" * one.depth + one.name) for code, one in self.own.items()]
        if policies.operations.may(actor, "propose", operation):
            choices += [(_named(code), _offices_of(code)) for code in others(operation)]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]
        lanes = [(lane.code, f"{lane.code} {lane.name}") for lane in operation.lanes.all()]
        self.fields["lanes"].choices = lanes  # type: ignore[attr-defined]

    @property
    def own_office(self) -> Office | None:
        """The office, where it is one's own; None for a neighbour's."""
        return self.own.get(self.cleaned_data["office"])


def _named(administration: str) -> str:
    return Office(code=administration).name


def _offices_of(administration: str) -> list[tuple[str, str]]:
    return [(one.code, one.names[tag()]) for one in offices.offices() if one.administration == administration]
