"""Keys of administrations: Ed25519 (RFC 8032), named by their thumbprint (RFC 7638, RFC 8037)."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from joserfc.jwk import OKPKey

from tidewaiter.exchange.refusal import Reason, Refused, shortened


class Signer(Protocol):
    """What signs: a key in a file, or later one in a token that never gives it away."""

    @property
    def owner(self) -> str:
        """The identity for which it signs, ``identity--…``."""

    @property
    def key_id(self) -> str:
        """The thumbprint of the public key."""

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key of ``owner`` (an identity), valid from and until these moments (None: open), revoked at one or not."""

    owner: str
    raw: bytes
    not_before: datetime | None = None
    not_after: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def key_id(self) -> str:
        """The thumbprint: base64url of the SHA-256 of the key's canonical JWK."""
        return str(self.jose().thumbprint())

    def jose(self) -> OKPKey:
        """The key as the JOSE library takes it."""
        return OKPKey.import_key({**_jwk(self.raw)})

    def public_jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key with its identifier, for the key directory."""
        return {**_jwk(self.raw), "kid": self.key_id, "alg": "Ed25519", "use": "sig"}

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any], owner: str, **validity: datetime | None) -> "PublicKey":
        """Read a public JWK. Raises Refused for another kind of key, a private one, or a false ``kid``."""
        if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or "d" in jwk:
            raise Refused(Reason.UNKNOWN_VALUE, "a public Ed25519 key is expected")
        try:
            raw = base64.urlsafe_b64decode(f"{jwk.get('x')}=".encode("ascii"))
        except (binascii.Error, UnicodeEncodeError):
            raw = b""
        if len(raw) != 32:
            raise Refused(Reason.BAD_FORMAT, "an Ed25519 key has 32 bytes", "x")
        key = cls(owner, raw, **validity)
        if jwk.get("kid") not in (None, key.key_id):
            raise Refused(Reason.CONTRADICTORY, "the identifier is not the thumbprint of the key", "kid")
        return key

    def verify(self, signature: bytes, content: bytes) -> bool:
        """Whether the signature over the content is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except InvalidSignature:
            return False
        return True


class SigningKey:
    """A private key in memory. It is never shown: not in repr, not in messages."""

    def __init__(self, private: Ed25519PrivateKey, owner: str) -> None:
        self._private = private
        self._public = PublicKey(owner, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
        self._key_id = self._public.key_id

    @classmethod
    def generate(cls, owner: str) -> "SigningKey":
        """Make a new key for that identity."""
        return cls(Ed25519PrivateKey.generate(), owner)

    @classmethod
    def load(cls, pem: bytes, owner: str, password: bytes | None = None) -> "SigningKey":
        """Read a PKCS #8 file. Raises ValueError for another kind of key, a damaged file or a wrong password."""
        try:
            private = load_pem_private_key(pem, password)
        except TypeError:
            raise ValueError("The key file is encrypted and no password was given, or the other way round.") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("The key file does not hold an Ed25519 key.")
        return cls(private, owner)

    def to_pem(self, password: bytes | None) -> bytes:
        """The PKCS #8 file, encrypted where a password is given. The file is the caller's to protect (0600)."""
        encryption = BestAvailableEncryption(password) if password else NoEncryption()
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)

    @property
    def owner(self) -> str:
        """The identity for which it signs."""
        return self._public.owner

    @property
    def key_id(self) -> str:
        """The thumbprint of the public key."""
        return self._key_id

    @property
    def public(self) -> PublicKey:
        """The public half."""
        return self._public

    def sign(self, content: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature."""
        return self._private.sign(content)

    def __repr__(self) -> str:
        return f"<SigningKey {self._key_id} of {self.owner}>"


class KeyRing:
    """The public keys that a node trusts, several for one identity while keys are rotated."""

    def __init__(self, keys: Iterable[PublicKey]) -> None:
        self._keys = {key.key_id: key for key in keys}

    def find(self, key_id: str, at: datetime) -> PublicKey:
        """The key of that name if it is valid at that moment, which is when something arrived, not when its sender
        says that it was signed: whoever steals an old key can write any date.

        Raises Refused for a key that is unknown, not yet or no longer valid, or revoked.
        """
        key = self._keys.get(key_id)
        if key is None:
            raise Refused(Reason.UNKNOWN_KEY, f"the key {shortened(key_id, 50)} is not known here")
        if key.revoked_at is not None and key.revoked_at <= at:
            raise Refused(Reason.KEY_NOT_VALID, f"the key {key_id} has been revoked")
        if (key.not_before and at < key.not_before) or (key.not_after and key.not_after <= at):
            raise Refused(Reason.KEY_NOT_VALID, f"the key {key_id} is not valid at that time")
        return key


def _jwk(raw: bytes) -> dict[str, str]:
    return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")}
