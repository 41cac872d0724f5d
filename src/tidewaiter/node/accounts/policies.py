"""Who may do what: policies as objects, default deny. Each app makes its own from ``Policy``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.queries import Reader


class NotAllowed(PermissionDenied):
    """A person may not do this. Its words tell nothing about the object: it may not even exist for this person."""

    def __init__(self, action: str) -> None:
        super().__init__(_("You may not do this. Ask an administrator of your office whether you need another role."))
        self.action = action


class Policy:
    """Answers every "may this person do that" of one kind of object.

    ``rules`` names the roles that an action needs. With an object, the role must reach the object's office; without
    one, any office. An action without a rule is refused. ``also`` can refuse further, never allow more.
    """

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {}

    def may(self, person: Person, action: str, obj: object | None = None) -> bool:
        """Whether ``person`` may do ``action``, with ``obj`` where it is about one."""
        roles = self.rules.get(action)
        if not roles or not person.is_authenticated or not person.is_active:
            return False
        reached = person.reach(*roles)
        if not reached:
            return False
        if obj is not None and self.office_of(obj) not in reached:
            return False
        return self.also(person, action, obj)

    def require(self, person: Person, action: str, obj: object | None = None) -> None:
        """Do nothing where ``person`` may; raises NotAllowed (403) otherwise."""
        if not self.may(person, action, obj):
            raise NotAllowed(action)

    def offices(self, person: Person, action: str) -> frozenset[str]:
        """The codes of the offices in which ``person`` may do ``action``, but for what ``also`` refuses."""
        roles = self.rules.get(action)
        return person.reach(*roles) if roles and person.is_authenticated else frozenset()

    def office_of(self, obj: object) -> str | None:
        """The code of the office that decides about ``obj``; None: nobody may."""
        return getattr(obj, "office_id", None)

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """Further conditions of one kind of object; a subclass refuses by False."""
        return True


_SEE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
_ADMINISTER = frozenset({Role.ADMINISTRATOR})


class PeoplePolicy(Policy):
    """Accounts and roles: administrators within their reach, and never their own roles or activity."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": _SEE,
        "see": _SEE,
        "create": _ADMINISTER,
        "edit": _ADMINISTER,
        "reset_password": _ADMINISTER,
        "deactivate": _ADMINISTER,
        "activate": _ADMINISTER,
        "grant": _ADMINISTER,
        "revoke": _ADMINISTER,
    }
    not_oneself: ClassVar[frozenset[str]] = frozenset({"grant", "revoke", "deactivate", "activate", "reset_password"})

    def office_of(self, obj: object) -> str | None:
        """That of the person; an office stands for itself."""
        if isinstance(obj, Office):
            return obj.code
        if isinstance(obj, RoleGrant):
            return obj.person.office_id
        return obj.office_id if isinstance(obj, Person) else None

    def also(self, person: Person, action: str, obj: object | None) -> bool:
        """Nobody changes one's own roles; and nobody manages an account whose roles reach further than one's own.

        Grants count even while the account is closed or before they begin: else a new password would lend them.
        """
        subject = obj.person if isinstance(obj, RoleGrant) else obj
        if not isinstance(subject, Person) or action in {"see", "list"}:
            return True
        if subject.pk == person.pk:
            return action not in self.not_oneself
        wider = subject.grants.not_over(timezone.now()).exclude(office__in=person.reach(Role.ADMINISTRATOR))
        return not wider.exists()

    def may_see_history(self, reader: Reader, person_id: str) -> bool:
        """Whether the reader may read what was done to the account of that id: one's own, or within reach."""
        return isinstance(reader, Person) and (
            str(reader.pk) == person_id
            or Person.objects.filter(pk=person_id, office__in=self.offices(reader, "see")).exists()
        )


class OfficesPolicy(Policy):
    """Own offices: added and renamed by the administrators above them."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {"add": _ADMINISTER, "rename": _ADMINISTER}

    def office_of(self, obj: object) -> str | None:
        """The office itself; for a new one the office above it is asked."""
        return obj.code if isinstance(obj, Office) else None


people = PeoplePolicy()
offices = OfficesPolicy()
