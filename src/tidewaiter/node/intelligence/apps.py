"""The app of intelligence."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntelligenceConfig(AppConfig):
    """Tips and the roster."""

    name = "tidewaiter.node.intelligence"
    label = "intelligence"
    verbose_name = _("Intelligence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take tips and recalls that come, hear of receipts, stand in the frame, let readers read the history."""
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.intelligence import frame, policies
        from tidewaiter.node.intelligence.services import arriving, hearing
        from tidewaiter.node.partners import inbox
        from tidewaiter.node.ui.frame import register

        inbox.register("tip", arriving.take_tip)
        inbox.register("recall", arriving.take_recall)
        inbox.on_receipt("tip", hearing.heard)
        register("intelligence", frame.provide)
        show_history_of("intelligence.tip", policies.may_read_history)
