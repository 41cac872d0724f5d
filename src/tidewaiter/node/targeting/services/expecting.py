"""A tip puts a consignment at the head of the queue, even before anybody has declared it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from tidewaiter.lake.reference_index import IndexRefused
from tidewaiter.lake.reference_index.spelling import KINDS
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.search.services import index
from tidewaiter.node.targeting import policies, verbs
from tidewaiter.node.targeting.models import QueueReference, ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.reasons import TIP, kinds_of, of_tip, tips_in, with_tips
from tidewaiter.node.targeting.references import Reference, keys_of, shown
from tidewaiter.node.targeting.services.arriving import attach
from tidewaiter.node.targeting.services.queue import reopen

TOPIC = "queue"
HEAD = 100
"""The priority of a line that a tip names."""

_LATEST_RUNS = 20


@transaction.atomic
def expect(
    actor: Person | None,
    *,
    office: Office,
    references: Sequence[Reference],
    tip: str,
    source: str,
    sentence: Mapping[str, str],
    due_at: datetime | None = None,
    mode: int | None = None,
    courier: bool = False,
    goods: str = "",
    destination: str = "",
    category: str = "",
    handling: str = "",
    priority: int = HEAD,
) -> SelectedConsignment:
    """Make a line for what a tip names, or lift the line that is there already, and give it. Safe to repeat.

    ``references`` are pairs of `vocabulary.ReferenceType` and value, the one by which people know it first; ``tip`` is
    the tip's number, ``source`` the administration that sent it, ``sentence`` what it says by BCP 47 tag (English at
    least), ``handling`` its mark; ``actor`` None is the node itself, on receipt. A released line is reopened. Where
    the lake holds the declaration, the line gets it; else it waits for the next run that reads it.

    Raises NotAllowed, and ValueError without a reference or an English sentence.
    """
    if not references:
        raise ValueError("a tip must name at least one reference of what is expected")
    if actor is not None:
        policies.queue.require(actor, "expect", office)
    reason = of_tip(tip, source, sentence, handling)
    lines = _present(office, references, tip)
    if not lines:
        return _made(
            actor, office, references, reason, due_at=due_at, mode=mode, courier=courier, goods=goods[:200],
            destination=destination, category=category, priority=priority, tip=tip,
        )  # fmt: skip
    lifted = [_lift(actor, line, reason, due_at, priority) for line in lines]
    return lifted[0]


def _lift(
    actor: Person | None, line: SelectedConsignment, reason: dict[str, Any], due_at: datetime | None, priority: int
) -> SelectedConsignment:
    tip = str(reason["rule"])
    if line.state == SelectedConsignment.State.RELEASED:
        line = reopen(None, line, reason=f"{TIP} {tip}")
    line.reasons = with_tips([*tips_in(line.reasons), reason], line.reasons)
    line.kinds, line.tip, line.priority = kinds_of(line.reasons), tip, max(line.priority, priority)
    line.due_at = due_at or line.due_at
    line.save(update_fields=["reasons", "kinds", "tip", "priority", "due_at"])
    index(line)
    record(actor, verbs.LIFTED, line, after={"tip": tip, "source": reason["source"], "priority": line.priority})
    announce(TOPIC, line, offices=[line.office])
    return line


def _present(office: Office, references: Sequence[Reference], tip: str) -> list[SelectedConsignment]:
    """The lines of this tip, else all that bear one of its references and were not controlled yet, the latest first.

    A lorry carries several bills: the tip speaks of each of them.
    """
    lines = SelectedConsignment.objects.current().select_for_update(no_key=True).exclude(state="controlled")
    same = lines.filter(tip=tip, administration=office.administration, status="expected")
    if held := list(same.order_by("-waiting_since")):
        return held
    # A released one comes back only on the day of its release: later the same plate is another journey.
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    keys = {key for _, key in keys_of(references)}
    bearing = QueueReference.objects.filter(key__in=keys, kind__in={kind for kind, _ in references})
    found = lines.filter(pk__in=bearing.values("item"), administration=office.administration)
    return list(found.exclude(state="released", state_at__lt=today).order_by("-waiting_since"))


def _made(
    actor: Person | None,
    office: Office,
    references: Sequence[Reference],
    reason: dict[str, object],
    **fields: object,
) -> SelectedConsignment:
    kind, value = shown([references[0]], "")
    line = SelectedConsignment(
        id=uuid4(),
        administration=office.administration,
        office=office,
        status=SelectedConsignment.Status.EXPECTED,
        origin="neighbour_tip",
        rule=str(fields["tip"]),
        mandatory=True,
        reference=value,
        reference_type=kind,
        references=[list(one) for one in references],
        reasons=[reason],
        kinds=kinds_of([reason]),
        **fields,
    )
    line.save(force_insert=True)
    QueueReference.objects.bulk_create(
        [QueueReference(item=line, kind=kind, key=key) for kind, key in sorted(keys_of(references))]
    )
    _look_up(line)
    index(SelectedConsignment.objects.get(pk=line.pk))
    record(actor, verbs.EXPECTED, line, after={"tip": line.tip, "references": line.references})
    announce(TOPIC, line, offices=[office])
    return SelectedConsignment.objects.select_related("office", "run").get(pk=line.pk)


def _look_up(line: SelectedConsignment) -> None:
    """Look into the latest runs; a run whose index cannot be read is passed over, its own page says so."""
    if any(kind not in KINDS for kind, _ in line.references):
        return
    for run in ScreeningRun.objects.filter(state=ScreeningRun.State.DONE).order_by("-created_at")[:_LATEST_RUNS]:
        try:
            if attach(line, run):
                return
        except (IndexRefused, OSError):
            continue
