"""The app of the board."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    """The live board."""

    name = "tidewaiter.node.board"
    label = "board"
    verbose_name = _("Board")
    default_auto_field = "django.db.models.BigAutoField"
