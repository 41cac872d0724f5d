"""What the pages of accounts show."""

from typing import Any

from django.utils import timezone

from tidewaiter.node.accounts import policies
from tidewaiter.node.accounts.models import Person, RoleGrant, SignInAttempt

_ATTEMPTS = 10
_ACTIONS = ("edit", "grant", "reset_password", "deactivate", "activate")


def own_grants(person: Person) -> list[RoleGrant]:
    """The roles that a person has or had, open ones first."""
    return list(RoleGrant.objects.filter(person=person).in_order())


def page_of(actor: Person, subject: Person) -> dict[str, Any]:
    """The page of ``subject`` as ``actor`` sees it: facts, roles, last attempts to sign in, and what may be done."""
    attempts = SignInAttempt.objects.visible_to(actor).filter(person=subject).order_by("-id")[:_ATTEMPTS]
    allowed = policies.people.may(actor, "revoke", subject)
    offices = policies.people.offices(actor, "revoke") if allowed else frozenset()
    return {
        "subject": subject,
        "attempts": list(attempts),
        "grants": [
            {"grant": grant, "may_revoke": grant.office_id in offices and _open(grant)} for grant in own_grants(subject)
        ],
        "may": {action: policies.people.may(actor, action, subject) for action in _ACTIONS},
    }


def _open(grant: RoleGrant) -> bool:
    return grant.ends_at is None or grant.ends_at > timezone.now()
