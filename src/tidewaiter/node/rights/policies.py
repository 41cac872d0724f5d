"""Who reads and who keeps the register of rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader

READERS = frozenset({Role.ANALYST, Role.OFFICER, Role.INTELLIGENCE, Role.COORDINATOR, Role.CASE_OFFICER, Role.AUDITOR})
KEEPERS = frozenset({Role.CASE_OFFICER, Role.COORDINATOR})


class RightsPolicy(Policy):
    """The register is one for the whole administration: whoever works with goods reads it; the keeping office edits."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": READERS,
        "see": READERS,
        "add": KEEPERS,
        "edit": KEEPERS,
    }

    def may(self, person: Person, action: str, obj: object | None = None) -> bool:
        """Reading does not depend on the office that keeps the entry; all else does."""
        return super().may(person, action, None if action in {"list", "see"} else obj)

    def office_of(self, obj: object) -> str | None:
        """That which keeps the entry; an office stands for itself, where something new is asked for."""
        return obj.code if isinstance(obj, Office) else super().office_of(obj)

    def may_see_history(self, reader: Reader, right_id: str) -> bool:
        """Whether the reader may read what was done to a right: who may read the right."""
        return isinstance(reader, Person) and self.may(reader, "see")


rights = RightsPolicy()
