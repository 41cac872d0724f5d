"""Our objects as STIX 2.1 and back. Reading is strict in what is ours and unmoved by what is not."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from tidewaiter.exchange.objects import moments, strict_json
from tidewaiter.exchange.objects.administration import AdministrationIdentity
from tidewaiter.exchange.objects.canonical import canonical
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.extension import EXTENSION, VOCABULARY
from tidewaiter.exchange.objects.handling import MARKINGS, Handling, label_of
from tidewaiter.exchange.objects.identifiers import IdentityId, ObjectId
from tidewaiter.exchange.objects.limits import OBJECT_BYTES
from tidewaiter.exchange.objects.operation import Operation, Tasking
from tidewaiter.exchange.objects.receipt import Recall, Receipt
from tidewaiter.exchange.objects.reports import Agreement, ReleasedFigures, SituationReport, Snapshot, Statement
from tidewaiter.exchange.objects.tip import Tip
from tidewaiter.exchange.objects.wire import hints_of, no_others, read_fields, wire_of, write_fields
from tidewaiter.exchange.refusal import Reason, Refused, shortened

KINDS: Mapping[str, type[Exchanged]] = {
    one.kind: one
    for one in (
        AdministrationIdentity, Tip, Receipt, Recall, Operation, Tasking, SituationReport, ReleasedFigures, Snapshot,
        Statement, Agreement,
    )
}  # fmt: skip
"""Every kind by its name in the extension."""
ENVELOPE = {"id": "id", "author": "created_by_ref", "created": "created", "modified": "modified", "language": "lang"}
_HANDLING = {name: hint for name, hint in hints_of(Handling).items() if name != "tlp"}
_FIXED = frozenset({"extension_type", "kind", "vocabulary", "handling"})
_AnyKind = TypeVar("_AnyKind", bound=Exchanged)


def to_stix(told: Exchanged) -> dict[str, Any]:
    """The STIX 2.1 object. Raises Refused where a value is not one that a reader would take."""
    extension: dict[str, Any] = {"extension_type": "property-extension", "kind": told.kind, "vocabulary": VOCABULARY}
    if handling := write_fields(told.handling, _HANDLING):
        extension["handling"] = handling
    own, native = fields_of(type(told))
    plain: dict[str, Any] = {
        "type": told.stix_type,
        "spec_version": "2.1",
        "id": told.id,
        "created_by_ref": told.author,
        "created": moments.written(told.created),
        "modified": moments.written(told.modified),
        "lang": told.language,
        "object_marking_refs": [MARKINGS[told.handling.tlp]],
        **told.shown(),
        **{told.native[name]: value for name, value in write_fields(told, native).items()},
        **told.bound(),
        "extensions": {EXTENSION: extension | write_fields(told, own)},
    }
    from_stix(plain)
    return plain


def to_bytes(told: Exchanged) -> bytes:
    """The STIX 2.1 object in canonical form (RFC 8785): what is signed, kept and sent."""
    return canonical(to_stix(told))


def kind_of(plain: Mapping[str, Any]) -> str | None:
    """The name of our kind, or None for an object that is not ours: it can be kept, but not understood, here."""
    extensions = plain.get("extensions")
    extension = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if not isinstance(extension, dict):
        return None
    kind = extension.get("kind")
    return kind if isinstance(kind, str) else ""


def from_bytes(content: bytes) -> Exchanged:
    """Read one object of ours from what arrived. Raises Refused."""
    return from_stix(strict_json.read(content, OBJECT_BYTES))


def from_stix(plain: Mapping[str, Any]) -> Exchanged:
    """Read an object of ours. Further properties of STIX and other extensions are left alone; in our own extension
    nothing unknown is taken. Raises Refused, which says where and why.
    """
    kind = kind_of(plain)
    if kind is None:
        raise Refused(Reason.UNKNOWN_KIND, "not an object of the customs vocabulary", "extensions")
    extension = plain["extensions"][EXTENSION]
    try:
        return _read(plain, kind, extension)
    except Refused as refused:
        place = shortened(plain.get("id"), 80).strip("'")
        raise Refused(refused.reason, refused.words, f"{place} {refused.place}".strip()) from None


def read_as(kind: type[_AnyKind], plain: Mapping[str, Any]) -> _AnyKind:
    """Read an object that must be of this kind. Raises Refused for another."""
    told = from_stix(plain)
    if not isinstance(told, kind):
        raise Refused(Reason.UNKNOWN_KIND, f"a {kind.kind} is expected, not a {told.kind}", told.id)
    return told


def fields_of(kind: type[Exchanged]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The fields of a kind in our extension, and those in STIX's own properties, with their types."""
    return _FIELDS[kind.kind]


