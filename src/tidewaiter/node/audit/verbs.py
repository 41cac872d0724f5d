"""What can be done, as data: a code that is stored and a sentence that is told in the reader's language.

Each app declares its own verbs in ``<app>/verbs.py``::

    TAKEN = verb("targeting.taken", _("{actor} took {object}"))

``{actor}``, ``{object}`` and ``{office}`` are filled in when the row is read. A code is never reused for another deed.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class UnknownVerb(LookupError):
    """No app declares this verb. Declare it in the ``verbs.py`` of the app that does the deed."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One deed: its stored ``code`` (``app.deed``) and its ``sentence`` with named placeholders."""

    code: str
    sentence: Promise | str

    def tell(self, *, actor: str, obj: str, office: str) -> str:
        """Give the sentence in the active language. Names stand as they are; braces in them mean nothing."""
        return str(self.sentence).format(actor=actor, object=obj, office=office)


_known: dict[str, Verb] = {}


def verb(code: str, sentence: Promise | str) -> Verb:
    """Declare a verb and give it; raises ValueError for a code that another verb has."""
    if code in _known and _known[code].sentence is not sentence:
        raise ValueError(f"the verb {code} is declared twice")
    return _known.setdefault(code, Verb(code, sentence))


def find(code: str) -> Verb:
    """Give the verb of that code; raises UnknownVerb."""
    try:
        return _known[code]
    except KeyError:
        raise UnknownVerb(code) from None


def all_verbs() -> tuple[Verb, ...]:
    """All declared verbs, by code."""
    return tuple(_known[code] for code in sorted(_known))


PAYLOAD_ERASED: Final = verb("audit.payload_erased", _("{actor} erased the content of audit row {object}"))
EXPORTED: Final = verb("audit.exported", _("{actor} exported the audit log of {office}"))
