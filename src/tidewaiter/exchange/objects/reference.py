"""The page docs/reference/exchange-objects.md, made from the kinds and their examples."""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tidewaiter.exchange.objects.examples import examples
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.extension import EXTENSION, VOCABULARY
from tidewaiter.exchange.objects.handling import MARKINGS, Caveat
from tidewaiter.exchange.objects.limits import BATCH_OBJECTS, DEPTH, ENVELOPE_BYTES, OBJECT_BYTES
from tidewaiter.exchange.objects.stix import KINDS, fields_of, to_stix
from tidewaiter.exchange.objects.wire import required, wire_of
from tidewaiter.exchange.refusal import Reason

_TOP = f"""# Exchanged objects

Made from the code by `tidewaiter.exchange.objects.reference.objects_markdown`; a test keeps it true.
Why these objects: [ADR 7](../adr/0007-exchanged-objects-and-signatures.md).

What administrations send one another is STIX 2.1. Where STIX has a property we use it; the rest stands in one property
extension, `{EXTENSION}`,
vocabulary `{VOCABULARY}`. Schemas and examples lie in the package `tidewaiter.exchange.objects.schemas`.

- An object is at most {OBJECT_BYTES >> 10} KiB, a batch at most {BATCH_OBJECTS} objects and {ENVELOPE_BYTES >> 20} MiB,
  nesting at most {DEPTH} levels. Text is UTF-8 without control characters.
- `created` and `modified` are precise to the millisecond. The originator (`created_by_ref`) alone makes new versions;
  the same `modified` with other content is refused and alarmed.
- Reading is strict in our extension: an unknown property, kind, caveat or marking is refused, since a limit must not be
  overlooked. Other properties of STIX and other extensions are left alone.
- Amounts are texts, so that no reader rounds them. Days are of the calendar, moments in UTC.
- Native properties that follow from ours (a tip's `pattern`, `object_refs`…) must agree with them.
"""


def objects_markdown() -> str:
    """The whole page."""
    parts = [_TOP, _handling(), _reasons()]
    parts += [_kind(kind, cls) for kind, cls in KINDS.items()]
    return "\n".join(parts)


def _handling() -> str:
    rows = "\n".join(f"| TLP:{label.upper()} | `{marking}` |" for label, marking in MARKINGS.items())
    caveats = ", ".join(f"`{one}`" for one in Caveat)
    return (
        "## Handling\n\nOne of the five published marking objects of TLP 2.0 in `object_marking_refs` (the four of\n"
        "TLP 1 are read as synonyms), and in our extension `handling` with `caveats` and `expires`.\n"
        f"\n| label | marking |\n| --- | --- |\n{rows}\n\nCaveats: {caveats}.\n"
    )


def _reasons() -> str:
    return f"## Reasons of refusal\n\nThe codes of a rejection: {', '.join(f'`{one}`' for one in Reason)}.\n"


def _kind(kind: str, cls: type[Exchanged]) -> str:
    own, native = fields_of(cls)
    told = " ".join((cls.__doc__ or "").replace("``", "`").split())
    lines = [f"## {kind}", "", told, "", f"STIX object: `{cls.stix_type}`.", ""]
    lines += ["| property | where | required | holds |", "| --- | --- | --- | --- |"]
    fields = {**{name: (f"`{cls.native[name]}`", hint) for name, hint in native.items()}}
    fields |= {name: (f"extension `{name}`", hint) for name, hint in own.items()}
    for name, (where, hint) in fields.items():
        need = "yes" if required(cls, name) else "no"
        lines.append(f"| {name} | {where} | {need} | {_words(wire_of(hint).schema)} |")
    example = json.dumps(to_stix(examples()[kind]), ensure_ascii=False, indent=2)
    return "\n".join([*lines, "", "```json", example, "```", ""])


def _words(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{one}`" for one in schema["enum"])
    if schema["type"] == "array":
        return f"{schema['minItems']} to {schema['maxItems']} of: {_words(schema['items'])}"
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}"
    if schema["type"] == "object":
        return (
            "texts by language" if "propertyNames" in schema else ", ".join(f"`{one}`" for one in schema["properties"])
        )
    if "maxLength" in schema:
        return f"text of at most {schema['maxLength']}"
    return _PATTERNS.get(schema.get("pattern", ""), "true or false")


_PATTERNS = {
    wire_of(datetime).schema["pattern"]: "moment",
    wire_of(date).schema["pattern"]: "day",
    wire_of(Decimal).schema["pattern"]: "amount as a text",
}
