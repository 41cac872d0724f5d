"""Filters of lists. A filter that cannot be read is left out; the list never breaks."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework import words
from tidewaiter.node.casework.forms.fields import Choice, Day
from tidewaiter.node.casework.queries.cases import CaseQuerySet
from tidewaiter.node.casework.queries.controls import ControlQuerySet


class _Filter(forms.Form):
    q = forms.CharField(required=False, max_length=120, label=_("Reference or words"))
    first = Day(required=False, label=_("On or after"))
    last = Day(required=False, label=_("On or before"))

    def wish(self, name: str) -> Any:
        """What is wished for one field; None where nothing is, or nothing that can be read."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def start(self) -> datetime | None:
        """The beginning of the first day in the office's zone."""
        day = self.wish("first")
        return None if day is None else timezone.make_aware(datetime.combine(day, time.min))

    def end(self) -> datetime | None:
        """The end of the last day."""
        day = self.wish("last")
        return None if day is None else timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class ControlFilter(_Filter):
    """Which controls."""

    finding = Choice(lambda: words.listed("finding"), label=_("Finding"), empty=True)
    field_order = ("q", "finding", "first", "last")

    def narrow(self, found: ControlQuerySet) -> ControlQuerySet:
        """The controls that fit."""
        if self.wish("q"):
            found = found.with_reference(self.wish("q"))
        if self.wish("finding"):
            found = found.filter(finding=self.wish("finding"))
        if (start := self.start()) is not None:
            found = found.filter(began_at__gte=start)
        if (end := self.end()) is not None:
            found = found.filter(began_at__lt=end)
        return found


class CaseFilter(_Filter):
    """Which cases."""

    state = Choice(lambda: words.told(words.CASE_STATES), label=_("State"), empty=True)
    category = Choice(words.categories, label=_("Goods"), empty=True)
    field_order = ("q", "state", "category", "first", "last")

    def narrow(self, found: CaseQuerySet, person: Person) -> tuple[CaseQuerySet, bool]:
        """The cases that fit, of those that ``person`` may see; and whether more have the words than were looked at."""
        limited = False
        if self.wish("q"):
            found, limited = found.in_words(self.wish("q"), person)
        if self.wish("state"):
            found = found.filter(state=self.wish("state"))
        if self.wish("category"):
            found = found.of_category(self.wish("category"))
        if (start := self.start()) is not None:
            found = found.filter(opened_at__gte=start)
        if (end := self.end()) is not None:
            found = found.filter(opened_at__lt=end)
        return found, limited
