"""Telling a row in words: its sentence, its office, what changed. Apps to the right lend the words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tidewaiter.node.audit.models import AuditPayload, AuditRow


class Offices(Protocol):
    """What accounts know of offices."""

    def names(self, codes: Iterable[str]) -> Mapping[str, str]:
        """The names of all these offices in the active language, in one query at most."""
        ...

    def below(self, code: str) -> frozenset[str]:
        """The codes of the office and of all below it."""
        ...


class _Unnamed:
    def names(self, codes: Iterable[str]) -> Mapping[str, str]:
        return {code: code for code in codes}

    def below(self, code: str) -> frozenset[str]:
        return frozenset({code})


_lent: dict[str, Offices] = {"offices": _Unnamed()}
_fields: dict[str, Promise | str] = {}


def know_offices(offices: Offices) -> None:
    """Take the words for offices from accounts; called once, when the apps are ready."""
    _lent["offices"] = offices


def know_fields(names: Mapping[str, Promise | str]) -> None:
    """Tell the names of fields in ``before`` and ``after`` as people know them; called beside an app's verbs."""
    _fields.update(names)


def offices() -> Offices:
    """Who knows the offices."""
    return _lent["offices"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a payload, ready to be shown; empty where it had no value."""

    field: str
    before: str
    after: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A row as a reader sees it. ``changes`` is empty where nothing was kept or where the content is erased."""

    row: AuditRow
    sentence: str
    office: str
    changes: tuple[Change, ...]
    erased: bool


def tell_all(rows: Iterable[AuditRow]) -> list[Told]:
    """Tell rows in the active language. Read them with ``select_related("payload")``."""
    kept = list(rows)
    names = offices().names({row.office for row in kept})
    return [tell(row, names) for row in kept]


def tell(row: AuditRow, names: Mapping[str, str]) -> Told:
    """Tell one row, with the names of offices by their code."""
    content = getattr(row, "payload", None)
    office = names.get(row.office, row.office)
    return Told(
        row=row,
        sentence=row.sentence(row.actor_name or _("The node itself"), office),
        office=office,
        changes=tuple(_changes(content.content)) if isinstance(content, AuditPayload) else (),
        erased=content is None,
    )


def _changes(content: Mapping[str, Any]) -> list[Change]:
    before, after = content["before"] or {}, content["after"] or {}
    return [
        Change(
            field=str(_fields.get(name, name)),
            before=_value(before.get(name)),
            after=_value(after.get(name)),
            changed=before.get(name) != after.get(name),
        )
        for name in sorted({*before, *after})
    ]


def _value(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
