"""What views need of a request."""

import ipaddress

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in; raises PermissionDenied for nobody (the gate lets nobody come so far)."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    # The lazy wrapper would hide what is set on the person during the request.
    wrapped = getattr(request.user, "_wrapped", request.user)
    return wrapped if isinstance(wrapped, Person) else request.user


def address_of(request: HttpRequest) -> str | None:
    """The address from which the request came: behind a proxy that it names, else of the connection."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.CONFIG.behind_proxy == "yes":
        # The last one is what our own proxy saw; those before it anybody can write.
        given = request.headers.get("X-Forwarded-For", given).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return None


def refuse(form: forms.Form, refused: Refused) -> None:
    """Say at its field, or over the form, why a service refused."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
