"""Writing the audit log: one row a deed, in the deed's own transaction."""

import secrets
from collections.abc import Mapping
from typing import Any, Protocol

import structlog
from django.db import models, transaction
from django.utils import timezone

from tidewaiter.node.audit import leaf, verbs
from tidewaiter.node.audit.chain import administration
from tidewaiter.node.audit.models import AuditPayload, AuditRow

_LABEL = 200


class NoTransaction(RuntimeError):
    """A deed was to be recorded outside its transaction; it could then happen without its row, or the reverse."""


class Actor(Protocol):
    """Who does something; a person of accounts."""

    pk: Any
    office_id: Any

    def __str__(self) -> str: ...


def record(
    actor: Actor | None,
    verb: verbs.Verb | str,
    obj: models.Model,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    office: object = None,
) -> AuditRow:
    """Write the audit row of a deed on ``obj`` and give it. Call it inside the transaction of the deed.

    ``actor`` is None where the node itself acts. ``before`` and ``after`` hold what changed; personal data stands only
    there, because only that can be erased later. ``office`` (an office or its code) is that of the object where not
    given, else that of the actor, else the whole administration.

    Raises NoTransaction, UnknownVerb, and TypeError for a value that has no canonical form (a float).
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction("audit.services.record() must be called inside transaction.atomic(), with the deed")
    known = verbs.find(verb if isinstance(verb, str) else verb.code)
    body = leaf.payload(_values(before), _values(after))
    salt = secrets.token_bytes(leaf.SALT_BYTES)
    label = getattr(obj, "audit_label", None)
    row = AuditRow.objects.create(
        at=timezone.now(),
        actor_id=None if actor is None else actor.pk,
        actor_name="" if actor is None else _short(str(actor)),
        office=_office(office, obj, actor),
        verb=known.code,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=_short(label() if callable(label) else str(obj)),
        reason=_clean(reason),
        request_id=_short(str(structlog.contextvars.get_contextvars().get("request_id", "")), 80),
        commitment=leaf.commitment(salt, body),
    )
    AuditPayload.objects.create(row=row, salt=salt, body=body.decode())
    return row


@transaction.atomic
def erase_payload(actor: Actor | None, row: AuditRow, *, reason: str) -> AuditRow:
    """Erase what ``row`` commits to, for good, and give the row of the erasing. The row and the chain stay as they are.

    Raises ValueError without a reason. Nothing more happens where the payload is already gone.
    """
    if not reason.strip():
        raise ValueError("erasing needs a reason")
    erasing = record(actor, verbs.PAYLOAD_ERASED, row, reason=reason, office=row.office)
    AuditPayload.objects.filter(row=row).delete()
    return erasing


def _values(values: Mapping[str, object] | None) -> leaf.Json:
    return None if values is None else leaf.plain(values)


def _office(office: object, obj: models.Model, actor: Actor | None) -> str:
    for found in (office, getattr(obj, "office_id", None), None if actor is None else actor.office_id):
        if found:
            return str(getattr(found, "pk", found))
    return administration()


def _short(text: str, most: int = _LABEL) -> str:
    text = _clean(text)
    return text if len(text) <= most else text[: most - 1] + "…"


def _clean(text: str) -> str:
    """Without what a database or canonical JSON cannot hold: the null character and half surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
