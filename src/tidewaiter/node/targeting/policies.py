"""Who may do what with runs, criteria and queues."""

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.domain.machines import QUEUE_ITEM
from tidewaiter.domain.state_machine import SYSTEM
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader
from tidewaiter.node.targeting.models import SavedView, SelectedConsignment
from tidewaiter.node.targeting.queries.queue import QUEUE_READERS
from tidewaiter.node.targeting.queries.runs import RUN_READERS

_ANALYSTS = frozenset({Role.ANALYST})
_DESK = frozenset({Role.ANALYST, Role.COORDINATOR})


class _Placed(Policy):
    """A policy whose object may be an office itself, where something is about to be made."""

    def office_of(self, obj: object) -> str | None:
        """The office itself, else that of the object."""
        return obj.code if isinstance(obj, Office) else super().office_of(obj)


class RunPolicy(_Placed):
    """Runs, their rejects (which hold declarations as they came) and the criteria of the node."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": frozenset(RUN_READERS),
        "see": frozenset(RUN_READERS),
        "start": _ANALYSTS,
        "see_rejects": frozenset({Role.ANALYST, Role.AUDITOR}),
        "mend": _ANALYSTS,
        "see_criteria": frozenset(RUN_READERS),
        "change_criteria": _ANALYSTS,
    }


class QueuePolicy(_Placed):
    """Lines of queues. Who may do which action stands in the state machine; who has a line decides about it."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": frozenset(QUEUE_READERS),
        "see": frozenset(QUEUE_READERS),
        "export": frozenset(QUEUE_READERS),
        "see_driver": _DESK | {Role.INTELLIGENCE, Role.CASE_OFFICER, Role.AUDITOR},
        "expect": frozenset({Role.INTELLIGENCE, Role.ANALYST, Role.COORDINATOR}),
        **{
            transition.action: frozenset(Role(role) for role in transition.roles if role != SYSTEM)
            for transition in QUEUE_ITEM.transitions
        },
    }
    of_holder: ClassVar[frozenset[str]] = frozenset({"give_back", "send_for_control", "release"})

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """What one officer has taken, another does not give back, release or send away; the desk may."""
        if action not in self.of_holder or not isinstance(obj, SelectedConsignment):
            return True
        return obj.taken_by_id == person.pk or obj.office_id in person.reach(*_DESK)


class ConsignmentPolicy(_Placed):
    """Declarations that no list holds: read by who works with queues, within the office where they were made."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "find": frozenset(QUEUE_READERS),
        "see": frozenset(QUEUE_READERS),
    }


class ViewPolicy(_Placed):
    """Saved views: everybody who works with queues saves views; a view is changed by who made it."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "save": frozenset(QUEUE_READERS),
        "share": frozenset(QUEUE_READERS),
        "delete": frozenset(QUEUE_READERS),
    }

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """One's own."""
        return not isinstance(obj, SavedView) or obj.person_id == person.pk


runs = RunPolicy()
queue = QueuePolicy()
consignments = ConsignmentPolicy()
views = ViewPolicy()


def may_read_history(reader: Reader, item_id: str) -> bool:
    """Whether the reader may read what was done with the line of that id."""
    return isinstance(reader, Person) and SelectedConsignment.objects.visible_to(reader).filter(pk=item_id).exists()
