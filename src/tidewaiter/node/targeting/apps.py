"""The app of targeting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TargetingConfig(AppConfig):
    """Runs, rejects, queues and consignments."""

    name = "tidewaiter.node.targeting"
    label = "targeting"
    verbose_name = _("Targeting")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the queue into the frame of every page, and let who sees a line read its history."""
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.targeting import frame, policies
        from tidewaiter.node.ui.frame import register

        register("targeting", frame.provide)
        show_history_of("targeting.selectedconsignment", policies.may_read_history)
