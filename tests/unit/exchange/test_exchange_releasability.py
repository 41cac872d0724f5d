"""Default deny: every fact that is missing is a reason not to send; and who may make a version of what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.exchange.objects import KINDS, Caveat, Handling, Reason, Refused, Tlp, identity_of
from tidewaiter.exchange.releasability import (
    Agreement,
    Arrival,
    Barrier,
    Release,
    Version,
    arrival,
    barrier,
    may_send,
    version_of,
)  # fmt: skip

GD, HK, MO = (identity_of(code) for code in ("CN-GD", "HK", "MO"))
NOW = datetime(2026, 5, 4, 2, tzinfo=UTC)
AGREEMENT = Agreement(
    id="A-1",
    parties=frozenset({GD, HK}),
    legal_basis="Cooperation arrangement, article 4 (invented)",
    kinds=frozenset({"tip", "released_figures"}),
    purposes=frozenset({"control"}),
    valid_from=date(2026, 1, 1),
    until=date(2026, 12, 31),
)
GOOD = Release(
    kind="tip",
    owner=GD,
    handling=Handling(tlp=Tlp.RED, expires=NOW + timedelta(hours=1)),
    sender=GD,
    peer=HK,
    releasable_to=frozenset({HK}),
    purpose="control",
    agreement=AGREEMENT,
)
THIRD = replace(
    GOOD, sender=HK, owner=MO, peer=GD, releasable_to=frozenset({GD}), handling=Handling(tlp=Tlp.GREEN),
    agreement=replace(AGREEMENT, onward=True),
)  # fmt: skip


def test_what_every_rule_allows_is_sent() -> None:
    assert may_send(GOOD, NOW)
    assert may_send(THIRD, NOW)


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (replace(GOOD, releasable_to=frozenset()), Barrier.NOT_NAMED),
        (replace(GOOD, releasable_to=frozenset({MO})), Barrier.NOT_NAMED),
        (replace(GOOD, agreement=None), Barrier.NO_AGREEMENT),
        (replace(GOOD, peer=MO, releasable_to=frozenset({MO})), Barrier.NOT_A_PARTY),
        (replace(GOOD, agreement=replace(AGREEMENT, until=date(2026, 5, 3))), Barrier.NOT_IN_FORCE),
        (replace(GOOD, agreement=replace(AGREEMENT, valid_from=date(2026, 5, 5))), Barrier.NOT_IN_FORCE),
        (replace(GOOD, kind="tasking"), Barrier.KIND_NOT_AGREED),
        (replace(GOOD, purpose="statistics"), Barrier.PURPOSE_NOT_AGREED),
        (replace(GOOD, nominal=True), Barrier.NOMINAL_NOT_AGREED),
        (replace(GOOD, handling=Handling(tlp=Tlp.RED, expires=NOW)), Barrier.EXPIRED),
        (replace(GOOD, recalled=True), Barrier.RECALLED),
        (replace(GOOD, peer=GD, releasable_to=frozenset({GD})), Barrier.TO_ONESELF),
        (replace(THIRD, handling=Handling(tlp=Tlp.RED)), Barrier.LABEL_FORBIDS),
        (replace(THIRD, handling=Handling(tlp=Tlp.AMBER_STRICT)), Barrier.LABEL_FORBIDS),
        (replace(THIRD, handling=Handling(tlp=Tlp.AMBER)), Barrier.NO_CONSENT),
        (
            replace(THIRD, handling=Handling(tlp=Tlp.CLEAR, caveats=(Caveat.ORIGINATOR_CONSENT,))),
            Barrier.NO_CONSENT,
        ),
        (replace(THIRD, agreement=AGREEMENT), Barrier.ONWARD_NOT_AGREED),
    ],
)
def test_each_missing_fact_is_a_barrier(release: Release, expected: Barrier) -> None:
    assert barrier(release, NOW) is expected


def test_consent_opens_what_the_label_leaves_open() -> None:
    amber = replace(THIRD, handling=Handling(tlp=Tlp.AMBER))
    assert may_send(replace(amber, consented_to=frozenset({GD})), NOW)
    red = replace(THIRD, handling=Handling(tlp=Tlp.RED), consented_to=frozenset({GD}))
    assert barrier(red, NOW) is Barrier.LABEL_FORBIDS


def test_receipts_and_recalls_need_no_agreement_but_a_named_peer() -> None:
    for kind in ("receipt", "recall"):
        assert may_send(replace(GOOD, kind=kind, agreement=None), NOW)
        assert barrier(replace(GOOD, kind=kind, agreement=None, releasable_to=frozenset()), NOW) is Barrier.NOT_NAMED
        assert barrier(replace(GOOD, kind=kind, agreement=None, nominal=True), NOW) is Barrier.NO_AGREEMENT


ADMINISTRATIONS = st.sampled_from([GD, HK, MO])


@given(
    st.builds(
        Release,
        kind=st.sampled_from(sorted(KINDS)),
        owner=ADMINISTRATIONS,
        handling=st.builds(Handling, tlp=st.sampled_from(Tlp), expires=st.none() | st.just(NOW)),
        sender=ADMINISTRATIONS,
        peer=ADMINISTRATIONS,
        releasable_to=st.frozensets(ADMINISTRATIONS),
        purpose=st.sampled_from(["control", "statistics"]),
        agreement=st.none() | st.just(AGREEMENT) | st.just(replace(AGREEMENT, nominal=True, onward=True)),
        nominal=st.booleans(),
        recalled=st.booleans(),
        consented_to=st.frozensets(ADMINISTRATIONS),
    )
)
def test_whatever_is_sent_goes_to_a_named_peer_and_nominal_data_under_an_agreement(release: Release) -> None:
    if may_send(release, NOW):
        assert release.peer in release.releasable_to
        assert not release.nominal or (release.agreement and release.agreement.nominal)
        assert release.owner in (release.sender, release.peer) or release.handling.tlp not in (
            Tlp.RED,
            Tlp.AMBER_STRICT,
        )


FIRST = Version("indicator--1", GD, NOW, NOW, "a" * 64)


def judged(known: list[Version], **changes: Any) -> Arrival:
    return arrival(replace(FIRST, **changes), known, sealed_by=GD)


def test_versions_are_told_apart_by_modified() -> None:
    later = NOW + timedelta(milliseconds=1)
    assert judged([]) is Arrival.NEW
    assert judged([FIRST]) is Arrival.SAME
    assert judged([FIRST], modified=later, digest="b" * 64) is Arrival.LATER
    assert judged([replace(FIRST, modified=later)]) is Arrival.EARLIER
    assert judged([replace(FIRST, id="indicator--2", digest="c" * 64)]) is Arrival.NEW


@pytest.mark.parametrize(
    ("changes", "known", "sealed_by", "reason"),
    [
        ({"digest": "b" * 64}, [FIRST], GD, Reason.VERSION_CONFLICT),
        ({}, [], HK, Reason.NOT_THE_ORIGINATOR),
        ({"owner": HK}, [FIRST], HK, Reason.NOT_THE_ORIGINATOR),
        ({"created": NOW - timedelta(days=3)}, [FIRST], GD, Reason.CONTRADICTORY),
    ],
)
def test_a_version_that_must_not_be_is_refused(
    changes: dict[str, Any], known: list[Version], sealed_by: str, reason: Reason
) -> None:
    with pytest.raises(Refused) as caught:
        arrival(replace(FIRST, **changes), known, sealed_by=sealed_by)
    assert caught.value.reason is reason


def test_what_was_recalled_does_not_come_in_again() -> None:
    with pytest.raises(Refused) as caught:
        arrival(FIRST, [], sealed_by=GD, recalled=frozenset({FIRST.id}))
    assert caught.value.reason is Reason.RECALLED


def test_the_version_is_read_from_any_stix_object() -> None:
    plain = {
        "type": "malware", "id": "malware--1", "created_by_ref": GD, "created": "2026-05-04T02:00:00Z",
        "modified": "2026-05-04T02:00:00.5Z",
    }  # fmt: skip
    found = version_of(plain, "a" * 64)
    assert (found.created, found.modified) == (NOW, NOW + timedelta(milliseconds=500))
    for name in ("id", "created_by_ref", "created", "modified"):
        with pytest.raises(Refused, match="has no versions"):
            version_of({key: value for key, value in plain.items() if key != name}, "a" * 64)
