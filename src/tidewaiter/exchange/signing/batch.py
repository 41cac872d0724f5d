"""One signature over a batch of objects, and for each object the proof that it was in it.

The signature is a detached JWS (RFC 7515, RFC 7797) by Ed25519 (RFC 9864) over the canonical JSON of what the seal
says: suite, author, time, number of objects, and the Merkle root over the objects' digests. No object is touched.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from joserfc import jws
from joserfc.errors import JoseError

from tidewaiter.exchange.objects import moments, strict_json
from tidewaiter.exchange.objects.canonical import canonical, digest
from tidewaiter.exchange.objects.identifiers import Digest, IdentityId
from tidewaiter.exchange.objects.limits import BATCH_OBJECTS, ENVELOPE_BYTES, OBJECT_BYTES
from tidewaiter.exchange.objects.wire import Many, Text, Whole, wire_of
from tidewaiter.exchange.refusal import Reason, Refused, shortened
from tidewaiter.exchange.signing.keys import KeyRing, Signer
from tidewaiter.exchange.signing.merkle import leaf_hash, root_and_paths, root_of_path

SUITE = "ed25519-sha256-rfc6962"
"""Signature, digest and tree. Another suite (SM2 with SM3, or a post-quantum one) gets another name."""
SEAL = "x_customs_seal"
"""The property of a TAXII envelope that holds the seal."""
AHEAD = timedelta(minutes=5)
"""How far a neighbour's clock may be ahead of ours."""
_TYPE = "customs-batch+jws"


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What is signed, and the signature: who sealed a batch of how many objects when, and its Merkle root (hex)."""

    suite: Annotated[str, Text(40)]
    author: IdentityId
    signed_at: datetime
    size: Annotated[int, Whole(1, BATCH_OBJECTS)]
    root: Digest
    jws: Annotated[str, Text(1_000, r"^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+$")]


@dataclass(frozen=True, kw_only=True)
class Proof:
    """That an object was in a sealed batch: its place, and the hashes (hex) that lead from it to the root."""

    seal: Seal
    index: Annotated[int, Whole(0, BATCH_OBJECTS - 1)]
    path: Annotated[tuple[Digest, ...], Many(16)] = ()

    def to_plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        plain: dict[str, Any] = wire_of(Proof).write(self)
        return plain

    @classmethod
    def from_plain(cls, plain: Any) -> "Proof":
        """Read what ``to_plain`` gave. Raises Refused."""
        proof: Proof = wire_of(cls).read(plain)
        return proof


@dataclass(frozen=True)
class SignedBatch:
    """Objects with the seal over them, as they travel in one TAXII envelope."""

    objects: tuple[dict[str, Any], ...]
    seal: Seal

    def to_envelope(self) -> bytes:
        """The TAXII 2.1 envelope in canonical JSON, the seal as a property of its own."""
        return canonical({"objects": list(self.objects), SEAL: wire_of(Seal).write(self.seal)})

    @classmethod
    def from_envelope(cls, content: bytes, largest: int = ENVELOPE_BYTES) -> "SignedBatch":
        """Read an envelope; the signature is not yet checked. Raises Refused."""
        plain = strict_json.read(content, largest)
        objects = plain.get("objects")
        if not isinstance(objects, list) or not all(isinstance(one, dict) for one in objects):
            raise Refused(Reason.WRONG_TYPE, "a list of objects is expected", "objects")
        if SEAL not in plain:
            raise Refused(Reason.MISSING, "the batch is not signed", SEAL)
        try:
            return cls(tuple(objects), wire_of(Seal).read(plain[SEAL]))
        except Refused as refused:
            raise refused.within(SEAL) from None


@dataclass(frozen=True)
class VerifiedObject:
    """An object that its author sealed: its digest (hex), and the proof to keep with it."""

    plain: dict[str, Any]
    digest: str
    proof: Proof


@dataclass(frozen=True)
class RefusedObject:
    """An object of a good batch that is not taken, with the reason for its receipt."""

    plain: dict[str, Any]
    digest: str
    refusal: Refused


@dataclass(frozen=True)
class VerifiedBatch:
    """A batch whose signature holds: who sealed it with which key, what is taken, and what is not and why."""

    author: str
    key_id: str
    signed_at: datetime
    objects: tuple[VerifiedObject, ...]
    refused: tuple[RefusedObject, ...]


def sign_batch(objects: Sequence[Mapping[str, Any]], key: Signer, signed_at: datetime | None = None) -> SignedBatch:
    """Seal 1 to 500 plain STIX objects. Raises Refused for none, for too many, and for what has no canonical form."""
    if not 1 <= len(objects) <= BATCH_OBJECTS:
        raise Refused(Reason.TOO_LARGE, f"a batch holds 1 to {BATCH_OBJECTS} objects, not {len(objects)}", "objects")
    plain = tuple(dict(one) for one in objects)
    root, _ = root_and_paths([_leaf(digest(one)) for one in plain])
    told = _told(key.owner, moments.to_the_millisecond(signed_at or datetime.now(UTC)), len(plain), root.hex())
    header = _base64url(canonical(_header(key.key_id)))
    signature = _base64url(key.sign(header + b"." + canonical(told)))
    seal = wire_of(Seal).read({**told, "jws": f"{header.decode()}..{signature.decode()}"})
    return SignedBatch(plain, seal)


def verify_batch(batch: SignedBatch, keys: KeyRing, at: datetime | None = None) -> VerifiedBatch:
    """Check the seal and give each object with its proof. ``at`` is when the batch arrived (None: now).

    Raises Refused when the seal does not hold; then nothing of the batch is to be used. An object whose
    ``created_by_ref`` is not the sealing identity, and one past our limits, is refused alone.
    """
    arrived = at or datetime.now(UTC)
    seal = batch.seal
    if seal.size != len(batch.objects):
        raise Refused(Reason.BAD_SIGNATURE, f"{seal.size} objects were signed, {len(batch.objects)} are here")
    contents = [canonical(one) for one in batch.objects]
    digests = [hashlib.sha256(one).hexdigest() for one in contents]
    root, paths = root_and_paths([_leaf(one) for one in digests])
    if seal.root != root.hex():
        raise Refused(Reason.BAD_SIGNATURE, "the objects are not those that were signed: changed or in another order")
    key_id = _check_seal(seal, keys, arrived)
    taken: list[VerifiedObject] = []
    refused: list[RefusedObject] = []
    for index, (plain, named, path) in enumerate(zip(batch.objects, digests, paths, strict=True)):
        refusal = _own(plain, len(contents[index]), seal.author)
        if refusal:
            refused.append(RefusedObject(plain, named, refusal))
        else:
            proof = Proof(seal=seal, index=index, path=tuple(one.hex() for one in path))
            taken.append(VerifiedObject(plain, named, proof))
    return VerifiedBatch(seal.author, key_id, seal.signed_at, tuple(taken), tuple(refused))


def verify_object(plain: Mapping[str, Any], proof: Proof, keys: KeyRing, at: datetime) -> str:
    """Check one object by its proof, as it was when it arrived ``at``; gives the author. Raises Refused."""
    content = canonical(plain)
    leaf = leaf_hash(hashlib.sha256(content).digest())
    root = root_of_path(leaf, proof.index, proof.seal.size, [bytes.fromhex(one) for one in proof.path])
    if root is None or root.hex() != proof.seal.root:
        raise Refused(Reason.BAD_SIGNATURE, "the object is not the one that was signed")
    _check_seal(proof.seal, keys, at)
    if refusal := _own(plain, len(content), proof.seal.author):
        raise refusal
    return proof.seal.author


def _check_seal(seal: Seal, keys: KeyRing, arrived: datetime) -> str:
    """Check suite, time, key and signature; gives the key's identifier."""
    if seal.suite != SUITE:
        raise Refused(Reason.UNKNOWN_VALUE, f"the suite {shortened(seal.suite)} is not known here", "suite")
    if seal.signed_at > arrived + AHEAD:
        raise Refused(Reason.CLOCK_SKEW, "signed in the future: one of the two clocks is wrong", "signed_at")
    told = canonical(_told(seal.author, seal.signed_at, seal.size, seal.root))
    key_id = _key_id(seal)
    key = keys.find(key_id, arrived)
    if key.owner != seal.author:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "the key belongs to another identity than the author", "author")
    try:
        found = jws.deserialize_compact(seal.jws, key.jose(), algorithms=["Ed25519"], payload=told)
    except (JoseError, ValueError) as error:
        raise Refused(Reason.BAD_SIGNATURE, f"the signature does not hold ({type(error).__name__})", "jws") from None
    if found.headers() != _header(key_id):
        raise Refused(Reason.BAD_SIGNATURE, "the header of the signature is not the one agreed on", "jws")
    return key_id


