"""The app of the register of rights."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RightsConfig(AppConfig):
    """Right holders and their rights."""

    name = "tidewaiter.node.rights"
    label = "rights"
    verbose_name = _("Rights and recordals")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the register into the frame, and let readers of a right read its history."""
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.rights.frame import provide
        from tidewaiter.node.rights.policies import rights
        from tidewaiter.node.ui import frame

        frame.register("rights", provide)
        show_history_of("rights.right", rights.may_see_history)
