"""The app of the audit log."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Finds the verbs that each app declares in its own ``verbs.py``."""

    name = "tidewaiter.node.audit"
    label = "audit"
    verbose_name = _("Audit log")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the verbs of all apps, so that every row can be told in words; stand in the navigation."""
        from tidewaiter.node.audit import frame
        from tidewaiter.node.ui import frame as ui_frame

        autodiscover_modules("verbs")
        ui_frame.register("audit", frame.provide)
