"""Reading grants of roles."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.utils import timezone

from tidewaiter.node.accounts.queries.visible import VisibleQuerySet
from tidewaiter.node.accounts.roles import Role

if TYPE_CHECKING:
    from tidewaiter.node.accounts.models import RoleGrant  # noqa: F401 - named in a text below


class RoleGrantQuerySet(VisibleQuerySet["RoleGrant"]):
    """Grants of roles."""

    seen_by = (Role.ADMINISTRATOR, Role.AUDITOR)
    office_field = "person__office"

    def not_over(self, moment: datetime) -> Self:
        """Those that hold at ``moment`` or will hold later."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=moment),
            Q(revoked_at__isnull=True) | Q(revoked_at__gt=moment),
        )

    def holding(self, moment: datetime) -> Self:
        """Those that hold at ``moment``."""
        return self.not_over(moment).filter(valid_from__lte=moment)

    def reaching(self, role: Role | str, office: str) -> Self:
        """Those of ``role`` that reach the office of that code now."""
        from tidewaiter.node.accounts.models import Office

        above = Office.objects.filter(pk=office).values_list("path", flat=True).first() or ""
        return self.holding(timezone.now()).filter(role=role, office__in=[code for code in above.split("/") if code])

    def in_order(self) -> Self:
        """Newest first, those that are open before those that are over."""
        return self.select_related("office", "granted_by", "revoked_by").order_by(
            F("revoked_at").asc(nulls_first=True), "-granted_at"
        )
