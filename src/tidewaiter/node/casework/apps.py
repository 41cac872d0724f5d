"""The app of controls and cases."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    """Controls, cases, exhibits, clocks."""

    name = "tidewaiter.node.casework"
    label = "casework"
    verbose_name = _("Casework")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put cases and the next clock into the frame, and let readers of a case read its history."""
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.casework.frame import provide
        from tidewaiter.node.casework.policies import cases
        from tidewaiter.node.ui import frame

        frame.register("casework", provide)
        show_history_of("casework.case", cases.may_see_history)
