"""What a browser keeps of a person's settings, so that pages look right before and after signing in."""

from datetime import timedelta
from typing import Final, TypeVar

from django.conf import settings
from django.http import HttpResponse

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Theme

THEME: Final = "tw_theme"
KEYS: Final = "tw_keys"
_YEAR: Final = timedelta(days=365)

Response = TypeVar("Response", bound=HttpResponse)


def carry(response: Response, person: Person) -> Response:
    """Give ``response`` with the person's language, theme and keys as cookies. They hold nothing else."""
    values = {
        settings.LANGUAGE_COOKIE_NAME: person.language,
        THEME: "" if person.theme == Theme.AUTO else person.theme,
        KEYS: "on" if person.shortcuts else "off",
    }
    for name, value in values.items():
        if value:
            response.set_cookie(
                name, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
        else:
            response.delete_cookie(name, samesite="Lax")
    return response
