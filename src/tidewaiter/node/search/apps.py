"""The app of search."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Finds what each app says about its objects in its own ``searchable.py``."""

    name = "tidewaiter.node.search"
    label = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the kinds of records of all apps, and what the audit log tells of the search."""
        autodiscover_modules("searchable", "verbs")
