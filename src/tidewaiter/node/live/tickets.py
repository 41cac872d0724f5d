"""Tickets: who may listen, to what and until when, so that the live process needs no session.

Signed by Django's signing with the node's secret key. A ticket names grants (role and office) and a person's id alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing

SALT = "tidewaiter.node.live.ticket"
SECONDS = 3600
"""How long a ticket serves; the page asks for another."""


class BadTicket(Exception):
    """The ticket is forged, of another node, or too old."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """``grants`` are pairs of role and office; ``after`` is the last event that the page knew when it was made."""

    person: str
    grants: tuple[tuple[str, str], ...]
    after: int
    made_at: float = 0.0

    def may_hear(self, audience: Mapping[str, Any]) -> bool:
        """Whether one grant has a role and an office of the audience; null in the audience is any."""
        offices, roles = audience.get("offices"), audience.get("roles")
        return any(
            (roles is None or role in roles) and (offices is None or office in offices) for role, office in self.grants
        )


def seal(secret_key: str, person: str, grants: Iterable[tuple[str, str]], after: int) -> str:
    """Give the ticket as text for an address."""
    value = {"p": person, "g": sorted(set(grants)), "a": after}
    return _signer(secret_key).sign_object(value, compress=True)


def unseal(secret_key: str, text: str, *, seconds: float = SECONDS) -> Ticket:
    """Read a ticket; raises BadTicket."""
    signer = _signer(secret_key)
    try:
        value = signer.unsign_object(text, max_age=seconds)
        made_at = float(signing.b62_decode(text.rsplit(":", 2)[1]))
    except (signing.BadSignature, ValueError, IndexError) as wrong:
        raise BadTicket(str(type(wrong).__name__)) from None
    grants = tuple((str(role), str(office)) for role, office in value["g"])
    return Ticket(str(value["p"]), grants, int(value["a"]), made_at)


def _signer(secret_key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(key=secret_key, salt=SALT, fallback_keys=[])
