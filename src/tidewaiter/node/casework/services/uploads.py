"""Photographs that come in pieces over a weak link, and go on where they stopped."""

import hashlib
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.casework import files, images, policies
from tidewaiter.node.casework.models import Control, Upload
from tidewaiter.node.casework.services.photographs import MOST_OF_ONE, SHOWS, add_photograph

LARGEST_PIECE = 1_000_000
_DIGEST = 64
KEPT = timedelta(days=30)
"""How long a begun upload is waited for."""


class WrongOffset(Exception):
    """A piece does not follow what is here. ``received`` says where to go on."""

    def __init__(self, received: int) -> None:
        super().__init__(f"go on at {received}")
        self.received = received


@transaction.atomic
def begin_upload(
    actor: Person, *, upload_id: uuid.UUID, control_client_id: uuid.UUID, size: int, sha256: str, shows: str = ""
) -> Upload:
    """Begin an upload, or give the one that has begun: its ``received`` says where to go on.

    The control must be here already. Raises NotAllowed and Refused.
    """
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is not None:
        _own(actor, upload)
        return upload
    control = Control.objects.filter(client_id=control_client_id, officer=actor).first()
    if control is None:
        raise Refused(_("The control of this picture is not here yet. It is sent first."), field="control")
    policies.controls.require(actor, "photograph", control)
    if not 0 < size <= images.MOST_BYTES:
        raise Refused(
            _("The picture is larger than {most} MB. Take it with a lower resolution.").format(
                most=images.MOST_BYTES // 1_000_000
            ),
            field="photograph",
        )
    if len(sha256) != _DIGEST or Upload.objects.filter(control_client_id=control_client_id).count() >= MOST_OF_ONE:
        raise Refused(_("At most {most} pictures fit one record.").format(most=MOST_OF_ONE), field="photograph")
    return Upload.objects.create(
        id=upload_id,
        person=actor,
        control_client_id=control_client_id,
        shows=shows if shows in SHOWS else "",
        sha256=sha256.lower(),
        size=size,
    )


def receive(actor: Person, upload: Upload, offset: int, piece: bytes) -> Upload:
    """Take the next piece; with the last one the photograph is sealed. Each piece is on disk before this returns.

    Raises WrongOffset, NotAllowed, and Refused for a picture that arrived damaged (it begins anew) or is none.
    """
    _own(actor, upload)
    with transaction.atomic():
        upload = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if upload.photograph_id is not None:
            return upload
        if upload.refused:
            raise Refused(upload.refused, field="photograph")
        if offset != upload.received or len(piece) > min(LARGEST_PIECE, upload.size - offset):
            raise WrongOffset(upload.received)
        files.append(_name(upload), offset, piece)
        upload.received = offset + len(piece)
        upload.save(update_fields=["received"])
    return _finish(actor, upload) if upload.received == upload.size else upload


def _finish(actor: Person, upload: Upload) -> Upload:
    content = files.place(_name(upload)).read_bytes()
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        Upload.objects.filter(pk=upload.pk).update(received=0)
        raise WrongOffset(0)
    control = Control.objects.select_related("office").get(client_id=upload.control_client_id, officer=actor)
    try:
        upload.photograph = add_photograph(actor, content, client_id=upload.pk, control=control, shows=upload.shows)
    except Refused as refused:
        Upload.objects.filter(pk=upload.pk).update(refused=refused.message[:300])
        files.remove(_name(upload))
        raise
    upload.save(update_fields=["photograph"])
    files.remove(_name(upload))
    return upload


def forget() -> int:
    """Remove uploads that were begun long ago and never finished; give how many. The device begins anew."""
    old = Upload.objects.filter(photograph__isnull=True, begun_at__lt=timezone.now() - KEPT)
    for upload in old:
        files.remove(_name(upload))
    return old.delete()[0]


def _own(actor: Person, upload: Upload) -> None:
    if upload.person_id != actor.pk:
        raise NotAllowed("photograph")


def _name(upload: Upload) -> str:
    return f"{files.UPLOADS}/{upload.pk}.part"
