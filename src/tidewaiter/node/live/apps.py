"""The app of live events."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tidewaiter.node.ui.frame import Contribution


class LiveConfig(AppConfig):
    """Tells every page where to listen."""

    name = "tidewaiter.node.live"
    label = "live"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the address of the live stream into the frame."""
        from tidewaiter.node.ui import frame

        frame.register("live", provide)


def provide(request: "HttpRequest") -> "Contribution":
    """Give the frame the address of the stream, for whoever is signed in."""
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.live import services
    from tidewaiter.node.ui.frame import Contribution

    return Contribution(live=services.address(request.user) if isinstance(request.user, Person) else "")
