"""What other apps add to the page of a consignment: what happened with it, and what may be done next.

from tidewaiter.node.targeting import extensions

extensions.tell_history("casework", history)        # in AppConfig.ready
extensions.offer("casework", steps)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.references import Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A consignment as far as another app needs it; ``line`` is its line in a queue, where it has one."""

    consignment_id: str
    administration: str
    references: Sequence[Reference]
    line: SelectedConsignment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A control, seizure, case or tip about the consignment or one with its references, that the person may see.

    ``kind`` is control, seizure, case or tip; ``finding`` is a code of `vocabulary.Finding` for a control;
    ``same`` says whether it was this consignment, not another one with the same plate, container or party.
    """

    at: datetime
    kind: str
    text: str
    url: str
    level: str = ""
    finding: str = ""
    same: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that the person may do next: a link to a page of that app; ``key`` is its letter."""

    label: str
    url: str
    icon: str
    key: str = ""
    first: bool = False


History = Callable[[Person, Subject], Iterable[Happened]]
Steps = Callable[[Person, SelectedConsignment], Iterable[Step]]
_histories: dict[str, History] = {}
_steps: dict[str, Steps] = {}


def tell_history(name: str, provider: History) -> None:
    """Ask ``provider`` what happened; ``name`` is the app's label, registering it again replaces it."""
    _histories[name] = provider


def offer(name: str, provider: Steps) -> None:
    """Ask ``provider`` what may be done next; ``name`` is the app's label, registering it again replaces it."""
    _steps[name] = provider


def forget(name: str) -> None:
    """Ask the app of that label nothing any more."""
    _histories.pop(name, None)
    _steps.pop(name, None)


def history(person: Person, subject: Subject) -> list[Happened]:
    """All that happened, newest first."""
    found = [one for provide in _histories.values() for one in provide(person, subject)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def steps(person: Person, line: SelectedConsignment) -> list[Step]:
    """All that other apps offer; what is to be done first stands first."""
    found = [one for provide in _steps.values() for one in provide(person, line)]
    return sorted(found, key=lambda one: not one.first)
