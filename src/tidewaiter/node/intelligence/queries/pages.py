"""What the pages of tips show."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Case, QuerySet, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tidewaiter.exchange.releasability import Barrier
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.intelligence import policies
from tidewaiter.node.intelligence.forms import OUTCOMES, REFERENCES
from tidewaiter.node.intelligence.models import DutyShift, Tip
from tidewaiter.node.intelligence.services.moving import can
from tidewaiter.node.partners.queries import deliveries
from tidewaiter.node.partners.words import barrier_in_words, ladder_of
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.ui.tags.marks import party_name
from tidewaiter.refdata import offices as refdata

SHOWN = ("received", "sent", "drafts")
WITH = ("peer", "office", "author", "duty_person", "acknowledged_by", "source")
_ACTIONS = ("acknowledge", "act_on", "answer", "pass_on", "recall", "send")


def listed(person: Person, show: str) -> QuerySet[Tip]:
    """The tips of one part of the list."""
    found = Tip.objects.visible_to(person).select_related(*WITH)
    if show == "received":
        waiting_first = Case(When(state=Tip.State.DELIVERED, then=0), default=1)
        return found.received().order_by(waiting_first, "-arrived_at", "id")
    drafts = show == "drafts"
    written = found.written().filter(state="drafted") if drafts else found.written().exclude(state="drafted")
    return written.order_by("-state_at", "id")


def counts(person: Person) -> dict[str, int]:
    """How many wait for an acknowledgement, and for an answer."""
    seen = Tip.objects.visible_to(person)
    return {"to_acknowledge": seen.to_acknowledge().count(), "to_answer": seen.to_answer().count()}


def page_of(person: Person, tip: Tip) -> dict[str, Any]:
    """One tip as ``person`` sees it."""
    delivery = deliveries.delivery_of(tip.object_id, tip.peer_id) if tip.is_ours else None
    return {
        "tip": tip,
        "withheld": tip.is_withheld,
        "facts": [] if tip.is_withheld else facts(tip),
        "caveats": caveat_codes(tip),
        "events": tip.events.select_related("actor"),
        "delivery": delivery,
        "rungs": rungs(tip) if delivery is None else ladder_of(delivery, deliveries.receipts_of(delivery)),
        "may": {action: _may(person, tip, action) for action in _ACTIONS},
        "result": result_words(tip),
        "siblings": list(
            Tip.objects.visible_to(person).filter(group=tip.group).exclude(pk=tip.pk).select_related("peer")
        )
        if tip.is_ours
        else [],
        "line": SelectedConsignment.objects.visible_to(person).filter(pk=tip.queue_item).first()
        if tip.queue_item
        else None,
    }


def _may(person: Person, tip: Tip, action: str) -> bool:
    allowed = {
        "pass_on": tip.state in (Tip.State.DELIVERED, Tip.State.ACKNOWLEDGED),
        "answer": tip.state == Tip.State.DELIVERED or can(tip, "answer", person),
    }.get(action, can(tip, action, person))
    return allowed and policies.tips.may(person, action, tip)


def facts(tip: Tip) -> list[tuple[str, str, str]]:
    """What a tip says, line by line, as (code, word, text); what is empty is left to who shows it."""
    by_kind = {one["kind"]: one["value"] for one in tip.references}
    others = [value for kind, value in by_kind.items() if kind not in REFERENCES]
    lines = [
        ("what", pgettext("tip", "What"), tip.what or tip.title),
        ("brands", _("Brands"), ", ".join(tip.brands)),
        ("plate", _("Plate"), by_kind.get("plate", "")),
        ("container", _("Container"), by_kind.get("container", "")),
        ("house_bill", _("House bill"), by_kind.get("house_bill", "")),
        ("air_waybill", _("Air waybill"), by_kind.get("air_waybill", "")),
        ("postal_item", _("Postal item (S10)"), by_kind.get("postal_item", "")),
        ("other", _("Other references"), ", ".join(others)),
        ("where", _("Where"), where(tip)),
        ("when", _("Expected"), when(tip)),
        ("asked", _("Asked for"), str(tip.get_asked_display())),
        ("answer_by", _("Answer by"), moment(tip.answer_by)),
        ("expires", _("Expires"), moment(tip.expires_at)),
    ]
    return [(code, word, text) for code, word, text in lines if text or code in ("what", "asked")]


def where(tip: Tip) -> str:
    """The office by its name in the language of the page, and the words."""
    office = refdata.find(tip.where_office)
    own = Office.objects.filter(pk=tip.where_office).first() if tip.where_office and office is None else None
    name = own.name if own else "" if office is None else _office_name(office)
    return " · ".join(part for part in (name or tip.where_office, tip.where_words) if part)


def _office_name(office: refdata.Office) -> str:
    from tidewaiter.node.accounts.models.offices import TAGS

    tag = TAGS.get(translation.get_language() or "en", "en")
    return office.names.get(tag) or office.names["en"]


def when(tip: Tip) -> str:
    """When it is expected."""
    parts = [moment(one) for one in (tip.expected_from, tip.expected_until) if one]
    return " – ".join(parts)


def moment(at: Any) -> str:
    """A moment in the zone of the office, in figures."""
    return "" if at is None else f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def caveat_codes(tip: Tip) -> list[str]:
    """Caveats as they are marked."""
    return [one.upper().replace("_", "-") for one in tip.caveats]


def rungs(tip: Tip) -> list[tuple[str, str, str]]:
    """The ladder of a neighbour's tip here."""
    steps = (
        (_("Arrived"), tip.arrived_at),
        (_("In hand"), tip.acknowledged_at),
        (_("Acted on"), tip.acted_at),
        (_("Answered"), tip.answered_at),
    )
    return [("done" if at else "wait", word, f"{timezone.localtime(at):%H:%M:%S}" if at else "") for word, at in steps]


