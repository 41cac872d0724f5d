"""The node's own apps, in the order in which they stand on one another, each with its place in the address."""

from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class App:
    """One app. ``label`` is also its folder and its URL namespace.

    ``path`` is its place; empty where its own ``urls`` hold several places, None where it has no pages.
    """

    label: str
    path: str | None = None

    @property
    def module(self) -> str:
        """The dotted name of its package."""
        return f"tidewaiter.node.{self.label}"

    @property
    def exists(self) -> bool:
        """Whether the app is part of this installation."""
        return (_HERE / self.label / "apps.py").is_file()

    @property
    def has_urls(self) -> bool:
        """Whether the app has pages."""
        return self.path is not None and (_HERE / self.label / "urls.py").is_file()


# An app may import services, queries and models of the apps above it. A new app is one line here.
_ORDER = (
    App("ui", ""),
    App("audit", "audit/"),
    App("accounts", "accounts/"),
    App("live", "live/"),
    App("search", "search/"),
    App("rights", "rights/"),
    App("targeting", ""),
    App("casework", ""),
    App("partners", ""),
    App("intelligence", "intelligence/"),
    App("operations", "operations/"),
    App("board", "board/"),
)

APPS: tuple[App, ...] = tuple(app for app in _ORDER if app.exists)
"""The apps of this installation, lowest first."""


class NodeConfig(AppConfig):
    """The project itself: the periodic loops and the worker's heartbeat."""

    name = "tidewaiter.node"
    label = "node"
    default_auto_field = "django.db.models.BigAutoField"
