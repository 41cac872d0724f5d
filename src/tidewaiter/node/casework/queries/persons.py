"""Reading the restricted part of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.node.accounts.queries import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.casework.models import ArrestedPerson  # noqa: F401 - named in a text below


class ArrestedPersonQuerySet(VisibleQuerySet["ArrestedPerson"]):
    """Arrested persons: for case officers alone. Read them through ``services.persons``, which audits it."""

    seen_by = (Role.CASE_OFFICER,)
    office_field = "case__office"