def _split(kind: type[Exchanged]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    shared = hints_of(Exchanged)
    mine = {name: hint for name, hint in hints_of(kind).items() if name not in shared}
    native = {name: hint for name, hint in mine.items() if name in kind.native}
    return {name: hint for name, hint in mine.items() if name not in native}, native


def _read(plain: Mapping[str, Any], kind_name: str, extension: dict[str, Any]) -> Exchanged:
    if extension.get("vocabulary") != VOCABULARY:
        raise Refused(Reason.NEWER_VOCABULARY, f"vocabulary {VOCABULARY} is read here", "vocabulary")
    if kind_name not in KINDS:
        raise Refused(Reason.UNKNOWN_KIND, f"{shortened(kind_name)} is no kind of vocabulary {VOCABULARY}", "kind")
    kind = KINDS[kind_name]
    own, native = fields_of(kind)
    no_others(extension, own.keys() | _FIXED)
    if plain.get("type") != kind.stix_type or plain.get("spec_version") != "2.1":
        raise Refused(Reason.CONTRADICTORY, f"a {kind_name} is a STIX 2.1 {kind.stix_type}", "type")
    if extension.get("extension_type") != "property-extension":
        raise Refused(Reason.WRONG_TYPE, "property-extension is expected", "extension_type")
    if plain.get("revoked") not in (None, False) or "granular_markings" in plain:
        raise Refused(Reason.UNKNOWN_VALUE, "recalled by a recall, marked as a whole", "revoked or granular_markings")
    told = kind(
        **_envelope(plain),
        handling=_handling(plain, extension),
        **_native(kind, plain, native),
        **read_fields(kind, extension, own),
    )
    for name, value in told.bound().items():
        if not _agrees(plain.get(name), value):
            raise Refused(Reason.CONTRADICTORY, "the STIX property and our extension say different things", name)
    return told


def _agrees(found: Any, expected: Any) -> bool:
    """Whether the same is said; one moment may be written in several ways (with or without noughts)."""
    if found == expected:
        return True
    is_moment = re.match(moments.PATTERN, str(expected)) and isinstance(found, str)
    return bool(is_moment) and moments.read(found) == moments.read(expected)


def _envelope(plain: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"language": "en"}
    for field, name in ENVELOPE.items():
        if name in plain:
            found[field] = _read_one(name, _ENVELOPE_TYPES[field], plain[name])
        elif field != "language":
            raise Refused(Reason.MISSING, "is missing", name)
    return found


def _native(kind: type[Exchanged], plain: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {name: plain[kind.native[name]] for name in fields if kind.native[name] in plain}
    return read_fields(kind, renamed, fields)


def _handling(plain: Mapping[str, Any], extension: Mapping[str, Any]) -> Handling:
    markings = plain.get("object_marking_refs", [])
    if not isinstance(markings, list) or not all(isinstance(one, str) for one in markings):
        raise Refused(Reason.WRONG_TYPE, "a list of identifiers is expected", "object_marking_refs")
    limits = extension.get("handling", {})
    if not isinstance(limits, dict):
        raise Refused(Reason.WRONG_TYPE, "an object is expected", "handling")
    no_others(limits, _HANDLING)
    return Handling(tlp=label_of(markings), **read_fields(Handling, limits, _HANDLING))


def _read_one(name: str, hint: Any, value: Any) -> Any:
    try:
        return wire_of(hint).read(value)
    except Refused as refused:
        raise refused.within(name) from None


_ENVELOPE_TYPES = {**hints_of(Exchanged), "id": ObjectId, "author": IdentityId}
_FIELDS = {name: _split(kind) for name, kind in KINDS.items()}
