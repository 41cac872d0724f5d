"""Who writes, acknowledges and answers tips, and who keeps the roster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries.tips import SEEN_BY

_SENDERS = frozenset({Role.ANALYST, Role.INTELLIGENCE, Role.COORDINATOR})
_RECEIVERS = frozenset({Role.OFFICER, Role.ANALYST, Role.INTELLIGENCE, Role.COORDINATOR})


class TipPolicy(Policy):
    """Ours are sent and recalled where they were written; a neighbour's is dealt with at its desk."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": frozenset(SEEN_BY),
        "see": frozenset(SEEN_BY),
        "draft": _SENDERS,
        "edit": _SENDERS,
        "send": _SENDERS,
        "recall": _SENDERS,
        "acknowledge": _RECEIVERS,
        "pass_on": _RECEIVERS,
        "act_on": _RECEIVERS,
        "answer": _RECEIVERS,
    }
    _of_ours: ClassVar[frozenset[str]] = frozenset({"edit", "send", "recall"})
    _of_theirs: ClassVar[frozenset[str]] = frozenset({"acknowledge", "pass_on", "act_on", "answer"})

    def office_of(self, obj: object) -> str | None:
        """That of the tip; an office stands for itself."""
        return obj.code if isinstance(obj, Office) else getattr(obj, "office_id", None)

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """What is ours to send is not ours to acknowledge, and the reverse; what one may not see one may not touch."""
        if not isinstance(obj, Tip):
            return True
        if action in (self._of_theirs if obj.is_ours else self._of_ours):
            return False
        return Tip.objects.visible_to(person).filter(pk=obj.pk).exists()


class DutyPolicy(Policy):
    """The roster: read at the desk, kept by those who steer the work there."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": frozenset(SEEN_BY),
        "enter": frozenset({Role.INTELLIGENCE, Role.COORDINATOR}),
        "cancel": frozenset({Role.INTELLIGENCE, Role.COORDINATOR}),
        "set_times": frozenset({Role.COORDINATOR}),
    }

    def office_of(self, obj: object) -> str | None:
        """That of the shift; an office stands for itself."""
        return obj.code if isinstance(obj, Office) else getattr(obj, "office_id", None)


tips = TipPolicy()
duty = DutyPolicy()


def may_read_history(reader: Reader, tip_id: str) -> bool:
    """Whether the reader may read what was done to a tip: who may see the tip."""
    return isinstance(reader, Person) and Tip.objects.visible_to(reader).filter(pk=tip_id).exists()
