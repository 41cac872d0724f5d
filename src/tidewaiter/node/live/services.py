"""Announcing changes, and letting people listen."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from tidewaiter.node import waking
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.live import tickets
from tidewaiter.node.live.models import Event

KEPT = timedelta(days=1)
"""How long events are kept: far longer than a ticket serves."""


def announce(
    topic: str,
    obj: models.Model,
    *,
    offices: Iterable[Office | str] | None = None,
    roles: Collection[str] | None = None,
) -> Event:
    """Say that ``obj`` changed, to open pages that listen for ``topic``. Call it inside the transaction of the change.

    ``offices`` (or their codes) and ``roles`` limit who hears it: whoever has one of the roles for one of the offices
    or for an office above it. None is everybody who has any role; an empty collection is nobody. It tells no content.
    """
    event = Event.objects.create(
        topic=topic,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        audience={
            "offices": None if offices is None else sorted(_with_those_above(offices)),
            "roles": None if roles is None else sorted(str(role) for role in roles),
        },
    )
    transaction.on_commit(partial(waking.ring, settings.CONFIG.folder, "live"), robust=True)
    return event


def _with_those_above(offices: Iterable[Office | str]) -> set[str]:
    given = list(offices)
    paths = [office.path for office in given if isinstance(office, Office)]
    codes = {office for office in given if isinstance(office, str)}
    if codes:
        paths += Office.objects.filter(pk__in=codes).values_list("path", flat=True)
    return codes | {code for path in paths for code in path.split("/") if code}


def ticket(person: Person) -> str:
    """Give a signed ticket with which the person's pages may listen for an hour, from what is known now."""
    holding = RoleGrant.objects.filter(person=person).holding(timezone.now()) if person.is_active else ()
    grants = [(grant.role, grant.office_id) for grant in holding]
    after = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return tickets.seal(settings.SECRET_KEY, str(person.pk), grants, after)


def address(person: Person) -> str:
    """Give the address of the live stream with a ticket of the person, for ``frame.live``."""
    return f"{settings.CONFIG.own_live_address}/live/events?{urlencode({'ticket': ticket(person)})}"


def forget() -> int:
    """Delete events that no page can ask for any more; give how many."""
    return Event.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
