"""The node's own apps, in the order in which they stand on one another, each with its place in the address."""

from dataclasses import dataclass
from pathlib import Path

from django.apps import AppConfig

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class App:
    """One app. ``label`` is also its folder and its URL namespace.

    ``path`` is its place; empty where its own ``urls`` hold several places.
    """

    label: str
    path: str

    @property
    def module(self) -> str:
        """The dotted name of its package."""
        return f"tidewaiter.node.{self.label}"

    @property
    def has_urls(self) -> bool:
        """Whether the app has pages."""
        return (_HERE / self.label / "urls.py").is_file()


# An app may import services, queries and models of the apps above it. A new app is one line here, put in when it can be
# loaded; its place among the others: rights < targeting < casework < partners < intelligence < operations < board.
APPS: tuple[App, ...] = (
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
"""The apps of the node, lowest first."""


class NodeConfig(AppConfig):
    """The project itself: the periodic loops and the worker's heartbeat."""

    name = "tidewaiter.node"
    label = "node"
    default_auto_field = "django.db.models.BigAutoField"
