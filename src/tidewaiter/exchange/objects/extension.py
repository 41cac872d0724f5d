"""The extension definition under which our properties travel."""

from typing import Any

EXTENSION = "extension-definition--cc2eae0e-848c-409f-97a6-6939705d1571"
"""The published identifier. It stays as long as the major number of the vocabulary."""
VOCABULARY = "1"
"""What readers compare. A reader that knows this number knows every property; more is refused, not overlooked."""
_AUTHOR = "identity--27d2f2e4-5d0c-4b53-8a76-3f3f3e0a7f10"


def extension_objects() -> list[dict[str, Any]]:
    """The extension definition and the identity that publishes it, for peers whose tools want to see them."""
    since = {"created": "2026-11-22T00:00:00.000Z", "modified": "2026-11-22T00:00:00.000Z"}
    return [
        {
            "type": "identity",
            "spec_version": "2.1",
            "id": _AUTHOR,
            **since,
            "name": "Tidewaiter",
            "identity_class": "system",
        },
        {
            "type": "extension-definition",
            "spec_version": "2.1",
            "id": EXTENSION,
            "created_by_ref": _AUTHOR,
            **since,
            "name": "Customs cooperation in intellectual property",
            "description": "Tips, receipts, recalls, joint operations and their figures among customs administrations.",
            "schema": "JSON Schemas, one a kind, in the package tidewaiter.exchange.objects.schemas",
            "version": f"{VOCABULARY}.0.0",
            "extension_types": ["property-extension"],
        },
    ]
