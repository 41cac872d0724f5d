"""What is stored as a code, in words: kinds, errors of lanes and what to do about them, the ladder of receipts."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from tidewaiter.exchange.releasability import Barrier
from tidewaiter.node.partners.models import Delivery, Receipt

KINDS: dict[str, Promise] = {
    "tip": __("Tip"),
    "receipt": __("Receipt"),
    "recall": __("Recall"),
    "operation": __("Joint operation"),
    "tasking": __("Tasking"),
    "situation_report": __("Situation report"),
    "released_figures": __("Released figures"),
    "snapshot": __("Snapshot"),
    "statement": __("Statement"),
    "agreement": __("Agreement"),
    "administration": __("Administration"),
}

_REACHING = __("Its node cannot be reached. We try again by ourselves; what waits is kept.")
_KNOWS_NOT = __("It does not accept our signature. Compare keys and clocks with its administrator, then resume.")
_ERRORS: dict[str, Promise] = {
    "http_401": _KNOWS_NOT,
    "http_403": _KNOWS_NOT,
    "http_404": __("Our inbox is not there. Compare the address with its administrator, then resume."),
    "http_413": __("The object is too large for it. Send less, as a new object."),
    "http_422": __("It does not take this object. See what it says, and send a corrected version."),
    "http_400": __("It does not take this object. See what it says, and send a corrected version."),
    "no_receipt": __(
        "It took the batch but gave no receipt for this object. Ask its administrator, then send it again."
    ),
}
_BARRIERS: dict[str, Promise] = {
    Barrier.TO_ONESELF: __("It would go to ourselves."),
    Barrier.RECALLED: __("It was recalled before it was sent."),
    Barrier.EXPIRED: __("It expired before it could be sent. Send a new one if it still matters."),
    Barrier.NOT_NAMED: __("This administration is not among those that may have it."),
    Barrier.NO_AGREEMENT: __("There is no agreement with this administration."),
    Barrier.NOT_A_PARTY: __("This administration is no party to the agreement."),
    Barrier.NOT_IN_FORCE: __("The agreement is not in force now."),
    Barrier.KIND_NOT_AGREED: __("The agreement does not cover this kind of object."),
    Barrier.PURPOSE_NOT_AGREED: __("The agreement does not cover this purpose."),
    Barrier.NOMINAL_NOT_AGREED: __("The agreement does not cover personal data. Send it without them."),
    Barrier.LABEL_FORBIDS: __("Its handling marking forbids passing it on."),
    Barrier.NO_CONSENT: __("Its originator has not agreed that it is passed on."),
    Barrier.ONWARD_NOT_AGREED: __("The agreement does not allow passing it on."),
}


def kind_in_words(kind: str) -> str:
    """The name of a kind of object."""
    return str(KINDS.get(kind, kind))


def barrier_in_words(why: str) -> str:
    """What stands in the way of sending."""
    return str(_BARRIERS.get(why, why))


def error_in_words(error: str) -> str:
    """What went wrong with a lane or an object, and what to do."""
    if not error:
        return ""
    known = _ERRORS.get(error) or _BARRIERS.get(error)
    if known is not None:
        return str(known)
    return str(_REACHING) if not error.startswith("answer:") else _("Its answer could not be verified. We try again.")


def ladder_of(delivery: Delivery, receipts: Iterable[Receipt]) -> list[tuple[str, str, str]]:
    """The rungs for `{% ladder %}`: sent, received, stored, acknowledged, acted on."""
    came: dict[str, Receipt] = {}
    for receipt in receipts:
        came.setdefault(receipt.state, receipt)  # the first word that a rung was reached
    stored, rejected = came.get("stored"), came.get("rejected")
    rungs = [_rung(_("Sent"), _at(delivery.first_sent_at), "wait")]
    if rejected is not None:
        return [*rungs, ("bad", _("Refused"), rejected.words or rejected.reason)]
    if delivery.state == Delivery.State.SET_ASIDE:
        return [("bad", _("Set aside"), error_in_words(delivery.last_error))]
    rungs.append(_rung(_("Stored"), _at(stored.reached_at) if stored else _later(came), "wait"))
    for state, word in (("acknowledged", _("In hand")), ("acted_on", _("Acted on"))):
        said = came.get(state)
        office = f" {said.office}" if said and said.office else ""
        rungs.append(_rung(word, _at(said.reached_at) + office if said else "", "wait"))
    return rungs


def _later(came: dict[str, Receipt]) -> str:
    """A rung that was told of only by a later one."""
    later = [
        receipt
        for state, receipt in came.items()
        if state in ("released", "unacknowledged", "acknowledged", "acted_on")
    ]
    return _at(later[0].reached_at) if later else ""


def _rung(word: str, note: str, otherwise: str) -> tuple[str, str, str]:
    return ("done" if note else otherwise, word, note)


def _at(moment: object) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return f"{local:%H:%M:%S}" if local.date() == timezone.localdate() else f"{local:%Y-%m-%d %H:%M}"


_RUNGS: dict[str, Promise] = {
    "received": __("Received"),
    "stored": __("Stored"),
    "rejected": __("Refused"),
    "released": __("Before the duty desk"),
    "unacknowledged": __("Nobody there has acknowledged it yet"),
    "acknowledged": __("Acknowledged"),
    "acted_on": __("Acted on"),
    "recall_acknowledged": __("Recall acknowledged"),
}


def rung_in_words(state: str) -> str:
    """What a receipt says."""
    return str(_RUNGS.get(state, state))
