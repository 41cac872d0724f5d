"""A tip as a row and as the object that is exchanged."""

from typing import Any

from django.conf import settings

from tidewaiter.domain.vocabulary import ReferenceType, TransportMode
from tidewaiter.exchange.objects import Asked, Caveat, Handling, Place, Reference, Tlp, identity_of, to_the_millisecond
from tidewaiter.exchange.objects import Tip as TipObject
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.partners.models.peers import short_code


def object_of(tip: Tip) -> TipObject:
    """The tip as it is exchanged; ``modified`` and ``sent_at`` must be set. Raises the vocabulary's Refused."""
    if tip.modified is None or tip.sent_at is None:
        raise ValueError(f"{tip.number} has no moment of sending yet")
    return TipObject(
        id=tip.object_id,
        author=identity_of(tip.sender),
        created=to_the_millisecond(tip.modified),
        modified=to_the_millisecond(tip.modified),
        handling=Handling(tlp=Tlp(tip.tlp), caveats=tuple(Caveat(one) for one in tip.caveats), expires=tip.expires_at),
        language=tip.language,
        title=tip.title,
        what=tip.what or tip.title,
        sent_at=tip.sent_at,
        where=Place(administration=tip.receiver, office=tip.where_office or None, words=tip.where_words or None),
        asked=Asked(tip.asked),
        number=tip.number,
        expected_from=tip.expected_from,
        expected_until=tip.expected_until,
        answer_by=tip.answer_by,
        references=tuple(Reference(kind=ReferenceType(one["kind"]), value=one["value"]) for one in tip.references),
        mode=None if tip.mode is None else TransportMode(tip.mode),
        categories=tuple(tip.categories),
        brands=tuple(tip.brands),
        certainty=tip.certainty,
        operation=tip.operation or None,
    )


def fields_of(told: TipObject) -> dict[str, Any]:
    """The fields of a row from what came."""
    return {
        "language": told.language,
        "title": told.title,
        "what": told.what,
        "where_office": told.where.office or "",
        "where_words": told.where.words or "",
        "references": [{"kind": one.kind.value, "value": one.value} for one in told.references],
        "mode": None if told.mode is None else int(told.mode),
        "categories": list(told.categories),
        "brands": list(told.brands),
        "expected_from": told.expected_from,
        "expected_until": told.expected_until,
        "asked": told.asked.value,
        "answer_by": told.answer_by,
        "tlp": told.handling.tlp.value,
        "caveats": [one.value for one in told.handling.caveats],
        "expires_at": told.handling.expires,
        "certainty": told.certainty,
        "operation": told.operation or "",
        "modified": told.modified,
        "sent_at": told.sent_at,
    }


def series(sender: str, receiver: str) -> str:
    """The beginning of the numbers of tips between two administrations: GD-HK-."""
    return f"{short_code(sender)}-{short_code(receiver)}-"


def number_in(told: TipObject, sender: str) -> str:
    """The number that the sender gave, where it is one of its series to us; else empty."""
    wanted = series(sender, str(settings.CONFIG.administration))
    return told.number if told.number and told.number.startswith(wanted) else ""