def _key_id(seal: Seal) -> str:
    try:
        header = jws.extract_compact(seal.jws.encode("ascii")).headers()
    except (JoseError, ValueError) as error:
        raise Refused(Reason.BAD_SIGNATURE, f"no detached JWS ({type(error).__name__})", "jws") from None
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise Refused(Reason.BAD_SIGNATURE, "the signature does not name its key", "jws")
    return key_id


def _own(plain: Mapping[str, Any], size: int, author: str) -> Refused | None:
    if plain.get("created_by_ref") != author:
        return Refused(Reason.NOT_THE_ORIGINATOR, "only its originator sends an object", "created_by_ref")
    if size > OBJECT_BYTES:
        return Refused(Reason.TOO_LARGE, f"{size} bytes, at most {OBJECT_BYTES} are taken")
    return None


def _told(author: str, signed_at: datetime, size: int, root: str) -> dict[str, Any]:
    return {
        "suite": SUITE,
        "author": author,
        "signed_at": moments.written(signed_at),
        "size": size,
        "root": root,
    }


def _header(key_id: str) -> dict[str, Any]:
    return {"alg": "Ed25519", "b64": False, "crit": ["b64"], "kid": key_id, "typ": _TYPE}


def _leaf(named: str) -> bytes:
    return leaf_hash(bytes.fromhex(named))


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
