"""Reading the audit log: who sees which rows, and the filters of the reader's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from tidewaiter.node.audit.models import AuditRow  # noqa: F401 - named in a text below

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
