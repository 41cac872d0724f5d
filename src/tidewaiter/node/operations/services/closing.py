"""The end of an operation: frozen figures, the yes of every party, the joint statement."""

import hashlib
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter import consolidation
from tidewaiter.consolidation import attribute
from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.operations import exchanged, policies, verbs
from tidewaiter.node.operations.models import Operation, ReleasedFigures, Snapshot, SnapshotAgreement, Statement
from tidewaiter.node.operations.queries.figures import by_key, latest_releases, released_figures
from tidewaiter.node.operations.queries.frozen import own_records
from tidewaiter.node.operations.queries.statements import texts_of
from tidewaiter.node.operations.services.planning import move
from tidewaiter.node.operations.services.sending import send, tell
from tidewaiter.node.search.services import index


@transaction.atomic
def freeze(actor: Person, operation: Operation) -> Snapshot:
    """Freeze the final figures of all parties and send their digest round to be agreed. The lead agrees thereby.

    Raises NotAllowed; Refused where a party has not released final figures (a missing report is not a nought), or
    where one's own records have changed since they were released.
    """
    operation = Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
    policies.operations.require(actor, "freeze", operation)
    if not operation.is_lead or operation.state != "closing":
        raise Refused(_("The lead freezes the figures when the operation has ended."))
    releases = latest_releases(operation)
    _check_complete(operation, releases)
    records = own_records(operation)
    received = [
        figure
        for code, release in sorted(releases.items())
        if code != exchanged.own()
        for figure in released_figures(operation, code, release).figures
    ]
    moment = exchanged.later()
    frozen = consolidation.freeze(operation.code, moment, records, attribute(records), received)
    _check_unchanged(operation, releases[exchanged.own()], frozen)
    number = f"{operation.code}-P{operation.snapshots.count() + 1}"
    snapshot = Snapshot(
        id=uuid4(),
        operation=operation,
        number=number,
        author=exchanged.own(),
        frozen_at=moment,
        frozen_by=actor,
        digest=frozen.digest,
        content=frozen.content,
        released={code: _digest_of(release) for code, release in releases.items()},
        modified=moment,
    )
    told = _told(operation, snapshot, frozen, releases)
    snapshot.records = [{"kind": one.kind, "count": one.count, "digest": one.digest} for one in told.records]
    snapshot.object_digest = wire.digest(wire.to_stix(told))
    snapshot.save(force_insert=True)
    record(actor, verbs.FROZEN, snapshot, after={"digest": snapshot.digest}, office=operation.office_id)
    send(operation, told)
    _agree_here(actor, operation, snapshot, agreed=True, words="", send_it=True)
    tell(operation)
    return snapshot


def _check_complete(operation: Operation, releases: dict[str, ReleasedFigures]) -> None:
    missing = [
        one.administration
        for one in operation.parties.exclude(role="observer")
        if one.administration not in releases or not releases[one.administration].is_final
    ]
    if missing:
        words = _("Final figures are missing of: %(names)s. A missing report is not a nought.")
        raise Refused(words % {"names": ", ".join(missing)})


def _check_unchanged(operation: Operation, release: ReleasedFigures, frozen: consolidation.Snapshot) -> None:
    shown = by_key(released_figures(operation, exchanged.own(), release).figures)
    counted = {key: amount for key, amount in by_key(frozen.figures).items() if key in shown or key[0] != "lines"}
    if shown != counted:
        raise Refused(_("Records have changed since the figures were released. Release them again, then freeze."))


def _told(
    operation: Operation, snapshot: Snapshot, frozen: consolidation.Snapshot, releases: dict[str, ReleasedFigures]
) -> wire.Snapshot:
    """What everybody gets: how much was frozen and the digests, no record."""
    kinds: dict[str, list[str]] = {"control": [], "case": []}
    for one in frozen.records:
        kinds[one.id.partition(":")[0]].append(one.id)
    held = [
        wire.Records(kind=kind, count=len(ids), digest=hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest())
        for kind, ids in kinds.items()
    ]
    held.append(wire.Records(kind="content", count=len(frozen.records), digest=frozen.digest))
    held += [
        wire.Records(kind=f"released_figures/{code}", count=len(release.figures), digest=_digest_of(release))
        for code, release in sorted(releases.items())
    ]
    return wire.Snapshot(
        id=snapshot.object_id,
        **exchanged.head(operation, snapshot.modified),
        operation=operation.object_id,
        title=snapshot.number,
        at=snapshot.frozen_at,
        number=snapshot.number,
        status=wire.Status.CONFIRMED,
        records=tuple(held),
    )


def _digest_of(release: ReleasedFigures) -> str:
    return str(release.digest)


