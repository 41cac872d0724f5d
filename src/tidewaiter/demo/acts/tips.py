"""Tips between neighbours: written, sent and signed here; they travel by the exchange of the nodes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from tidewaiter.demo import moments
from tidewaiter.demo.people import the
from tidewaiter.demo.script import tip_words
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.services import draft, send
from tidewaiter.node.operations.models import Operation
from tidewaiter.node.partners.models import Peer

_LIVES = timedelta(days=3)


def send_tips(tips: Sequence[Mapping[str, Any]], day: str, operation: str) -> list[str]:
    """Write and send tips: ``to`` (administration), ``office``, ``mode``, ``courier``, ``references``, ``country``.

    Gives their numbers.
    """
    liaison, office = the("intelligence"), Office.objects.get(pk=settings.CONFIG.administration)
    return [_send(liaison, office, one, date.fromisoformat(day), operation) for one in tips]


def _send(liaison: Any, office: Office, told: Mapping[str, Any], day: date, operation: str) -> str:
    words = tip_words(liaison.language, told["mode"], told["courier"])
    reference = told["references"][0][1]
    hour = 9 + told["number"] % 8
    drafts = draft(
        liaison,
        office=office,
        peers=[Peer.objects.get(pk=told["to"])],
        operation=_object(operation),
        synthetic=True,
        title=words["title"].format(reference=reference)[:200],
        what=words["what"].format(reference=reference),
        where_office=told["office"],
        references=[{"kind": kind, "value": value} for kind, value in told["references"]],
        mode=told["mode"],
        expected_from=moments.at(day, hour),
        expected_until=moments.at(day, hour) + timedelta(hours=3),
        expires_at=timezone.now() + _LIVES,
        asked="control",
        tlp="amber",
        certainty=told["certainty"],
    )
    [sent] = send(liaison, drafts)
    return sent.number


def _object(operation: str) -> str:
    """The operation's identifier in exchanged objects."""
    found: str = Operation.objects.get(code=operation).object_id
    return found


def arrived_tips(numbers: Sequence[str]) -> int:
    """How many of these have come."""
    return int(Tip.objects.received().filter(number__in=list(numbers)).count())


def answered_tips(operation: str) -> list[int]:
    """How many tips of the operation were answered here, and of how many of ours the answer has come."""
    answered = Tip.objects.filter(operation=_object(operation), answered_at__isnull=False)
    return [answered.filter(direction="in").count(), answered.filter(direction="out").count()]
