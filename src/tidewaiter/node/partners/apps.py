"""The app of neighbours."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Outbox and lanes, inbox, receipts, keys."""

    name = "tidewaiter.node.partners"
    label = "partners"
    verbose_name = _("Neighbours")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the neighbours into the frame of every page, and take the receipts that come."""
        from tidewaiter.node.partners import frame, inbox
        from tidewaiter.node.partners.services.receipts import take_receipt
        from tidewaiter.node.ui.frame import register

        register("partners", frame.provide)
        inbox.register("receipt", take_receipt)
