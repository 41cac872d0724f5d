"""Whether an object may go to a peer, and whether a version that arrives may be taken. What no rule allows is refused.

Pure decisions: the caller brings the facts and writes down what was decided, in the transaction that delivers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tidewaiter.exchange.objects import moments
from tidewaiter.exchange.objects.handling import Caveat, Handling, Tlp
from tidewaiter.exchange.refusal import Reason, Refused

REPLIES = frozenset({"receipt", "recall", "administration"})
"""Kinds that need no agreement of their own: they follow an object that went or came under one."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What parties agreed on: ``legal_basis`` with its article, the kinds that may be sent and for which purposes,
    whether nominal (personal) data are among them, and whether the receiver may pass things on. Days are inclusive;
    ``until`` None is without an end; an agreement that was ended early gets that day.
    """

    id: str
    parties: frozenset[str]
    legal_basis: str
    kinds: frozenset[str]
    purposes: frozenset[str]
    valid_from: date
    until: date | None = None
    nominal: bool = False
    onward: bool = False

    def in_force(self, on: date) -> bool:
        """Whether it holds on that day."""
        return self.valid_from <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, kw_only=True)
class Release:
    """The facts of one decision: what of whose, handled how, by whom to whom, for what and under which agreement.

    Administrations are identities. ``releasable_to`` names peers one by one. ``consented_to`` are the peers to whom the
    originator, where that is another, agreed that we pass the object on.
    """

    kind: str
    owner: str
    handling: Handling
    sender: str
    peer: str
    releasable_to: frozenset[str]
    purpose: str
    agreement: Agreement | None
    nominal: bool = False
    recalled: bool = False
    consented_to: frozenset[str] = field(default_factory=frozenset)


class Barrier(StrEnum):
    """Why an object is not sent."""

    TO_ONESELF = "to_oneself"
    RECALLED = "recalled"
    EXPIRED = "expired"
    NOT_NAMED = "not_named"
    NO_AGREEMENT = "no_agreement"
    NOT_A_PARTY = "not_a_party"
    NOT_IN_FORCE = "not_in_force"
    KIND_NOT_AGREED = "kind_not_agreed"
    PURPOSE_NOT_AGREED = "purpose_not_agreed"
    NOMINAL_NOT_AGREED = "nominal_not_agreed"
    LABEL_FORBIDS = "label_forbids"
    NO_CONSENT = "no_consent"
    ONWARD_NOT_AGREED = "onward_not_agreed"


def barrier(release: Release, now: datetime) -> Barrier | None:
    """The first thing that stands in the way of sending; None when it may be sent."""
    if release.peer == release.sender:
        return Barrier.TO_ONESELF
    if release.recalled and release.kind not in REPLIES:
        return Barrier.RECALLED
    if release.handling.has_expired(now):
        return Barrier.EXPIRED
    if release.peer not in release.releasable_to:
        return Barrier.NOT_NAMED
    return _agreed(release, now) or _onward(release)


def may_send(release: Release, now: datetime) -> bool:
    """Whether nothing stands in the way."""
    return barrier(release, now) is None


def _agreed(release: Release, now: datetime) -> Barrier | None:
    if release.kind in REPLIES and not release.nominal:
        return None
    agreement = release.agreement
    if agreement is None:
        return Barrier.NO_AGREEMENT
    checks = (
        ({release.sender, release.peer} <= agreement.parties, Barrier.NOT_A_PARTY),
        (agreement.in_force(now.date()), Barrier.NOT_IN_FORCE),
        (release.kind in agreement.kinds, Barrier.KIND_NOT_AGREED),
        (release.purpose in agreement.purposes, Barrier.PURPOSE_NOT_AGREED),
        (agreement.nominal or not release.nominal, Barrier.NOMINAL_NOT_AGREED),
    )
    return next((why for holds, why in checks if not holds), None)


def _onward(release: Release) -> Barrier | None:
    """What another made is passed on only as far as label, consent and agreement all reach."""
    if release.owner in (release.sender, release.peer):
        return None
    if release.handling.tlp in (Tlp.RED, Tlp.AMBER_STRICT):
        return Barrier.LABEL_FORBIDS
    asks = Caveat.ORIGINATOR_CONSENT in release.handling.caveats or release.handling.tlp is Tlp.AMBER
    if (asks or release.nominal) and release.peer not in release.consented_to:
        return Barrier.NO_CONSENT
    if release.agreement is None or not release.agreement.onward:
        return Barrier.ONWARD_NOT_AGREED
    return None


@dataclass(frozen=True)
class Version:
    """What names one version of an object: its owner, when it was created and modified, the digest of its content."""

    id: str
    owner: str
    created: datetime
    modified: datetime
    digest: str


class Arrival(StrEnum):
    """What a version that arrives is to us."""

    NEW = "new"
    LATER = "later"
    EARLIER = "earlier"
    """Older than what we have: kept as history, shown nowhere."""
    SAME = "same"
    """Known already; a success without effect."""


def arrival(
    incoming: Version, known: Iterable[Version], *, sealed_by: str, recalled: frozenset[str] = frozenset()
) -> Arrival:
    """Judge a version against those of the same object that we have.

    ``sealed_by`` is the identity whose seal held; ``recalled`` are the objects that are not to come in again. Raises
    Refused: not the originator's, recalled, another owner or moment of creation than before, or VERSION_CONFLICT, the
    same ``modified`` with other content, which is to be alarmed, since one of two peers was told something else.
    """
    if incoming.owner != sealed_by:
        raise Refused(Reason.NOT_THE_ORIGINATOR, "only its originator makes versions of an object", incoming.id)
    if incoming.id in recalled:
        raise Refused(Reason.RECALLED, "it was recalled and is not taken in again", incoming.id)
    versions = [one for one in known if one.id == incoming.id]
    for one in versions:
        if one.owner != incoming.owner:
            raise Refused(Reason.NOT_THE_ORIGINATOR, "the object is another administration's", incoming.id)
        if one.created != incoming.created:
            raise Refused(Reason.CONTRADICTORY, "the moment of creation differs between versions", incoming.id)
        if one.modified == incoming.modified:
            if one.digest == incoming.digest:
                return Arrival.SAME
            raise Refused(Reason.VERSION_CONFLICT, "the same version with other content: alarm", incoming.id)
    if not versions:
        return Arrival.NEW
    return Arrival.LATER if incoming.modified > max(one.modified for one in versions) else Arrival.EARLIER


def version_of(plain: Mapping[str, Any], digest: str) -> Version:
    """The version that a plain STIX object is, ours or not. Raises Refused where it does not say so."""
    for name in ("id", "created_by_ref", "created", "modified"):
        if not isinstance(plain.get(name), str):
            raise Refused(Reason.MISSING, "is missing: an object without it has no versions", name)
    created, modified = (moments.read(plain[name]) for name in ("created", "modified"))
    return Version(plain["id"], plain["created_by_ref"], created, modified, digest)
