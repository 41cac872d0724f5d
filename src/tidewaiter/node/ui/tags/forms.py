"""Forms after GOV.UK's patterns, from Django's bound fields: label, hint, error, field, and what was typed stays."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    HiddenInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = Library()

_SELECTED = SafeString(" selected")


def target_of(bound: BoundField) -> str:
    """The id to which an error links: the field, or the first of its choices."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


@register.inclusion_tag("ui/components/errors.html")
def errors(*forms: BaseForm | None, kept: str = "") -> dict[str, Any]:
    """`{% errors form %}`: the summary over a form; every line links to its field. Nothing where nothing is wrong.

    `kept` says what was kept, where "What you entered is still here" is not the whole truth.
    """
    lines = []
    for form in forms:
        if form is None or not form.is_bound:
            continue
        lines += [("", str(message)) for message in form.non_field_errors()]
        for bound in form:
            lines += [(target_of(bound), f"{bound.label}: {message}") for message in bound.errors]
    return {"lines": lines, "kept": kept}


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, width: str = "", hint: str = "", autocomplete: str = "") -> dict[str, Any]:
    """`{% field form.seal width="short" hint=_("as printed on the seal") autocomplete="off" %}`.

    One tag for every kind of widget: text, choice, tick box, radios, files. `hint` replaces the field's help text;
    `width` is short or
    number. A field that need not be filled says so.
    """
    widget = bound.field.widget
    described = [f"{bound.auto_id}_hint"] if hint or bound.help_text else []
    described += [f"{bound.auto_id}_err"] if bound.errors else []
    attrs: dict[str, Any] = {"class": _class_of(widget)}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if width:
        attrs["data-w"] = width
    if autocomplete:
        attrs["autocomplete"] = autocomplete
    return {
        "bound": bound,
        "group": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "tick": isinstance(widget, CheckboxInput),
        "hidden": isinstance(widget, HiddenInput),
        "choose_again": isinstance(widget, FileInput) and bound.form.is_bound and bool(bound.form.errors),
        "control": bound.as_widget(attrs=attrs),
        "hint": hint or bound.help_text,
        "described": " ".join(described),
    }


def _class_of(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple | CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select):
        return "form-select"
    return "form-control" + (" tw-area" if isinstance(widget, Textarea) else "")


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: object = "") -> SafeString:
    """`<select>{% options choices chosen %}</select>`: choices as (value, words), for selects that are no form's."""
    parts = ((value, _SELECTED if value == chosen else "", words) for value, words in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', parts)


@register.inclusion_tag("ui/components/choice.html")
def choice(bound: BoundField, notes: dict[str, str] | None = None) -> dict[str, Any]:
    """`{% choice form.kind notes %}`: large radios or tick boxes for a thumb; `notes` says more under a choice, by
    its value."""
    return {"bound": bound, "options": _options(bound, notes or {}), "described": _described(bound)}


@register.inclusion_tag("ui/components/chips.html")
def chips(bound: BoundField) -> dict[str, Any]:
    """`{% chips form.unit %}`: short choices beside each other, for a thumb."""
    return {"bound": bound, "options": _options(bound, {}), "described": _described(bound)}


@register.inclusion_tag("ui/components/quantity.html")
def stepper(bound: BoundField, step: int = 1) -> dict[str, Any]:
    """`{% stepper form.quantity 10 %}`: a number with less and more beside it; works without a script, where one
    types."""
    return {"bound": bound, "step": step, "described": _described(bound), "value": bound.value()}


def _described(bound: BoundField) -> str:
    found = [f"{bound.auto_id}_hint"] if bound.help_text else []
    return " ".join(found + ([f"{bound.auto_id}_err"] if bound.errors else []))


def _options(bound: BoundField, notes: dict[str, str]) -> list[dict[str, Any]]:
    several = isinstance(bound.field.widget, CheckboxSelectMultiple)
    return [
        {
            "id": one.data["attrs"].get("id", ""),
            "type": "checkbox" if several else "radio",
            "name": one.data["name"],
            "value": one.data["value"],
            "checked": one.data["selected"],
            "label": one.data["label"],
            "note": notes.get(str(one.data["value"]), ""),
        }
        for one in bound.subwidgets
    ]
