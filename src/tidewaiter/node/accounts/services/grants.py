"""Granting and revoking roles. Never one's own, always with a reason, never beyond the administrator's own reach."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts import policies, verbs
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.services import record


@transaction.atomic
def grant_role(
    actor: Person,
    person: Person,
    *,
    role: Role | str,
    office: Office,
    reason: str,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> RoleGrant:
    """Give ``person`` a role for ``office`` and all below, from now or ``valid_from`` (aware), and give the grant.

    Raises NotAllowed, and Refused without a reason, for a period that ends before it begins or a role that the person
    has there already.
    """
    policies.people.require(actor, "grant", person)
    policies.people.require(actor, "grant", office)
    start = valid_from or timezone.now()
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    if valid_until is not None and valid_until <= max(start, timezone.now()):
        raise Refused(_("The end must lie after the beginning and in the future."), field="valid_until")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if RoleGrant.objects.filter(person=person, role=role, office=office).not_over(timezone.now()).exists():
        raise Refused(_("This person has this role there already."), field="role")
    grant = RoleGrant.objects.create(
        person=person,
        role=Role(role),
        office=office,
        valid_from=start,
        valid_until=valid_until,
        granted_by=actor,
        reason=reason.strip(),
    )
    person.forget_reach()
    record(actor, verbs.ROLE_GRANTED, person, after=_state(grant), reason=reason.strip())
    return grant


@transaction.atomic
def revoke_role(actor: Person, grant: RoleGrant, *, reason: str) -> RoleGrant:
    """End a grant now and give it; raises NotAllowed, and Refused without a reason or where it is already over."""
    grant = RoleGrant.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=grant.pk)
    policies.people.require(actor, "revoke", grant)
    policies.people.require(actor, "grant", grant.office)
    now = timezone.now()
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    if grant.ends_at is not None and grant.ends_at <= now:
        raise Refused(_("This role has already ended."))
    before = _state(grant)
    grant.revoked_at, grant.revoked_by, grant.revoke_reason = now, actor, reason.strip()
    grant.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    grant.person.forget_reach()
    record(actor, verbs.ROLE_REVOKED, grant.person, before=before, after=_state(grant), reason=reason.strip())
    return grant


def _state(grant: RoleGrant) -> dict[str, object]:
    return {
        "role": grant.role,
        "office": grant.office_id,
        "valid_from": grant.valid_from,
        "valid_until": grant.valid_until,
        "revoked_at": grant.revoked_at,
    }
