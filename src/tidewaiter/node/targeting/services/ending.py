"""A tip is over, recalled or out of time: what it alone put into the queue goes, all else keeps its other reasons."""

from django.db import transaction

from tidewaiter.node.audit.services import record
from tidewaiter.node.live.services import announce
from tidewaiter.node.search.services import index
from tidewaiter.node.targeting import verbs
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.reasons import TIP, Reason, kinds_of, tips_in
from tidewaiter.node.targeting.services.expecting import HEAD, TOPIC
from tidewaiter.node.targeting.services.queue import withdraw


@transaction.atomic
def end_tip(tip: str, source: str, *, reason: str) -> int:
    """Take the tip of that number and sender out of the queue; give how many lines that changed. Safe to repeat.

    ``reason`` says why, for the audit log. A line that somebody has taken stays in hand as it is: that person decides.
    """
    waiting = SelectedConsignment.objects.current().select_for_update(of=("self",), no_key=True).filter(state="waiting")
    found = [line for line in waiting.filter(kinds__contains=f"|{TIP}|") if _names(line.reasons, tip, source)]
    for line in found:
        left = [one for one in line.reasons if not _is(one, tip, source)]
        if left:
            _keep(line, left, tip, reason)
        else:
            withdraw(line, reason=reason)
    return len(found)


def _names(reasons: list[Reason], tip: str, source: str) -> bool:
    return any(_is(one, tip, source) for one in reasons)


def _is(reason: Reason, tip: str, source: str) -> bool:
    return bool(reason["kind"] == TIP and reason["rule"] == tip and reason["source"] == source)


def _keep(line: SelectedConsignment, left: list[Reason], tip: str, reason: str) -> None:
    tips = tips_in(left)
    line.reasons, line.kinds = left, kinds_of(left)
    line.tip = str(tips[-1]["rule"]) if tips else ""
    line.priority = HEAD if tips else max((int(one.get("priority", 0)) for one in left), default=0)
    line.save(update_fields=["reasons", "kinds", "tip", "priority"])
    index(line)
    record(None, verbs.TIP_ENDED, line, before={"tip": tip}, after={"tip": line.tip}, reason=reason)
    announce(TOPIC, line, offices=[line.office])
