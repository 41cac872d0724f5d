"""Keeping the search current: call `index` inside the transaction in which an object is made or changed."""

from collections import defaultdict
from collections.abc import Collection

from django.db import models, transaction

from tidewaiter.names.shadow_text import shadow_text
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.search import kinds, personal, verbs
from tidewaiter.node.search.models import SearchEntry

LONGEST_TEXT = 100_000
"""Characters of an object that it is found by; what follows is left out."""
_AT_ONCE = 500
_LONGEST_TITLE, _LONGEST_SUMMARY = 300, 500
_KEPT = ["office", "title", "summary", "shadow", "restricted", "consignment_id", "at"]


class NoTransaction(RuntimeError):
    """An object was to be indexed outside the transaction of its change; it could then be found wrongly, or not."""


def index(*objects: models.Model) -> None:
    """Let people find these objects as they are now, or no longer where their kind says so.

    Raises NoTransaction, and UnknownKind for an object whose app registers no kind for it.
    """
    _in_transaction()
    described = [(obj, kinds.of(obj).describe(obj)) for obj in objects]
    entries = {
        (obj._meta.label_lower, str(obj.pk)): _entry(obj, words) for obj, words in described if words is not None
    }
    SearchEntry.objects.bulk_create(
        list(entries.values()),
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["object_type", "object_id"],
        update_fields=_KEPT,
    )
    forget(*(obj for obj, words in described if words is None))


def forget(*objects: models.Model) -> None:
    """Let people find these objects no longer. Raises NoTransaction."""
    _in_transaction()
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for obj in objects:
        ids[obj._meta.label_lower].append(str(obj.pk))
    for object_type, gone in ids.items():
        SearchEntry.objects.filter(object_type=object_type, object_id__in=gone).delete()


def note_look_up(person: Person, text: str, *, found: Collection[str], shown: int) -> None:
    """Write into the audit log that ``person`` looked up the number of somebody: what kind of number, never the number.

    ``found`` are the kinds of reference under which it was found, ``shown`` how many consignments the person got to
    see. Nothing is written for any other reference.
    """
    kind = personal.kind_of(text, found)
    if not kind:
        return
    digest = personal.digest(text)
    number = SearchEntry(pk=digest, object_type=kind, title=digest[:8])
    with transaction.atomic():
        record(
            person, verbs.PERSONAL_NUMBER_LOOKED_UP, number, after={"number_kind": kind, "consignments_shown": shown}
        )


def _in_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction("search.services must be called inside transaction.atomic(), with the change")


def _entry(obj: models.Model, words: kinds.Words) -> SearchEntry:
    text = "\n".join([words.title, words.summary, *words.text])
    return SearchEntry(
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        office_id=words.office,
        title=_cut(words.title, _LONGEST_TITLE),
        summary=_cut(words.summary, _LONGEST_SUMMARY),
        shadow=shadow_text(text[:LONGEST_TEXT]),
        restricted=words.restricted,
        consignment_id=words.consignment_id,
        at=words.at,
    )


def _cut(text: str, most: int) -> str:
    text = " ".join(text.replace("\x00", "").split())
    return text if len(text) <= most else text[: most - 1] + "…"