@transaction.atomic
def answer_snapshot(actor: Person, snapshot: Snapshot, *, agreed: bool, words: str = "") -> SnapshotAgreement:
    """Say yes or no to the frozen figures. A yes is given only where this node holds exactly the figures it names.

    Raises NotAllowed, Refused.
    """
    operation = Operation.objects.select_for_update(no_key=True).get(pk=snapshot.operation_id)
    policies.operations.require(actor, "close", operation)
    if operation.state != "closing":
        raise Refused(_("The figures of this operation are not waiting for an answer."))
    if not agreed and not words.strip():
        raise Refused(_("Say why."), field="words")
    if agreed:
        _check_held(operation, snapshot)
    made = _agree_here(actor, operation, snapshot, agreed=agreed, words=words.strip(), send_it=True)
    close_if_all(operation)
    tell(operation)
    return made


def _check_held(operation: Operation, snapshot: Snapshot) -> None:
    held = set(operation.released.values_list("administration", "digest"))
    strange = [code for code, digest in snapshot.released.items() if (code, digest) not in held]
    if strange:
        words = _("The snapshot names figures that this node does not hold: %(names)s. Wait for them, or refuse.")
        raise Refused(words % {"names": ", ".join(sorted(strange))})


def _agree_here(
    actor: Person, operation: Operation, snapshot: Snapshot, *, agreed: bool, words: str, send_it: bool
) -> SnapshotAgreement:
    known: SnapshotAgreement | None = SnapshotAgreement.objects.filter(
        snapshot_object=snapshot.object_id, administration=exchanged.own()
    ).first()
    if known is not None and known.agreed == agreed:
        return known
    moment = exchanged.later()
    told = wire.Agreement(
        id=wire.new_id("opinion"),
        **exchanged.head(operation, moment),
        subject=wire.Subject(id=snapshot.object_id, modified=snapshot.modified, digest=snapshot.object_digest),
        agreed=agreed,
        words=words or None,
    )
    made, _new = SnapshotAgreement.objects.update_or_create(
        snapshot_object=snapshot.object_id,
        administration=exchanged.own(),
        defaults={
            "snapshot_modified": snapshot.modified,
            "snapshot_digest": snapshot.object_digest,
            "agreed": agreed,
            "words": words,
            "at": timezone.now(),
            "by": actor,
            "object_id": told.id,
        },
    )
    after = {"agreed": agreed, "digest": snapshot.digest}
    record(actor, verbs.SNAPSHOT_ANSWERED, snapshot, after=after, reason=words, office=operation.office_id)
    send(operation, told)
    return made


def close_if_all(operation: Operation) -> None:
    """Close the figures once every party has agreed to the latest snapshot."""
    snapshot = operation.snapshots.order_by("frozen_at").last()
    if snapshot is None or operation.state != "closing":
        return
    wanted = {one.administration for one in operation.parties.exclude(role="observer")}
    if wanted <= agreed_by(snapshot):
        move(operation, "close")


def agreed_by(snapshot: Snapshot) -> set[str]:
    """The administrations that agreed to exactly this snapshot."""
    said = SnapshotAgreement.objects.filter(
        snapshot_object=snapshot.object_id, snapshot_digest=snapshot.object_digest, agreed=True
    )
    return set(said.values_list("administration", flat=True))


@transaction.atomic
def publish_statement(actor: Person, operation: Operation) -> Statement:
    """Make the joint statement from the snapshot that all agreed to, and send it. Raises NotAllowed, Refused."""
    operation = Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
    policies.operations.require(actor, "publish", operation)
    if not operation.is_lead or operation.state != "closed":
        raise Refused(_("The lead publishes the statement when all have agreed to the figures."))
    snapshot = operation.snapshots.order_by("frozen_at").last()
    if snapshot is None:
        raise Refused(_("There is no snapshot."))
    moment = exchanged.later()
    made = Statement(
        id=uuid4(),
        operation=operation,
        snapshot=snapshot,
        number=operation.code,
        author=exchanged.own(),
        at=moment,
        by=actor,
        modified=moment,
    )
    made.texts = texts_of(made)
    told = wire.Statement(
        id=f"report--{made.pk}",
        **exchanged.head(operation, moment),
        operation=operation.object_id,
        title=f"{operation.code}",
        at=moment,
        texts=made.texts,
        snapshots=(snapshot.object_id,),
    )
    made.save(force_insert=True)
    after = {"digest": wire.digest(wire.to_stix(told))}
    record(actor, verbs.PUBLISHED, made, after=after, office=operation.office_id)
    send(operation, told)
    index(made)
    tell(operation)
    return made
