"""Writing the register of rights: each function is one transaction of policy, write and audit row."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.rights import policies, verbs
from tidewaiter.node.rights.models import Right, RightHolder
from tidewaiter.node.search.services import index

HOLDER_FIELDS = ("name", "name_han", "contact_name", "contact_email", "contact_phone")
RIGHT_FIELDS = (
    "holder_id",
    "mark",
    "kind",
    "recordal_number",
    "classes",
    "products",
    "valid_from",
    "valid_until",
    "look_at",
)


@transaction.atomic
def add_holder(actor: Person, *, office: Office, name: str, **details: str) -> RightHolder:
    """Add a right holder kept by ``office``; ``details``: name_han, contact_name, contact_email, contact_phone.

    Raises NotAllowed, and Refused for a name that is taken.
    """
    policies.rights.require(actor, "add", office)
    if RightHolder.objects.filter(name=name).exists():
        raise Refused(_("There is already a right holder of this name."), field="name")
    holder = RightHolder(office=office, name=name, **details)
    holder.save(force_insert=True)
    record(actor, verbs.HOLDER_ADDED, holder, after=_state(holder, HOLDER_FIELDS))
    return holder


@transaction.atomic
def edit_holder(actor: Person, holder: RightHolder, **details: str) -> RightHolder:
    """Change a right holder; raises NotAllowed, and Refused for a name that is taken."""
    holder = RightHolder.objects.select_for_update(no_key=True).get(pk=holder.pk)
    policies.rights.require(actor, "edit", holder)
    name = details.get("name", holder.name)
    if RightHolder.objects.filter(name=name).exclude(pk=holder.pk).exists():
        raise Refused(_("There is already a right holder of this name."), field="name")
    _change(actor, holder, details, HOLDER_FIELDS, verbs.HOLDER_EDITED.code)
    index(*holder.rights.select_related("holder"))
    return holder


@transaction.atomic
def add_right(actor: Person, *, office: Office, holder: RightHolder, **details: Any) -> Right:
    """Add a right kept by ``office``. ``details`` are the fields of Right.

    Raises NotAllowed, and Refused for a recordal number that is taken or a period that ends before it begins.
    """
    policies.rights.require(actor, "add", office)
    right = Right(office=office, holder=holder, **details)
    _check(right)
    _save(right, insert=True)
    record(actor, verbs.RIGHT_ADDED, right, after=_state(right, RIGHT_FIELDS))
    index(right)
    return right


@transaction.atomic
def edit_right(actor: Person, right: Right, **details: Any) -> Right:
    """Change a right; raises NotAllowed, and Refused as ``add_right`` does."""
    right = Right.objects.select_for_update(no_key=True).get(pk=right.pk)
    policies.rights.require(actor, "edit", right)
    before = _state(right, RIGHT_FIELDS)
    for name, value in details.items():
        setattr(right, name, value)
    _check(right)
    _save(right)
    after = _state(right, RIGHT_FIELDS)
    if after != before:
        record(actor, verbs.RIGHT_EDITED, right, before=before, after=after)
        index(right)
    return right


def _change(actor: Person, obj: RightHolder, details: Mapping[str, str], fields: tuple[str, ...], verb: str) -> None:
    before = _state(obj, fields)
    for name, value in details.items():
        setattr(obj, name, value)
    obj.save()
    after = _state(obj, fields)
    if after != before:
        record(actor, verb, obj, before=before, after=after)


def _check(right: Right) -> None:
    if right.valid_from and right.valid_until and right.valid_until < right.valid_from:
        raise Refused(_("The right ends before it begins. Look at both dates."), field="valid_until")
    taken = Right.objects.filter(recordal_number=right.recordal_number).exclude(pk=right.pk)
    if right.recordal_number and taken.exists():
        raise Refused(_("There is already a right with this recordal number."), field="recordal_number")


def _save(right: Right, *, insert: bool = False) -> None:
    try:
        with transaction.atomic():
            right.save(force_insert=insert)
    except IntegrityError as taken:
        raise Refused(_("There is already a right with this recordal number."), field="recordal_number") from taken


def _state(obj: RightHolder | Right, fields: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(obj, name) for name in fields}
