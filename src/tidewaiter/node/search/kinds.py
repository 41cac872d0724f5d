"""What can be found, as each app says of its own objects in its ``searchable.py``::

from tidewaiter.node.search import kinds

kinds.register(kinds.Kind(
    object_type="casework.case", label=_("Case"), icon="case",
    seen_by=frozenset({Role.CASE_OFFICER, Role.AUDITOR}),
    describe=lambda case: kinds.Words(
            title=case.number, summary=case.subject, text=[...], office=case.office_id, at=case.at
        ),
    url=lambda object_id: reverse("casework:case", args=[object_id]),
))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise

from tidewaiter.node.accounts.roles import Role


class UnknownKind(LookupError):
    """No app says how objects of this type are found. Register them in the ``searchable.py`` of their app."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one object is found by and shown as; all as written, in whatever language."""

    title: str
    """How people call it: its number or name. Found by, too."""
    summary: str = ""
    """One line below the title. Found by, too."""
    text: Iterable[str] = ()
    """Further texts that it is found by and that are not shown."""
    office: str | None
    """Code of the office that decides who sees it; None: every office of the node."""
    at: datetime
    """When it happened or was last changed; the latest are shown first."""
    restricted: bool = False
    """Only the kind's ``restricted_to`` find it."""
    consignment_id: str = ""
    """The consignment that it is, so that it and the same consignment in the lake are shown once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of object. Nobody finds it but who has one of ``seen_by`` for its office or one above."""

    object_type: str
    """``app.model`` in lower case."""
    label: Promise | str
    icon: str
    seen_by: frozenset[Role]
    restricted_to: frozenset[Role] = frozenset()
    describe: Callable[[Any], Words | None]
    """Gives the words of an object; None where it is not to be found any more."""
    url: Callable[[str], str]
    """Gives the address of the object with that id."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Let objects of a kind be found, and give the kind; registering the same type again replaces it."""
    _kinds[kind.object_type] = kind
    return kind


def forget(object_type: str) -> None:
    """Let objects of that type be found no longer. Raises KeyError for a type that is not registered."""
    del _kinds[object_type]


def all_kinds() -> tuple[Kind, ...]:
    """All kinds, by type."""
    return tuple(_kinds[name] for name in sorted(_kinds))


def find(object_type: str) -> Kind | None:
    """Give the kind of that type; None where no app registers it."""
    return _kinds.get(object_type)


def of(obj: models.Model) -> Kind:
    """Give the kind of an object. Raises UnknownKind."""
    kind = _kinds.get(obj._meta.label_lower)
    if kind is None:
        raise UnknownKind(f"objects of {obj._meta.label_lower} cannot be found: their app has no kind for them")
    return kind
