"""Who may do what with controls and cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from tidewaiter.domain.machines import CASE, CUSTODY, DISPOSAL, RECORD_STATUS, SEIZURE_STAGE
from tidewaiter.domain.state_machine import Machine
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader
from tidewaiter.node.casework.models import Case, Control, Disposal

_CONTROLS_SEEN = frozenset(Control.objects.all().seen_by)
_CASES_SEEN = frozenset(Case.objects.all().seen_by)
_RECORDERS = frozenset({Role.OFFICER, Role.CASE_OFFICER})
_CASE_OFFICERS = frozenset({Role.CASE_OFFICER})


def roles_of(machine: Machine) -> dict[str, frozenset[Role]]:
    """The roles that each action of a machine needs, somewhere; the machine itself says where it is possible."""
    found: dict[str, frozenset[Role]] = {}
    for transition in machine.transitions:
        people = frozenset(Role(str(role)) for role in transition.roles if role in Role.values)
        found[transition.action] = found.get(transition.action, frozenset()) | people
    return found


class _OfficePolicy(Policy):
    def office_of(self, obj: object) -> str | None:
        """That of the record; an office stands for itself, where something new is asked for."""
        return obj.code if isinstance(obj, Office) else super().office_of(obj)


class ControlPolicy(_OfficePolicy):
    """Controls and their photographs. Originals carry location and device data: case officers alone see them."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": _CONTROLS_SEEN,
        "see": _CONTROLS_SEEN,
        "record": _RECORDERS,
        "photograph": _RECORDERS,
        "see_original": _CASE_OFFICERS,
    }


class CasePolicy(_OfficePolicy):
    """Cases, their lines, values, exhibits and disposals."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": _CASES_SEEN,
        "see": _CASES_SEEN,
        "open": _RECORDERS,
        "edit": _CASE_OFFICERS,
        "value": _CASE_OFFICERS,
        "record_event": _CASE_OFFICERS,
        "add_exhibit": _RECORDERS,
        "propose_disposal": _CASE_OFFICERS,
        **{f"case.{action}": roles for action, roles in roles_of(CASE).items()},
        **{f"status.{action}": roles for action, roles in roles_of(RECORD_STATUS).items()},
        **{f"stage.{action}": roles for action, roles in roles_of(SEIZURE_STAGE).items()},
        **{f"custody.{action}": roles for action, roles in roles_of(CUSTODY).items()},
        **{f"disposal.{action}": roles for action, roles in roles_of(DISPOSAL).items()},
    }

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """Who proposed a disposal does not approve it."""
        if action == "disposal.approve" and isinstance(obj, Disposal):
            return obj.proposed_by_id != person.pk
        return True

    def may_see_history(self, reader: Reader, case_id: str) -> bool:
        """Whether the reader may read what was done to a case: who sees the case."""
        return isinstance(reader, Person) and Case.objects.visible_to(reader).filter(pk=case_id).exists()


class RestrictedPolicy(_OfficePolicy):
    """The names of arrested persons: case officers of the office, nobody else, auditors neither."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {"see": _CASE_OFFICERS, "add": _CASE_OFFICERS}


controls = ControlPolicy()
cases = CasePolicy()
restricted = RestrictedPolicy()
