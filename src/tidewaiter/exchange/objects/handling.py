"""Handling: who may see an object (Traffic Light Protocol 2.0), what may be done with it, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from tidewaiter.exchange.objects.wire import Many
from tidewaiter.exchange.refusal import Reason, Refused


class Tlp(StrEnum):
    """The five labels of TLP 2.0 (FIRST, 2022), from narrow to wide."""

    RED = "red"
    AMBER_STRICT = "amber+strict"
    AMBER = "amber"
    GREEN = "green"
    CLEAR = "clear"


class Caveat(StrEnum):
    """Limits on use beyond the label. A caveat that a reader does not know makes it refuse the object."""

    LEAD_ONLY = "lead_only"
    NO_ACTION_WITHOUT_CONSENT = "no_action_without_consent"
    NOT_EVIDENCE = "not_evidence"
    COUNT_ONLY = "count_only"
    ORIGINATOR_CONSENT = "originator_consent"
    """Not passed on without the originator's consent, be it within what the label allows."""


MARKINGS = {
    Tlp.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    Tlp.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Tlp.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Tlp.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Tlp.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
}
"""The marking objects that OASIS publishes for TLP 2.0 in its common object repository. We never mint our own."""
_LABELS = {marking: label for label, marking in MARKINGS.items()}
_FIRST_EDITION = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": Tlp.CLEAR,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": Tlp.GREEN,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": Tlp.AMBER,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": Tlp.RED,
}
"""TLP 1 in STIX 2.1 section 7.2.1.4: taken as synonyms, never written."""
_TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


@dataclass(frozen=True, kw_only=True)
class Handling:
    """The label, the caveats, and the moment after which nobody uses the object any more (None: no end set)."""

    tlp: Tlp
    caveats: Annotated[tuple[Caveat, ...], Many(8)] = ()
    expires: datetime | None = None

    def has_expired(self, now: datetime) -> bool:
        """Whether its time is over."""
        return self.expires is not None and self.expires <= now


def label_of(markings: list[str]) -> Tlp:
    """The label among an object's markings; the narrowest where there are several.

    Raises Refused without any, and for a marking that we do not know: a limit must not be overlooked.
    """
    found = [_LABELS.get(one) or _FIRST_EDITION.get(one) for one in markings]
    if None in found:
        raise Refused(Reason.UNKNOWN_VALUE, "a marking that is not understood here", "object_marking_refs")
    order = list(Tlp)
    labels = sorted((one for one in found if one), key=order.index)
    if not labels:
        raise Refused(Reason.MISSING, "no label of the Traffic Light Protocol", "object_marking_refs")
    return labels[0]


def marking_objects() -> list[dict[str, Any]]:
    """The five published marking objects, for a peer whose tool wants to see what the identifiers stand for."""
    return [
        {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": marking,
            "created": "2022-10-01T00:00:00.000Z",
            "name": f"TLP:{label.upper()}",
            "extensions": {_TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": label.value}},
        }
        for label, marking in MARKINGS.items()
    ]
