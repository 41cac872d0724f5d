"""Who may read the audit log. The rows themselves are chosen by ``AuditRowQuerySet.visible_to``."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from tidewaiter.node.audit.queries import ADMINISTRATOR, AUDITOR, Reader


def may_read(reader: Reader) -> bool:
    """Whether the person reads the log at all: auditors, and administrators what concerns accounts."""
    return reader.is_active and bool(reader.reach(AUDITOR, ADMINISTRATOR))


def may_export(reader: Reader) -> bool:
    """Whether the person takes rows out of the node: auditors."""
    return reader.is_active and bool(reader.reach(AUDITOR))


def require(allowed: bool) -> None:
    """Do nothing where it is allowed; raises PermissionDenied otherwise."""
    if not allowed:
        raise PermissionDenied(_("The audit log is read by auditors. Ask your administrator for that role."))
