"""The app of joint operations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """Joint operations."""

    name = "tidewaiter.node.operations"
    label = "operations"
    verbose_name = _("Joint operations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put lanes into screening, take objects from neighbours, and show the running operation on every page."""
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.casework import links
        from tidewaiter.node.operations import frame, incoming, lanes
        from tidewaiter.node.operations.policies import operations
        from tidewaiter.node.operations.queries.belonging import ask
        from tidewaiter.node.partners import inbox
        from tidewaiter.node.targeting import criteria
        from tidewaiter.node.ui.frame import register

        register("operations", frame.provide)
        show_history_of("operations.operation", operations.may_see_history)
        criteria.register("operations", lanes.provide)
        links.register("operations", ask)
        for kind, handler in incoming.HANDLERS.items():
            inbox.register(kind, handler)
