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
        """Let people read the history of their own account."""
        from tidewaiter.node.accounts.policies import people
        from tidewaiter.node.audit.queries import show_history_of

        show_history_of("accounts.person", people.may_see_history)
