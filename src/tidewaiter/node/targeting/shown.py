"""Lines of the queue as a page shows them: everything in words, in the language of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tidewaiter.domain.machines import QUEUE_ITEM
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting import policies, words
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.reasons import sentence
from tidewaiter.node.ui import formats, money
from tidewaiter.node.ui.addresses import address
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.formatting import counted_unit
from tidewaiter.refdata.errors import UnknownCode

MOST_REASONS = 3
"""Reasons in a row of the queue; the page of the consignment has all."""

_ELSEWHERE = frozenset({"record_control"})
"""Actions that pages of other apps do."""


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One reason: mark and word of its kind, who sent it, and the sentence cut where the deciding words stand."""

    kind: str
    word: str
    source: str
    before: str
    marked: str
    after: str
    rule: str
    handling: str


class Shown:
    """A line in words. ``person`` decides which buttons it has."""

    def __init__(
        self,
        line: SelectedConsignment,
        person: Person,
        now: datetime | None = None,
        asked: dict[tuple[str, str, UUID | None], frozenset[str]] | None = None,
    ) -> None:
        self.line = line
        self.person = person
        self.now = now or timezone.now()
        self._asked = {} if asked is None else asked

    @property
    def peek_url(self) -> str:
        """What the column beside the queue shows of it."""
        return address("targeting:peek", self.line.pk)

    @property
    def take_url(self) -> str:
        """Where it is taken."""
        return address("targeting:take", self.line.pk)

    @cached_property
    def reasons(self) -> list[ShownReason]:
        """All reasons."""
        return [shown_reason(one) for one in self.line.reasons]

    @property
    def few(self) -> list[ShownReason]:
        """The first reasons."""
        return self.reasons[:MOST_REASONS]

    @property
    def further(self) -> int:
        """How many reasons stand on the page of the consignment alone."""
        return max(0, len(self.line.reasons) - MOST_REASONS)

    @cached_property
    def mode_icon(self) -> str:
        """The code of the mode; a parcel's box for an express courier."""
        return "" if self.line.mode is None else str(self.line.mode)

    @cached_property
    def goods(self) -> str:
        """What and how much: the quantity where there is one unit alone."""
        quantities = self.line.summary.get("quantities") or []
        counted = quantity(*quantities[0]) if len(quantities) == 1 else ""
        goods = self.line.goods or words.category(self.line.category)
        first, more, _rest = goods.partition("; ")
        items = int(self.line.summary.get("items") or 0)
        if more and items > 1:
            goods = ngettext("%(goods)s and %(n)s more item", "%(goods)s and %(n)s more items", items - 1) % {
                "goods": first,
                "n": items - 1,
            }
        return f"{counted} · {goods}" if counted and goods else counted or goods or _("goods not known")

    @cached_property
    def bound_for(self) -> str:
        """Where it goes."""
        return words.place(self.line.destination_place, self.line.destination)

    @cached_property
    def value(self) -> str:
        """The declared value, as in a table."""
        if self.line.value is None or not self.line.currency:
            return ""
        return money.in_table(self.line.value, self.line.currency, tag())

    @cached_property
    def another_reference(self) -> str:
        """A second reference, to tell alike ones apart."""
        others = (value for kind, value in self.line.references if value != self.line.reference)
        return next(others, self.line.consignment_id)

    @cached_property
    def due(self) -> tuple[str, str]:
        """The time that stands first in the row, and what it means."""
        at = self.line.due_at
        if at is not None and at > self.now:
            return clock(at, self.now), _("on the way")
        since = self.line.waiting_since if at is None else max(at, self.line.waiting_since)
        return clock(since, self.now), _("%(span)s waiting") % {"span": formats.duration(self.now - since, tag())}

    @cached_property
    def status(self) -> tuple[str, str, str]:
        """Level, word and icon of where it stands."""
        at, state = self.line.due_at, self.line.state
        if state == "waiting" and at is not None and self.now < at <= self.now + timedelta(hours=2):
            return "warn", _("in %(span)s") % {"span": formats.duration(at - self.now, tag())}, "clock"
        level, icon = {
            "waiting": ("", "wait"),
            "taken": ("info", "person"),
            "for_control": ("intel", "flag"),
            "controlled": ("good", "check"),
            "released": ("good", "check"),
        }[state]
        return level, words.state(state), icon

    @cached_property
    def holder(self) -> str:
        """Who has it, and where it is controlled."""
        if self.line.state not in {"taken", "for_control"} or self.line.taken_by is None:
            return ""
        parts = [words.channel(self.line.control_channel), self.line.control_place, self.line.taken_by.name]
        return ", ".join(part for part in parts if part)

    @cached_property
    def actions(self) -> frozenset[str]:
        """The codes of what the person may do with it now, on pages of this app."""
        # All that the policy asks of a line; a list has many lines alike.
        alike = self.line.state, self.line.office_id, self.line.taken_by_id
        if alike not in self._asked:
            found = {one.action for one in QUEUE_ITEM.actions(self.line.state)} - _ELSEWHERE
            self._asked[alike] = frozenset(one for one in found if policies.queue.may(self.person, one, self.line))
        return self._asked[alike]


def shown_reason(reason: dict[str, Any]) -> ShownReason:
    """A reason in the language of the page."""
    kind, word = words.KINDS[reason["kind"]]
    text, mark = sentence(reason, tag()), reason.get("mark") or ""
    before, marked, after = text.partition(mark) if mark else (text, "", "")
    return ShownReason(
        kind, str(word), reason.get("source", ""), before, marked, after, reason["rule"], reason.get("handling", "")
    )


def lines(found: Iterable[SelectedConsignment], person: Person) -> list[Shown]:
    """Lines in words, all at one moment."""
    now, asked = timezone.now(), dict[tuple[str, str, UUID | None], frozenset[str]]()
    return [Shown(line, person, now, asked) for line in found]


def quantity(amount: str, unit: str) -> str:
    """A quantity with its unit in words; the code of a unit that no list has."""
    language = tag()
    try:
        name = counted_unit(unit, 1 if Decimal(amount) == 1 else 2)
    except UnknownCode:
        name = unit
    space = "" if language.startswith("zh") else formats.NBSP
    return f"{formats.number(_whole(amount), language)}{space}{name}"


def _whole(amount: str) -> Decimal:
    """The number without noughts behind its point."""
    exact = Decimal(amount)
    return exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize()


def clock(at: datetime, now: datetime) -> str:
    """The time of today, else the day."""
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(now).date():
        return formats.clock_time(local, tag())
    if local.year == now.year:
        return formats.day_month(local.date(), tag())
    return formats.short_date(local.date())
