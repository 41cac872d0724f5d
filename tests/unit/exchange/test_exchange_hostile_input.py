"""What a neighbour, or who passes for one, may send is refused with a clear reason, and costs little."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.exchange.objects import Reason, Refused, from_bytes, from_stix, kind_of, to_bytes, to_stix
from tidewaiter.exchange.objects.examples import examples
from tidewaiter.exchange.objects.extension import EXTENSION
from tidewaiter.exchange.objects.limits import OBJECT_BYTES
from tidewaiter.exchange.objects.strict_json import read
from tidewaiter.exchange.signing import SignedBatch

TIP = to_stix(examples()["tip"])


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as caught:
        from_bytes(content)
    assert len(str(caught.value)) < 500
    return caught.value


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.NOT_JSON),
        (b"[]", Reason.WRONG_TYPE),
        (b'"text"', Reason.WRONG_TYPE),
        (b"\xff\xfe{}", Reason.NOT_UTF8),
        (b'{"a":"\\ud800"}', Reason.NOT_UTF8),
        (b'{"a":1,"a":2}', Reason.DUPLICATE_KEY),
        (b'{"a":{"b":[{"c":1,"c":1}]}}', Reason.DUPLICATE_KEY),
        (b'{"a":NaN}', Reason.NOT_JSON),
        (b'{"a":-Infinity}', Reason.NOT_JSON),
        (b'{"a":1e999}', Reason.BAD_FORMAT),
        (b'{"a":1e20}', Reason.BAD_FORMAT),
        (b'{"a":9007199254740993}', Reason.BAD_FORMAT),
        (b'{"a":' + b"9" * 5000 + b"}", Reason.BAD_FORMAT),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", Reason.TOO_DEEP),
        (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, Reason.TOO_DEEP),
        (b'{"a":"' + b"x" * 70_000 + b'"}', Reason.TOO_LARGE),
        (b'{"a":"' + b"x" * OBJECT_BYTES + b'"}', Reason.TOO_LARGE),
        (b'{"a":[' + b"0," * 6_000 + b"0]}", Reason.TOO_LARGE),
        (b"{} {}", Reason.NOT_JSON),
        (b'{"type":"indicator"}', Reason.UNKNOWN_KIND),
    ],
)
def test_a_hostile_text_is_refused(content: bytes, reason: Reason) -> None:
    assert refusal(content).reason is reason


def test_a_name_that_stands_twice_among_very_many_is_found_quickly() -> None:
    names = b",".join(b'"k%d":1' % number for number in range(100_000))
    with pytest.raises(Refused, match="stands twice"):
        read(b"{" + names + b',"k99999":2}')


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    plain = copy.deepcopy(TIP)
    place: Any = plain
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return plain


OURS = ("extensions", EXTENSION)


@pytest.mark.parametrize(
    ("path", "value", "reason", "place"),
    [
        (("type",), "report", Reason.CONTRADICTORY, "type"),
        (("spec_version",), "2.0", Reason.CONTRADICTORY, "type"),
        (("id",), None, Reason.MISSING, "id"),
        (("id",), 7, Reason.WRONG_TYPE, "id"),
        (("id",), "indicator--not-a-uuid", Reason.BAD_FORMAT, "id"),
        (("id",), "note--7f4f6a1e-0000-4000-8000-000000000002", Reason.CONTRADICTORY, "id"),
        (("created_by_ref",), "indicator--7f4f6a1e-0000-4000-8000-000000000002", Reason.BAD_FORMAT, "created_by_ref"),
        (("created",), "2026-05-04T01:30:00.000123Z", Reason.BAD_FORMAT, "created"),
        (("created",), "2026-05-04T01:30:00+08:00", Reason.BAD_FORMAT, "created"),
        (("created",), "2026-02-30T01:30:00.000Z", Reason.BAD_FORMAT, "created"),
        (("modified",), "2020-05-04T01:30:00.000Z", Reason.CONTRADICTORY, "modified"),
        (("object_marking_refs",), [], Reason.MISSING, "object_marking_refs"),
        (("object_marking_refs",), ["marking-definition--00000000-0000-4000-8000-000000000000"], Reason.UNKNOWN_VALUE,
         "object_marking_refs"),
        (("object_marking_refs",), [{}], Reason.WRONG_TYPE, "object_marking_refs"),
        (("revoked",), True, Reason.UNKNOWN_VALUE, "revoked"),
        (("granular_markings",), [], Reason.UNKNOWN_VALUE, "granular_markings"),
        (("name",), "x" * 201, Reason.BAD_FORMAT, "title"),
        (("name",), "two\nlines", Reason.BAD_FORMAT, "title"),
        (("name",), "", Reason.BAD_FORMAT, "title"),
        (("description",), "bell \x07", Reason.BAD_FORMAT, "what"),
        (("description",), "exe\u202egpj", Reason.BAD_FORMAT, "what"),
        (("description",), ["x"], Reason.WRONG_TYPE, "what"),
        (("confidence",), True, Reason.WRONG_TYPE, "certainty"),
        (("confidence",), 101, Reason.BAD_FORMAT, "certainty"),
        (("pattern",), "[x-customs-reference:value = 'another']", Reason.CONTRADICTORY, "pattern"),
        (("valid_until",), "2030-01-01T00:00:00.000Z", Reason.CONTRADICTORY, "valid_until"),
        ((*OURS, "vocabulary"), "2", Reason.NEWER_VOCABULARY, "vocabulary"),
        ((*OURS, "kind"), "rumour", Reason.UNKNOWN_KIND, "kind"),
        ((*OURS, "kind"), "receipt", Reason.UNKNOWN_PROPERTY, ""),
        ((*OURS, "extension_type"), "new-sdo", Reason.WRONG_TYPE, "extension_type"),
        ((*OURS, "secret_limit"), "x", Reason.UNKNOWN_PROPERTY, ""),
        ((*OURS, "handling", "caveats"), ["eat_after_reading"], Reason.UNKNOWN_VALUE, "caveats[0]"),
        ((*OURS, "handling", "expires"), None, Reason.CONTRADICTORY, "handling.expires"),
        ((*OURS, "handling"), "none", Reason.WRONG_TYPE, "handling"),
        ((*OURS, "where", "administration"), "Hong Kong", Reason.BAD_FORMAT, "where.administration"),
        ((*OURS, "where", "owner"), "x", Reason.UNKNOWN_PROPERTY, "where"),
        ((*OURS, "where"), None, Reason.MISSING, "where"),
        ((*OURS, "references", 1, "kind"), "rumour", Reason.UNKNOWN_VALUE, "references[1].kind"),
        ((*OURS, "references"), {}, Reason.WRONG_TYPE, "references"),
        ((*OURS, "mode"), "3", Reason.UNKNOWN_VALUE, "mode"),
        ((*OURS, "expected_until"), "2026-01-01T00:00:00.000Z", Reason.CONTRADICTORY, "expected_until"),
    ],
)  # fmt: skip
def test_an_object_with_something_wrong_is_refused_and_says_where(
    path: tuple[str | int, ...], value: Any, reason: Reason, place: str
) -> None:
    refused = refusal(json.dumps(changed(path, value)).encode())
    assert refused.reason is reason
    assert place in refused.place


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KIND = st.sampled_from(sorted(examples()))


@given(KIND, st.data())
def test_nothing_put_into_an_object_does_more_than_be_refused(kind: str, data: st.DataObject) -> None:
    plain = to_stix(examples()[kind])
    places = [(plain, name) for name in plain] + [
        (plain["extensions"][EXTENSION], name) for name in plain["extensions"][EXTENSION]
    ]
    holder, name = data.draw(st.sampled_from(places))
    holder[name] = data.draw(JSON)
    try:
        told = from_bytes(json.dumps(plain).encode())
    except Refused as refused:
        assert refused.words
    else:
        assert from_bytes(to_bytes(told)) == told


@given(JSON)
def test_any_json_is_judged(value: Any) -> None:
    for content in (value, {"extensions": value}, {"extensions": {EXTENSION: value}}):
        if isinstance(content, dict):
            assert kind_of(content) is None or isinstance(kind_of(content), str)
            with pytest.raises(Refused):
                from_stix(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(content: bytes) -> None:
    with pytest.raises(Refused):
        from_bytes(content)
    with pytest.raises(Refused):
        SignedBatch.from_envelope(content)


def test_our_own_mistakes_are_refused_before_they_are_sent() -> None:
    tip = examples()["tip"]
    with pytest.raises(Refused, match="1 to 200 characters"):
        to_stix(tip.new_version(tip.modified.replace(year=2027), title="x" * 300))
