"""References as people type them and as they are compared: typed, folded, few."""

import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from tidewaiter.domain.vocabulary import ReferenceType
from tidewaiter.node.accounts.errors import Refused

MOST = 20
LONGEST = 60
_ROOM = 600


def fold(text: str) -> str:
    """Give a reference without spaces and marks, in capitals, full-width characters as plain ones."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def cleaned(references: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give references with known types and without empty ones; raises Refused for too many, too long or unknown."""
    found = []
    known = {kind.value for kind in ReferenceType}
    for one in references:
        value = " ".join(str(one.get("value", "")).split())
        kind = str(one.get("type") or ReferenceType.OTHER)
        if not value:
            continue
        if len(value) > LONGEST or kind not in known or not value.isprintable():
            raise Refused(_("This is no reference: {value}").format(value=value[:LONGEST]), field="references")
        if {"type": kind, "value": value} not in found:
            found.append({"type": kind, "value": value})
    if len(found) > MOST:
        raise Refused(_("At most {most} references fit one record.").format(most=MOST), field="references")
    return found


def as_text(references: Iterable[Mapping[str, str]], *more: str) -> str:
    """Give what look-up reads: the folded values between spaces, as many as fit."""
    text = ""
    for value in [*(one["value"] for one in references), *more]:
        folded = fold(value)
        if folded and f" {folded} " not in text and len(text) + len(folded) + 2 <= _ROOM:
            text += f"{'' if text else ' '}{folded} "
    return text
