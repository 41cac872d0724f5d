"""The app of offices and people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Offices, people, roles, sign-in."""

    name = "tidewaiter.node.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let people read the history of their own account, and show who is signed in on every page."""
        from tidewaiter.node.accounts import frame
        from tidewaiter.node.accounts.policies import people
        from tidewaiter.node.accounts.words import OfficeWords
        from tidewaiter.node.audit.queries import show_history_of
        from tidewaiter.node.audit.words import know_offices
        from tidewaiter.node.ui import frame as ui_frame

        show_history_of("accounts.person", people.may_see_history)
        know_offices(OfficeWords())
        ui_frame.register("accounts", frame.provide)
