"""Reading the audit log: who sees which rows, and the filters of the reader's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol, Self

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from tidewaiter.node.audit.models import AuditRow

AUDITOR = "auditor"
ADMINISTRATOR = "administrator"


class Reader(Protocol):
    """What the audit log must know of a person; accounts stand above it."""

    is_active: bool

    def reach(self, *roles: str) -> frozenset[str]:
        """The codes of the offices that these roles of the person reach."""
        ...


MaySee = Callable[[Reader, str], bool]
"""Whether a reader may see the object of that id."""

_objects: dict[str, MaySee] = {}


def show_history_of(object_type: str, may_see: MaySee) -> None:
    """Let who may see an object of ``object_type`` (``app.model``) read its history; called in an app's ``ready``."""
    _objects[object_type] = may_see


class AuditRowQuerySet(models.QuerySet["AuditRow"]):
    """Rows of the audit log."""

    def visible_to(self, person: Reader) -> Self:
        """Auditors see their office tree; administrators what was done to accounts there; others nothing."""
        if not person.is_active:
            return self.none()
        accounts = Q(object_type__startswith="accounts.", office__in=person.reach(ADMINISTRATOR))
        return self.filter(Q(office__in=person.reach(AUDITOR)) | accounts)

    def history(self, person: Reader, object_type: str, object_id: str) -> Self:
        """Give the rows on one object: all to who may see the object, else those that ``person`` sees anyway."""
        rows = self.filter(object_type=object_type, object_id=object_id)
        may_see = _objects.get(object_type)
        if person.is_active and may_see is not None and may_see(person, object_id):
            return rows
        return rows.visible_to(person)

    def done_by(self, username: str) -> Self:
        """What the person of that username did; nothing for a username that nobody has."""
        person = get_user_model()._default_manager.filter(username=username.strip().casefold()).first()
        return self.none() if person is None else self.filter(actor=person.pk)

    def on(self, words: str) -> Self:
        """Rows whose object has that id, or a label that holds those words."""
        return self.filter(Q(object_id=words) | Q(object_label__icontains=words))

    def between(self, first: date | None, last: date | None) -> Self:
        """Rows of these days, both included, in the zone of the page."""
        found = self
        if first is not None:
            found = found.filter(at__gte=_midnight(first))
        if last is not None:
            found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
        return found

    def page(self, size: int, *, before: int | None = None, after: int | None = None) -> Page:
        """Give ``size`` rows, newest first: those older than the id ``before``, or those just newer than ``after``."""
        rows = self.select_related("payload")
        if after is not None:
            found = list(rows.filter(id__gt=after).order_by("id")[: size + 1])
            more, found = len(found) > size, found[size - 1 :: -1] if len(found) > size else found[::-1]
            return Page(found, older=found[-1].pk if found else None, newer=found[0].pk if more and found else None)
        older = rows.filter(id__lt=before) if before is not None else rows
        found = list(older.order_by("-id")[: size + 1])
        more, found = len(found) > size, found[:size]
        newer = found[0].pk if before is not None and found else None
        return Page(found, older=found[-1].pk if more else None, newer=newer)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, newest first, and the ids from which to go on; None where there is nothing further."""

    rows: Sequence[AuditRow]
    older: int | None
    newer: int | None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
