"""HTTP message signatures: RFC 9421's own vector, and everything that must not pass."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tidewaiter.exchange.objects import identity_of
from tidewaiter.exchange.signing import (
    KeyRing,
    Reason,
    Refused,
    Request,
    SigningKey,
    sign_request,
    verify_request,
)
from tidewaiter.exchange.signing.requests import SKEW, signature_base

KEY = SigningKey.generate(identity_of("HK"))
RING = KeyRing([KEY.public])
NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
URL = "https://Node.Example:443/taxii2/api/collections/c1/objects/?match%5Btype%5D=indicator"


def signed(body: bytes = b'{"objects":[]}') -> Request:
    request = Request.to("POST", URL, body)
    headers = sign_request(request, KEY, created=NOW, nonce="once-only-0001")
    return replace(request, headers={name.lower(): value for name, value in headers.items()})


def test_the_signature_base_is_that_of_rfc_9421_b_2_6() -> None:
    pem = (
        b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n"
        b"-----END PRIVATE KEY-----\n"
    )  # the published test key of RFC 9421 B.1.4
    covered = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ]
    names = " ".join(f'"{name}"' for name, _ in covered)
    base = signature_base(covered, f'({names});created=1618884473;keyid="test-key-ed25519"')
    expected = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    assert base64.b64encode(SigningKey.load(pem, "x").sign(base)).decode() == expected


@pytest.mark.parametrize("body", [b"", b'{"objects":[]}', bytes(range(256)) * 100])
def test_a_signed_request_is_taken(body: bytes) -> None:
    found = verify_request(signed(body), RING, NOW)
    assert (found.owner, found.key_id, found.created) == (identity_of("HK"), KEY.key_id, NOW)
    assert found.nonce == "once-only-0001"
    assert found.remember_until == NOW + 2 * SKEW


def test_the_address_is_signed_as_it_stands_on_the_wire() -> None:
    request = Request.to("GET", URL)
    assert (request.authority, request.path) == ("node.example", "/taxii2/api/collections/c1/objects/")
    assert request.query == "match%5Btype%5D=indicator"
    assert Request.to("GET", "http://127.0.0.1:8102").authority == "127.0.0.1:8102"
    assert Request.to("GET", "http://[::1]:8102/").authority == "[::1]:8102"


def refused(request: Request, ring: KeyRing = RING, now: datetime = NOW) -> Reason:
    with pytest.raises(Refused) as caught:
        verify_request(request, ring, now)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("method", "DELETE"),
        ("authority", "other.example"),
        ("path", "/taxii2/api/collections/c2/objects/"),
        ("query", "match%5Btype%5D=note"),
        ("query", ""),
        ("body", b'{"objects":[1]}'),
    ],
)
def test_what_was_signed_cannot_be_changed(name: str, value: str | bytes) -> None:
    assert refused(replace(signed(), **{name: value})) is Reason.BAD_SIGNATURE


def with_header(name: str, old: str, new: str) -> Request:
    request = signed()
    assert old in request.headers[name]
    return replace(request, headers={**request.headers, name: request.headers[name].replace(old, new)})


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("once-only-0001", "once-only-0002", Reason.BAD_SIGNATURE),
        (' "@query"', "", Reason.BAD_FORMAT),
        ('"@method" "@authority"', '"@authority" "@method"', Reason.BAD_FORMAT),
        (' "content-digest"', ' "content-digest" "date"', Reason.BAD_FORMAT),
        ('alg="ed25519"', 'alg="hmac-sha256"', Reason.UNKNOWN_VALUE),
        (';alg="ed25519"', "", Reason.BAD_FORMAT),
        ('tag="customs-exchange"', 'tag="other"', Reason.UNKNOWN_VALUE),
        (";created=", ";created=1;created=", Reason.BAD_FORMAT),
        ("tw=", 'sig1=("@method");created=1, tw=', Reason.BAD_FORMAT),
        # Named, since a key is made anew in each process and all must give the test one name.
        pytest.param(KEY.key_id, "unknown", Reason.UNKNOWN_KEY, id="another key"),
    ],
)
def test_another_signature_input_is_refused(old: str, new: str, reason: Reason) -> None:
    assert refused(with_header("signature-input", old, new)) is reason


@pytest.mark.parametrize("name", ["content-digest", "signature-input", "signature"])
@pytest.mark.parametrize("value", [None, "", "x", "tw=:AA==:", "é" * 20, "tw=" + "x" * 5000])
def test_a_missing_or_senseless_header_is_refused(name: str, value: str | None) -> None:
    request = signed()
    headers = {key: text for key, text in request.headers.items() if key != name}
    refused(replace(request, headers=headers if value is None else {**headers, name: value}))


def test_clocks_may_differ_a_little() -> None:
    for off in (SKEW, -SKEW):
        assert verify_request(signed(), RING, NOW + off)
        assert refused(signed(), now=NOW + off * 1.1) is Reason.CLOCK_SKEW


def test_a_replay_can_be_recognised() -> None:
    first, again = (verify_request(signed(), RING, NOW + timedelta(seconds=n)) for n in (0, 10))
    assert first.replay_key == again.replay_key
    other = Request.to("POST", URL)
    keys = set()
    for _ in range(20):
        headers = {name.lower(): value for name, value in sign_request(other, KEY, created=NOW).items()}
        keys.add(verify_request(replace(other, headers=headers), RING, NOW).replay_key)
    assert len(keys) == 20


def test_another_administrations_key_does_not_pass_for_ours() -> None:
    other = SigningKey.generate(identity_of("MO"))
    request = Request.to("POST", URL)
    headers = {name.lower(): value for name, value in sign_request(request, other, created=NOW).items()}
    changed = {**headers, "signature-input": headers["signature-input"].replace(other.key_id, KEY.key_id)}
    assert refused(replace(request, headers=changed), KeyRing([KEY.public, other.public])) is Reason.BAD_SIGNATURE
