"""A sealed batch: any change is noticed, each object can be proved alone, wrong keys are refused."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from tidewaiter.exchange.objects import canonical, digest, from_stix, identity_of, to_stix
from tidewaiter.exchange.objects.examples import examples
from tidewaiter.exchange.signing import (
    KeyRing,
    Proof,
    PublicKey,
    Reason,
    Refused,
    SignedBatch,
    SigningKey,
    sign_batch,
    verify_batch,
    verify_object,
)
from tidewaiter.exchange.signing.batch import SEAL
from tidewaiter.exchange.signing.merkle import leaf_hash, root_and_paths, root_of_path

OWNER = identity_of("CN-GD")
KEY = SigningKey.generate(OWNER)
RING = KeyRing([KEY.public])
NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)

# The published test vectors of certificate transparency (RFC 6962): leaves, and the root over the first n of them.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def objects(count: int) -> list[dict[str, Any]]:
    tip = examples()["tip"]
    return [to_stix(tip.new_version(tip.modified + timedelta(seconds=n + 1), title=f"Tip {n}")) for n in range(count)]


def batch(count: int = 5) -> SignedBatch:
    return sign_batch(objects(count), KEY, NOW)


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_that_of_rfc_6962(size: int) -> None:
    root, _ = root_and_paths([leaf_hash(bytes.fromhex(one)) for one in LEAVES[:size]])
    assert root.hex() == ROOTS[size - 1]


@given(st.integers(1, 70), st.data())
def test_each_leaf_and_no_other_leads_to_the_root(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([one])) for one in range(size)]
    root, paths = root_and_paths(leaves)
    index = data.draw(st.integers(0, size - 1))
    assert root_of_path(leaves[index], index, size, paths[index]) == root
    other = data.draw(st.integers(-1, size))
    if other != index:
        assert root_of_path(leaves[index], other, size, paths[index]) != root
    assert root_of_path(leaves[index], index, size, [*paths[index], root]) is None
    assert root_of_path(leaf_hash(b"another"), index, size, paths[index]) != root


@pytest.mark.parametrize("count", [1, 2, 3, 8, 33])
def test_a_batch_travels_and_each_object_is_proved_alone(count: int) -> None:
    arrived = verify_batch(SignedBatch.from_envelope(batch(count).to_envelope()), RING, NOW)
    assert (arrived.author, arrived.key_id, len(arrived.objects)) == (OWNER, KEY.key_id, count)
    assert not arrived.refused
    for one in arrived.objects:
        assert one.digest == digest(one.plain)
        kept = Proof.from_plain(json.loads(json.dumps(one.proof.to_plain())))
        assert verify_object(one.plain, kept, RING, NOW) == OWNER
        assert from_stix(one.plain).author == OWNER


def refused(changed: SignedBatch, ring: KeyRing = RING, at: datetime = NOW) -> Reason:
    with pytest.raises(Refused) as caught:
        verify_batch(changed, ring, at)
    return caught.value.reason


def test_a_changed_missing_added_or_moved_object_is_noticed() -> None:
    good = batch()
    first, *rest = good.objects
    assert refused(replace(good, objects=({**first, "name": "Another"}, *rest))) is Reason.BAD_SIGNATURE
    assert refused(replace(good, objects=tuple(rest))) is Reason.BAD_SIGNATURE
    assert refused(replace(good, objects=(first, *good.objects))) is Reason.BAD_SIGNATURE
    assert refused(replace(good, objects=(*rest, first))) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("author", identity_of("HK")),
        ("signed_at", NOW - timedelta(days=1)),
        ("root", "0" * 64),
        ("size", 4),
        ("suite", "sm2-sm3"),
    ],
)
def test_a_changed_seal_is_noticed(name: str, value: Any) -> None:
    good = batch()
    assert refused(replace(good, seal=replace(good.seal, **{name: value}))) in {
        Reason.BAD_SIGNATURE,
        Reason.NOT_THE_ORIGINATOR,
        Reason.UNKNOWN_VALUE,
    }


@given(st.data())
def test_any_flipped_letter_of_the_envelope_is_noticed(data: st.DataObject) -> None:
    sent = bytearray(ENVELOPE)
    sent[data.draw(st.integers(0, len(sent) - 1))] ^= 1 << data.draw(st.integers(0, 6))
    try:
        arrived = SignedBatch.from_envelope(bytes(sent))
        verify_batch(arrived, RING, NOW)
    except Refused:
        return
    # The last letter of a base64url text has bits that mean nothing; everything that means something must be the same.
    original = SignedBatch.from_envelope(ENVELOPE)
    assert arrived.objects == original.objects
    assert replace(arrived.seal, jws="") == replace(original.seal, jws="")


ENVELOPE = batch(2).to_envelope()


def test_the_wrong_key_is_refused() -> None:
    other = SigningKey.generate(OWNER)
    assert refused(batch(), KeyRing([other.public])) is Reason.UNKNOWN_KEY
    assert refused(batch(), KeyRing([replace(KEY.public, owner=identity_of("HK"))])) is Reason.NOT_THE_ORIGINATOR
    forged = sign_batch(objects(1), other, NOW)
    header = batch(1).seal.jws.partition("..")[0]
    named_as_ours = replace(forged.seal, jws=f"{header}..{forged.seal.jws.partition('..')[2]}")
    assert refused(replace(forged, seal=named_as_ours)) is Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    ("validity", "fits"),
    [
        ({"not_before": NOW}, True),
        ({"not_before": NOW + timedelta(seconds=1)}, False),
        ({"not_after": NOW + timedelta(seconds=1)}, True),
        ({"not_after": NOW}, False),
        ({"revoked_at": NOW + timedelta(seconds=1)}, True),
        ({"revoked_at": NOW}, False),
    ],
)
def test_a_key_counts_only_while_it_is_valid(validity: dict[str, datetime], fits: bool) -> None:
    ring = KeyRing([replace(KEY.public, **validity)])
    if fits:
        assert verify_batch(batch(), ring, NOW).objects
    else:
        assert refused(batch(), ring) is Reason.KEY_NOT_VALID


def test_two_keys_of_one_administration_overlap_while_they_are_rotated() -> None:
    new = SigningKey.generate(OWNER)
    ring = KeyRing([replace(KEY.public, not_after=NOW + timedelta(days=7)), new.public])
    assert verify_batch(batch(), ring, NOW).key_id == KEY.key_id
    assert verify_batch(sign_batch(objects(1), new, NOW), ring, NOW).key_id == new.key_id


def test_a_batch_from_the_future_is_refused() -> None:
    assert refused(batch(), at=NOW - timedelta(minutes=6)) is Reason.CLOCK_SKEW
    assert verify_batch(batch(), RING, NOW - timedelta(minutes=4)).objects
    assert verify_batch(batch(), RING, NOW + timedelta(days=2)).objects


def test_objects_of_another_are_refused_alone() -> None:
    foreign = to_stix(examples()["receipt"])
    mixed = verify_batch(sign_batch([*objects(2), foreign], KEY, NOW), RING, NOW)
    assert len(mixed.objects) == 2
    assert [(one.plain["id"], one.refusal.reason) for one in mixed.refused] == [
        (foreign["id"], Reason.NOT_THE_ORIGINATOR)
    ]


def test_a_proof_is_for_one_object_alone() -> None:
    first, second, *_ = verify_batch(batch(), RING, NOW).objects
    with pytest.raises(Refused) as caught:
        verify_object(second.plain, first.proof, RING, NOW)
    assert caught.value.reason is Reason.BAD_SIGNATURE


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "EdDSA"},
        {"alg": "HS256"},
        {"b64": True},
        {"typ": "JWT"},
        {"kid": "../keys"},
        {"crit": ["b64", "exp"]},
        {"jku": "https://example.org/keys"},
    ],
)
def test_a_header_that_was_not_agreed_on_is_refused(header: dict[str, Any]) -> None:
    good = batch(1)
    plain = json.loads(canonical({"alg": "Ed25519", "b64": False, "crit": ["b64"], "kid": KEY.key_id,
                                  "typ": "customs-batch+jws"}))  # fmt: skip
    told = canonical({
        "suite": good.seal.suite, "author": OWNER, "signed_at": "2026-05-04T02:00:00.000Z", "size": 1,
        "root": good.seal.root,
    })  # fmt: skip
    written = base64url(canonical(plain | header))
    signature = base64url(KEY.sign(written + b"." + told))
    changed = replace(good, seal=replace(good.seal, jws=f"{written.decode()}..{signature.decode()}"))
    assert refused(changed) in {Reason.BAD_SIGNATURE, Reason.UNKNOWN_KEY}


def base64url(content: bytes) -> bytes:
    import base64

    return base64.urlsafe_b64encode(content).rstrip(b"=")


def test_an_independent_library_makes_the_same_signature() -> None:
    private = OKPKey.import_key(KEY.to_pem(None))
    seal = batch(3).seal
    told = canonical({"suite": seal.suite, "author": seal.author, "signed_at": "2026-05-04T02:00:00.000Z",
                      "size": 3, "root": seal.root})  # fmt: skip
    header = {"alg": "Ed25519", "b64": False, "crit": ["b64"], "kid": KEY.key_id, "typ": "customs-batch+jws"}
    assert jws.serialize_compact(header, told, private, algorithms=["Ed25519"]) == seal.jws


def test_an_envelope_without_a_seal_or_objects_is_refused() -> None:
    plain = json.loads(ENVELOPE)
    for name in (SEAL, "objects"):
        without = {key: value for key, value in plain.items() if key != name}
        with pytest.raises(Refused):
            SignedBatch.from_envelope(canonical(without))
    for count in (0, 501):
        with pytest.raises(Refused, match="1 to 500 objects"):
            sign_batch([plain["objects"][0]] * count, KEY)


def test_keys_are_those_of_rfc_8037() -> None:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
    key = PublicKey.from_jwk(jwk, OWNER)
    assert key.key_id == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert PublicKey.from_jwk(key.public_jwk(), OWNER) == key
    signature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    import base64

    told = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    assert key.verify(base64.urlsafe_b64decode(signature + "=="), told)
    assert not key.verify(base64.urlsafe_b64decode(signature + "=="), told + b".")


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "OKP", "crv": "Ed448", "x": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": 5},
        {"kty": "OKP", "crv": "Ed25519", "x": "é"},
        {**KEY.public.public_jwk(), "d": "secret"},
        {**KEY.public.public_jwk(), "kid": "another"},
    ],
)
def test_another_kind_of_key_is_refused(jwk: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        PublicKey.from_jwk(jwk, OWNER)


def test_a_private_key_is_kept_encrypted_and_never_shown() -> None:
    pem = KEY.to_pem(b"a long password")
    assert b"ENCRYPTED" in pem
    assert SigningKey.load(pem, OWNER, b"a long password").key_id == KEY.key_id
    for password in (None, b"wrong"):
        with pytest.raises(ValueError, match=r"password|decrypt"):
            SigningKey.load(pem, OWNER, password)
    raw = hashlib.sha256(KEY.to_pem(None)).hexdigest()
    assert KEY.key_id in repr(KEY)
    assert raw not in repr(KEY)
