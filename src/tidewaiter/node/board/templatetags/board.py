"""`{% load board %}`: a figure's key in words, and a row of a record that it counts."""

from typing import Any
from uuid import UUID

from django.template import Library
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from tidewaiter.consolidation import Key, Measure
from tidewaiter.node.casework.models import Case, Control, SeizureLine
from tidewaiter.node.ui import formats, money
from tidewaiter.node.ui.languages import tag
from tidewaiter.reports.words import basis_name, stage_name, unit_head, word

register = Library()


@register.simple_tag
def figure_word(key: Key, every: bool = False) -> str:
    """`{% figure_word key %}`: what a figure measures, in words: Items, pieces, suspected, provisional.

    ``every`` leaves out whether it is final.
    """
    names = {
        Measure.INSPECTIONS: _("Controls"),
        Measure.FINDS: _("Finds"),
        Measure.NO_FINDS: _("Controls without a find"),
        Measure.SEIZURES: _("Seizures"),
        Measure.LINES: _("Seizure lines"),
        Measure.ITEMS: _("Items"),
        Measure.VALUE: _("Value"),
        Measure.ARRESTS: _("Arrests"),
    }
    language = tag()
    parts = [names.get(key.measure, key.measure.value)]
    parts += [unit_head(key.unit, language)] if key.unit else []
    parts += [basis_name(key.basis, language), key.currency] if key.basis else []
    parts += [stage_name(key.stage, language)] if key.stage else []
    if not every and key.measure not in {Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS}:
        parts.append(word(key.finality.value, language))
    return ("，" if language.startswith("zh") else ", ").join(parts)


@register.inclusion_tag("board/record_row.html")
def record_row(one: Any, key: Key, amounts: dict[UUID, Any]) -> dict[str, Any]:
    """`{% record_row control key amounts %}`: one record and what it counts towards the figure."""
    if isinstance(one, Control):
        row = (_url("control", one.pk), one.subject_label, one.office.name, one.began_at, _number(1))
    elif isinstance(one, Case):
        counts = one.arrests if key.measure is Measure.ARRESTS else 1
        row = (_url("case", one.pk), one.number, one.office.name, one.detected_at, _number(counts))
    else:
        row = _line(one, key, amounts)
    return dict(zip(("url", "label", "office", "at", "counts"), row, strict=True))


def _line(line: SeizureLine, key: Key, amounts: dict[UUID, Any]) -> tuple[str, str, str, Any, str]:
    counts = _number(line.how_much.number)
    if key.measure is Measure.VALUE and line.pk in amounts:
        counts = money.in_table(amounts[line.pk], key.currency, tag())
    elif key.measure is Measure.LINES:
        counts = _number(1)
    case = line.case
    return _url("case", case.pk), f"{case.number}/{line.number}", case.office.name, case.detected_at, counts


def _number(amount: Any) -> str:
    return formats.number(amount, tag(), table=True)


def _url(name: str, pk: UUID) -> str:
    """The page of a record; empty while casework has no page for it."""
    try:
        return reverse(f"casework:{name}", args=[pk])
    except NoReverseMatch:
        return ""
