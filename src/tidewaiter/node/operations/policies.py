"""Who may do what in joint operations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.operations.queries.visible import TAKE_PART

_ALL = frozenset(TAKE_PART)
_COORDINATORS = frozenset({Role.COORDINATOR})


class OperationPolicy(Policy):
    """Operations are the whole administration's: whoever works in it sees them, and to steer needs the role at the top.

    ``see_profiles``: the rules of focus lanes tell traders what to avoid; who draws lists and who answers sees them.
    """

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": _ALL,
        "see": _ALL,
        "see_profiles": frozenset({Role.ANALYST, Role.COORDINATOR, Role.AUDITOR}),
        "plan": _COORDINATORS,
        "agree": _COORDINATORS,
        "amend": _COORDINATORS,
        "start": _COORDINATORS,
        "end": _COORDINATORS,
        "close": _COORDINATORS,
        "cancel": _COORDINATORS,
        "release": _COORDINATORS,
        "freeze": _COORDINATORS,
        "publish": _COORDINATORS,
        "propose": _COORDINATORS,
    }
    anywhere: ClassVar[frozenset[str]] = frozenset({"list", "see", "see_profiles"})

    def may(self, person: Person, action: str, obj: object | None = None) -> bool:
        """Reading asks for the role anywhere; all else for the role at the top of the administration."""
        return super().may(person, action, None if action in self.anywhere else obj)

    def may_see_history(self, reader: Reader, operation_id: str) -> bool:
        """Whether the reader may read what was done with an operation: who sees it."""
        return isinstance(reader, Person) and Operation.objects.visible_to(reader).filter(pk=operation_id).exists()


class OfficePolicy(Policy):
    """Tasks and daily reports of one office."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "see": _ALL,
        "task": _COORDINATORS,
        "acknowledge": frozenset({Role.OFFICER, Role.CASE_OFFICER, Role.ANALYST, Role.COORDINATOR}),
        "report": frozenset({Role.OFFICER, Role.CASE_OFFICER, Role.COORDINATOR}),
    }

    def office_of(self, obj: object) -> str | None:
        """An office stands for itself."""
        return obj.code if isinstance(obj, Office) else super().office_of(obj)


operations = OperationPolicy()
offices = OfficePolicy()
