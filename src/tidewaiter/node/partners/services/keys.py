"""The node's own key, and the ring of its neighbours' keys."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tidewaiter.exchange.objects import identity_of
from tidewaiter.exchange.signing import KeyRing, SigningKey
from tidewaiter.node.partners.models import PeerKey

FILE = "exchange.pem"


def ensure_own_key() -> SigningKey:
    """Give the node's signing key; make it in the folder of keys (0600) where there is none yet. Safe to repeat.

    Raises ValueError for a file that holds no Ed25519 key.
    """
    path: Path = settings.CONFIG.keys / FILE
    if not path.exists():
        _write_once(path, SigningKey.generate(_identity()).to_pem(None))
    return _loaded(path, path.stat().st_mtime_ns)


def own_public_key() -> dict[str, Any]:
    """What neighbours need to know of this node: ``{"administration": code, "key": public JWK}``."""
    return {"administration": str(settings.CONFIG.administration), "key": ensure_own_key().public.public_jwk()}


def key_ring(administration: str | None = None) -> KeyRing:
    """The keys of all neighbours, or of one."""
    known = PeerKey.objects.select_related("peer")
    if administration is not None:
        known = known.filter(peer=administration)
    return KeyRing(one.public() for one in known)


def _identity() -> str:
    return identity_of(str(settings.CONFIG.administration))


@lru_cache(maxsize=4)
def _loaded(path: Path, changed: int) -> SigningKey:
    """Read once for each change of the file; ``changed`` is there for that alone."""
    return SigningKey.load(path.read_bytes(), _identity())


def _write_once(path: Path, pem: bytes) -> None:
    """Write beside and link into place: of two processes that begin at once, one key wins and stands whole."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = path.with_name(f".{FILE}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()
