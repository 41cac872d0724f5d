"""JSON Schemas of the kinds, made from the types that read them, and kept as package data for peers and other tools.

``tidewaiter.exchange.objects.schema.write`` makes the files anew; a test keeps them true.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from tidewaiter.exchange.objects.examples import examples
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.extension import EXTENSION, VOCABULARY
from tidewaiter.exchange.objects.handling import MARKINGS, Handling
from tidewaiter.exchange.objects.stix import ENVELOPE, KINDS, fields_of, to_stix
from tidewaiter.exchange.objects.wire import hints_of, record_schema, required, wire_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FOLDER = files("tidewaiter.exchange.objects") / "schemas"


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a whole object of that kind. What STIX itself asks for is left to the schemas of STIX.

    It does not hold every rule: that times are in order and counts come out, the reader checks.
    """
    cls = KINDS[kind]
    shared = hints_of(Exchanged)
    _, native = fields_of(cls)
    properties = {name: wire_of(shared[field]).schema for field, name in ENVELOPE.items()}
    properties |= {cls.native[name]: wire_of(hint).schema for name, hint in native.items()}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:tidewaiter:exchange:{VOCABULARY}:{kind}",
        "title": kind,
        "description": (cls.__doc__ or "").split("\n", maxsplit=1)[0],
        "type": "object",
        "properties": {
            "type": {"const": cls.stix_type},
            "spec_version": {"const": "2.1"},
            **properties,
            "object_marking_refs": {"type": "array", "contains": {"enum": list(MARKINGS.values())}},
            "extensions": {
                "type": "object",
                "properties": {EXTENSION: _extension(kind, cls)},
                "required": [EXTENSION],
            },
        },
        "required": [
            *("type", "spec_version", "id", "created_by_ref", "created", "modified"),
            *("object_marking_refs", "extensions"),
            *(cls.native[name] for name in native if required(cls, name)),
        ],
    }


def _extension(kind: str, cls: type[Exchanged]) -> dict[str, Any]:
    own, _ = fields_of(cls)
    limits = {name: hint for name, hint in hints_of(Handling).items() if name != "tlp"}
    schema = record_schema(cls, own)
    schema["properties"] = {
        "extension_type": {"const": "property-extension"},
        "kind": {"const": kind},
        "vocabulary": {"const": VOCABULARY},
        "handling": record_schema(Handling, limits),
        **schema["properties"],
    }
    schema["required"] = ["extension_type", "kind", "vocabulary", *schema["required"]]
    return schema


def made() -> dict[str, str]:
    """Every file of the folder, by name: a schema and an example of each kind."""
    found = {}
    for kind, told in examples().items():
        found[f"{kind}.schema.json"] = _text(schema_of(kind))
        found[f"{kind}.example.json"] = _text(to_stix(told))
    return found


def load(kind: str) -> dict[str, Any]:
    """The schema of a kind as it was shipped."""
    schema: dict[str, Any] = json.loads((_FOLDER / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


def write() -> None:
    """Write the files of this package anew."""
    folder = Path(str(_FOLDER))
    folder.mkdir(exist_ok=True)
    for name, text in made().items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
