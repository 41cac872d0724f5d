"""What stands round every page: whose node, where one can go, what runs, which clock ends next, what asks for
attention.

Apps register a provider; the frame never imports them:

    from tidewaiter.node.ui import frame

    def provide(request: HttpRequest) -> frame.Contribution: ...

    frame.register("targeting", provide)      # in AppConfig.ready

Providers are asked once a page and only when a template shows the frame, so that fragments and error pages cost
nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property

from tidewaiter.node.ui.languages import BUTTONS, tag
from tidewaiter.refdata.offices import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the side navigation. Lines stand by `order` (the house leaves steps of 10); `key` is the letter
    after `g`. `live` names the topics, with blanks between them, after which `count` may have changed."""

    label: str
    url: str
    icon: str
    order: int
    count: int | None = None
    key: str = ""
    live: str = ""

    @property
    def place(self) -> str:
        """The id of the element that holds its count."""
        return "tw-n" + self.url.rstrip("/").replace("/", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that asks for attention: what happened, where to go. `level` is info, warn, bad or intel."""

    text: str
    url: str
    at: datetime
    level: str = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A period that runs. `law` cites its article or says "office order"; `level` is "", due or over, decided by the
    app."""

    began: datetime
    ends: datetime
    event: str
    law: str
    url: str
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """The joint operation that runs now: its day `day` of `days`."""

    name: str
    day: int
    days: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line of the person's menu; `post` makes it a button of a form (signing out is no link)."""

    label: str
    url: str
    icon: str
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one app adds to the frame of one request. `person` and `role` are told by accounts; `lines` go to the
    foot."""

    entries: tuple[Entry, ...] = ()
    alerts: tuple[Alert, ...] = ()
    clocks: tuple[Clock, ...] = ()
    operation: Operation | None = None
    menu: tuple[Link, ...] = ()
    person: str = ""
    role: str = ""
    lines: tuple[str, ...] = ()
    live: str = ""
    """The address of the live stream with its ticket; empty where the live process is not known."""
    sound: bool = False
    """Whether a tip that comes makes a sound on every page: for who is on duty."""


Provider = Callable[[HttpRequest], Contribution]
_PROVIDERS: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Ask `provider` for its part on every page. `name` is the app's label; registering it again replaces it."""
    _PROVIDERS[name] = provider


def forget(name: str) -> None:
    """Ask the provider of `name` no longer. Unknown names are an error: KeyError."""
    del _PROVIDERS[name]


class Frame:
    """The frame of one request, put together on first use."""

    def __init__(self, request: HttpRequest, contributions: Iterable[Contribution]) -> None:
        self._request = request
        self._parts = tuple(contributions)

    @cached_property
    def administration(self) -> str:
        """The code of the administration whose node this is."""
        return str(settings.CONFIG.administration)

    @cached_property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self._named(tag())

    @cached_property
    def own_name(self) -> str:
        """Its name in its own Chinese where the page speaks another language; empty where both are the same."""
        own = self._named("zh-Hans" if self.administration.startswith("CN") else "zh-Hant")
        return "" if own == self.name else own

    @cached_property
    def own_lang(self) -> str:
        """The `lang` of `own_name`."""
        return "zh-Hans" if self.administration.startswith("CN") else "zh-Hant"

    def _named(self, language: str) -> str:
        office = find(self.administration)
        return self.administration if office is None else office.names[language]

    @cached_property
    def entries(self) -> tuple[tuple[Entry, bool], ...]:
        """The navigation in order, each line with whether the page lies under it; the longest address that fits is
        the one."""
        entries = sorted(chain.from_iterable(part.entries for part in self._parts), key=lambda entry: entry.order)
        here = self._request.path
        under = max((e.url for e in entries if here.startswith(e.url)), key=len, default="")
        return tuple((entry, entry.url == under) for entry in entries)

    @cached_property
    def counted(self) -> tuple[Entry, ...]:
        """The lines whose count changes while a page is open."""
        return tuple(entry for entry, _current in self.entries if entry.live)

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """Newest first."""
        return tuple(
            sorted(chain.from_iterable(part.alerts for part in self._parts), key=lambda alert: alert.at, reverse=True)
        )

    @cached_property
    def clock(self) -> Clock | None:
        """The clock that ends next; one that is over stands before all that still run, by nature of its end."""
        return min(chain.from_iterable(part.clocks for part in self._parts), key=lambda clock: clock.ends, default=None)

    @cached_property
    def operation(self) -> Operation | None:
        """The operation that runs, if one does."""
        return next((part.operation for part in self._parts if part.operation), None)

    @cached_property
    def menu(self) -> tuple[Link, ...]:
        """The person's menu."""
        return tuple(chain.from_iterable(part.menu for part in self._parts))

    @cached_property
    def person(self) -> str:
        """The name of who is signed in; empty for nobody."""
        return next((part.person for part in self._parts if part.person), "")

    @cached_property
    def role(self) -> str:
        """What that person is here, in words."""
        return next((part.role for part in self._parts if part.role), "")

    @cached_property
    def suggests(self) -> bool:
        """Whether the app that suggests while one types is there; its script then comes with the search box."""
        return apps.is_installed("tidewaiter.node.search")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What stands at the foot of the navigation: neighbours, last receipt."""
        return tuple(chain.from_iterable(part.lines for part in self._parts))

    @cached_property
    def live(self) -> str:
        """The address of the live stream; empty: the page polls."""
        return next((part.live for part in self._parts if part.live), "")

    @cached_property
    def sound(self) -> bool:
        """Whether a tip that comes makes a sound on this page."""
        return any(part.sound for part in self._parts)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` (lazy), and what every page needs beside it: `page_lang`, `theme`, `keys`,
    `synthetic`."""
    return {
        "frame": SimpleLazyObject(lambda: Frame(request, [ask(request) for ask in _PROVIDERS.values()])),
        "node_administration": settings.CONFIG.administration,
        "page_lang": tag(),
        "language_buttons": BUTTONS,
        "theme": _one_of(request.COOKIES.get("tw_theme"), ("light", "dark"), ""),
        "keys": _one_of(request.COOKIES.get("tw_keys"), ("on", "off"), "on"),
        "synthetic": settings.CONFIG.synthetic == "yes",
    }


def _one_of(value: str | None, allowed: tuple[str, ...], otherwise: str) -> str:
    return value if value in allowed else otherwise
