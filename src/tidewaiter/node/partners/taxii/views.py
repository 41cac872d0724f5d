"""The resources of TAXII 2.1 that are served now: one API root, and in it one inbox for whoever asks."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tidewaiter.exchange.objects import Refused, strict_json
from tidewaiter.exchange.objects.limits import ENVELOPE_BYTES
from tidewaiter.exchange.objects.moments import written
from tidewaiter.exchange.signing import sign_batch
from tidewaiter.node.partners.collections import RECEIPTS, ROOT, inbox_of
from tidewaiter.node.partners.models import InboxBatch, InboxObject
from tidewaiter.node.partners.services import receiving
from tidewaiter.node.partners.services.keys import ensure_own_key
from tidewaiter.node.partners.services.receipts import at_once
from tidewaiter.node.partners.taxii.answers import MEDIA_TYPE, answer, error
from tidewaiter.node.partners.taxii.gate import Asked, is_taxii, own_address, signed

_NOTHING = "Nothing is here for you."


@signed
def discovery(asked: Asked) -> HttpResponse:
    """Where the API root is (section 4.1)."""
    root = f"{own_address()}/taxii2/{ROOT}/"
    return answer({"title": f"Tidewaiter {settings.CONFIG.administration}", "default": root, "api_roots": [root]})


@signed
def api_root(asked: Asked, root: str) -> HttpResponse:
    """What the API root takes (section 4.2)."""
    if root != ROOT:
        return error(404, _NOTHING)
    title = f"Exchange of {settings.CONFIG.administration}"
    return answer({"title": title, "versions": [MEDIA_TYPE], "max_content_length": ENVELOPE_BYTES})


@signed
def collections(asked: Asked, root: str) -> HttpResponse:
    """The collections of whoever asks (section 5.1): its own inbox, and no sign of others."""
    return answer({"collections": [_collection(asked)]}) if root == ROOT else error(404, _NOTHING)


@signed
def collection(asked: Asked, root: str, collection: UUID) -> HttpResponse:
    """One collection (section 5.2)."""
    return answer(_collection(asked)) if _is_own(asked, root, collection) else error(404, _NOTHING)


@csrf_exempt
@login_not_required
def objects(request: HttpRequest, root: str, collection: UUID) -> HttpResponse:
    """The objects of an inbox: they are put in (section 5.4), and not read back."""
    if request.method == "POST" and not is_taxii(request.headers.get("Content-Type", "")):
        return error(415, "The body is application/taxii+json;version=2.1.")
    return _objects(request, root, collection)


@signed
def status(asked: Asked, root: str, status: UUID) -> HttpResponse:
    """What became of a batch of whoever asks (section 4.3)."""
    batch = InboxBatch.objects.filter(pk=status, peer=asked.peer).first()
    if root != ROOT or batch is None:
        return error(404, _NOTHING)
    rows = list(InboxObject.objects.filter(batch=batch).order_by("id"))
    return answer(_status(batch, rows, at_once(asked.peer, rows)))


def _add(asked: Asked, root: str, collection: UUID) -> HttpResponse:
    if not _is_own(asked, root, collection):
        return error(404, _NOTHING)
    try:
        taken = receiving.receive(asked.peer, asked.signed, asked.body)
    except receiving.Replayed:
        return error(401, "This signed request has been used already.")
    except Refused as refused:
        return error(422, str(refused), refused.reason.value)
    return answer(_status(taken.batch, taken.rows, taken.receipts), 202)


_objects = signed(_add, methods=("POST",))


def _collection(asked: Asked) -> dict[str, Any]:
    return {
        "id": inbox_of(str(settings.CONFIG.administration), asked.peer.pk),
        "title": f"Inbox of {settings.CONFIG.administration} for {asked.peer.pk}",
        "can_read": False,
        "can_write": True,
        "media_types": ["application/stix+json;version=2.1"],
    }


def _is_own(asked: Asked, root: str, collection: UUID) -> bool:
    return root == ROOT and str(collection) == inbox_of(str(settings.CONFIG.administration), asked.peer.pk)


def _status(batch: InboxBatch, rows: Any, receipts: Any) -> dict[str, Any]:
    """The status resource, with our receipts as a sealed envelope of their own."""
    parts: dict[str, list[dict[str, Any]]] = {"successes": [], "failures": [], "pendings": []}
    names = {"stored": "successes", "rejected": "failures", "pending": "pendings", "set_aside": "pendings"}
    for row in rows:
        one = {"id": row.object_id, "version": written(row.modified)}
        parts[names[row.state]].append(one | ({"message": f"{row.reason}: {row.words}"} if row.reason else {}))
    plain: dict[str, Any] = {
        "id": str(batch.pk),
        "status": "pending" if parts["pendings"] else "complete",
        "request_timestamp": written(batch.received_at),
        "total_count": len(rows),
        "success_count": len(parts["successes"]),
        "failure_count": len(parts["failures"]),
        "pending_count": len(parts["pendings"]),
        **parts,
    }
    return plain | ({RECEIPTS: _sealed(receipts)} if receipts else {})


def _sealed(receipts: Any) -> dict[str, Any]:
    return strict_json.read(sign_batch(list(receipts), ensure_own_key()).to_envelope())
