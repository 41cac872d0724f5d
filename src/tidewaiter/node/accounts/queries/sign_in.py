"""Reading attempts to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.node.accounts.queries.visible import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import SignInAttempt  # noqa: F401 - named in a text below


class SignInAttemptQuerySet(VisibleQuerySet["SignInAttempt"]):
    """Attempts with accounts that exist; attempts with others belong to nobody's office and show in numbers only."""

    seen_by = (Role.ADMINISTRATOR, Role.AUDITOR)
    office_field = "person__office"