def result_words(tip: Tip) -> dict[str, Any]:
    """The result, with its outcome in words; empty where there is none."""
    if not tip.result:
        return {}
    figures = tip.result.get("figures") or []
    items = next((one["amount"] for one in figures if one.get("measure") == "items"), None)
    return {
        "outcome": str(dict(OUTCOMES).get(tip.result["outcome"], tip.result["outcome"])),
        "level": "good" if tip.result["outcome"] == "no_find" else "bad" if tip.result["outcome"] == "find" else "info",
        "items": items,
        "reference": tip.result.get("reference") or "",
        "credited": bool(tip.result.get("credited")),
        "words": tip.result_words,
    }


def drafts_with(person: Person, tip: Tip) -> list[Tip]:
    """The drafts of one group that may be sent by this person."""
    found = Tip.objects.visible_to(person).filter(group=tip.group, state="drafted").select_related("peer", "office")
    return [one for one in found.order_by("peer") if policies.tips.may(person, "send", one)]


def share_of(drafts: Sequence[Tip]) -> dict[str, Any]:
    """What each neighbour will receive, a column each; what stays with us although another gets it is None."""
    said = [{code: (word, text) for code, word, text in facts(tip)} for tip in drafts]
    order = list(dict.fromkeys(code for one in said for code in one))
    most = len(order)
    rows = []
    for code in order:
        word = next(one[code][0] for one in said if code in one)
        rows.append(
            (word, [(tip, one[code][1] if code in one else None) for tip, one in zip(drafts, said, strict=True)])
        )
    columns = [
        {
            "tip": tip,
            "head": _("%(name)s receives") % {"name": party_name(tip.peer_id)},
            "fields": len(one),
            "full": len(one) == most,
            "caveats": caveat_codes(tip),
            "barrier": barrier_of(tip),
        }
        for tip, one in zip(drafts, said, strict=True)
    ]
    return {"rows": rows, "columns": columns, "most": most, "blocked": any(one["barrier"] for one in columns)}


def barrier_of(tip: Tip) -> str:
    """What stands in the way of sending it, in words; empty where nothing does."""
    agreement = tip.peer.agreement_at(timezone.localtime(), "tip", "ipr_enforcement")
    if agreement is None:
        return barrier_in_words(Barrier.NO_AGREEMENT)
    if "tip" not in agreement.kinds:
        return barrier_in_words(Barrier.KIND_NOT_AGREED)
    if tip.nominal and not agreement.nominal:
        return barrier_in_words(Barrier.NOMINAL_NOT_AGREED)
    return ""


def office_for(person: Person) -> Office:
    """From which office a person writes tips: the own one where a role reaches it, else the first that one does."""
    reached = policies.tips.offices(person, "draft")
    own = person.office_id if person.office_id in reached else min(reached, key=len)
    return Office.objects.get(pk=own)


def roster_of(person: Person) -> dict[str, Any]:
    """Shifts from now on, and what may be done with them."""
    seen = DutyShift.objects.visible_to(person).standing().filter(ends_at__gt=timezone.now())
    may = policies.duty.offices(person, "cancel")
    shifts = seen.select_related("office", "person").order_by("starts_at")[:200]
    return {
        "shifts": [
            {"shift": one, "now": one.starts_at <= timezone.now(), "may": one.office_id in may} for one in shifts
        ],
        "may_enter": policies.duty.may(person, "enter"),
        "may_set_times": policies.duty.may(person, "set_times", Office.objects.get(pk=settings.CONFIG.administration)),
    }


def control_reference(person: Person, tip: Tip) -> str:
    """The reference of what the tip led to, proposed for the answer; empty where nothing is known."""
    if tip.queue_item is None:
        return ""
    line = SelectedConsignment.objects.visible_to(person).filter(pk=tip.queue_item).first()
    return "" if line is None else line.reference
