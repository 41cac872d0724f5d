"""Neighbours, their keys and the agreements with them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.exchange.objects import Refused as BadKey
from tidewaiter.exchange.objects import identity_of
from tidewaiter.exchange.signing import PublicKey
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.partners import verbs
from tidewaiter.node.partners.collections import ROOT
from tidewaiter.node.partners.models import Peer, PeerAgreement, PeerKey

KINDS = ("tip", "operation", "tasking", "situation_report", "released_figures", "snapshot", "statement", "agreement")
PURPOSE = "ipr_enforcement"
"""What is exchanged for where nothing else is said: enforcing intellectual property rights at the border."""


@transaction.atomic
def add_peer(
    actor: Person | None,
    *,
    administration: str,
    url: str,
    key: Mapping[str, Any],
    names: Mapping[str, str] | None = None,
) -> Peer:
    """Add a neighbour, or give one that is known another address or a further key. Safe to repeat.

    ``url`` is the address of its node or of its TAXII API root; ``key`` its public JWK, compared out of band. The
    caller (a command on the node's own machine) is trusted; pages do not offer this. Raises Refused.
    """
    if administration == settings.CONFIG.administration:
        raise Refused(_("A node is not its own neighbour."), field="administration")
    root = _root(url)
    peer, made = Peer.objects.get_or_create(
        administration=administration, defaults={"root_url": root, "names": dict(names or {})}
    )
    if made:
        record(actor, verbs.PEER_ADDED, peer, after={"root_url": root}, office=settings.CONFIG.administration)
    elif peer.root_url != root:
        before, peer.root_url = peer.root_url, root
        peer.save(update_fields=["root_url"])
        record(actor, verbs.PEER_CHANGED, peer, before={"root_url": before}, after={"root_url": root}, office=_top())
    add_key(actor, peer, key)
    return peer


@transaction.atomic
def add_key(
    actor: Person | None,
    peer: Peer,
    key: Mapping[str, Any],
    *,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
) -> PeerKey:
    """Add a public key of a neighbour; one that is known stays as it is. Raises Refused."""
    try:
        public = PublicKey.from_jwk(key, identity_of(peer.administration))
    except BadKey as wrong:
        raise Refused(str(wrong), field="key") from None
    found, made = PeerKey.objects.get_or_create(
        key_id=public.key_id,
        defaults={"peer": peer, "jwk": public.public_jwk(), "not_before": not_before, "not_after": not_after},
    )
    if found.peer_id != peer.pk:
        raise Refused(_("This key is another neighbour's already."), field="key")
    if made:
        record(actor, verbs.KEY_ADDED, peer, after={"key": public.key_id}, office=_top())
    return found


@transaction.atomic
def revoke_key(actor: Person | None, key: PeerKey, *, reason: str) -> None:
    """Trust a key no longer, from now on; what it signed before stays good. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
        record(actor, verbs.KEY_REVOKED, key.peer, after={"key": key.key_id}, reason=reason, office=_top())


@transaction.atomic
def add_agreement(
    actor: Person | None,
    peer: Peer,
    *,
    legal_basis: str,
    valid_from: date,
    valid_until: date | None = None,
    kinds: Iterable[str] = KINDS,
    purposes: Iterable[str] = (PURPOSE,),
    nominal: bool = False,
    onward: bool = False,
    confirmed: bool = False,
) -> PeerAgreement:
    """Enter what was agreed with a neighbour; without an agreement nothing but receipts and recalls goes to it."""
    if not legal_basis.strip():
        raise Refused(_("Name the legal basis."), field="legal_basis")
    made = PeerAgreement.objects.create(
        peer=peer,
        legal_basis=legal_basis.strip(),
        kinds=sorted(kinds),
        purposes=sorted(purposes),
        nominal=nominal,
        onward=onward,
        confirmed=confirmed,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    after = {"legal_basis": made.legal_basis, "kinds": made.kinds, "nominal": nominal, "from": valid_from}
    record(actor, verbs.AGREEMENT_ADDED, peer, after=after, office=_top())
    return made


def _root(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise Refused(_("This is no address of a node: it begins with http:// or https://."), field="url")
    if parts.path in {"", "/"}:
        return urljoin(url, f"/taxii2/{ROOT}/")
    return url if url.endswith("/") else f"{url}/"


def _top() -> str:
    return str(settings.CONFIG.administration)
