"""Photographs: the original is sealed as it came, a copy without metadata is shown."""

import hashlib
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import files, images, policies, verbs
from tidewaiter.node.casework.models import Case, Control, Exhibit, Photograph
from tidewaiter.node.casework.services.controls import Entry, record_control
from tidewaiter.node.live.services import announce

MOST_OF_ONE = 40
SHOWS = ("load", "article", "mark", "carton", "document", "other")
"""What a photograph shows, as codes."""


def add_photograph(
    actor: Person,
    content: bytes,
    *,
    client_id: uuid.UUID,
    control: Control | None = None,
    case: Case | None = None,
    exhibit: Exhibit | None = None,
    shows: str = "",
    caption: str = "",
) -> Photograph:
    """Seal a photograph of a control, a case or an exhibit; the same ``client_id`` again gives the one that is there.

    Raises NotAllowed, and Refused for what is no picture or too large.
    """
    case = exhibit.case if exhibit else case or (_case_of(control) if control else None)
    subject: Control | Case | None = control or case
    if subject is None:
        raise ValueError("a photograph belongs to a control or a case")
    if control is not None:
        policies.controls.require(actor, "photograph", control)
    else:
        policies.cases.require(actor, "add_exhibit", subject)
    known = Photograph.objects.filter(client_id=client_id).first()
    if known is not None:
        if known.taken_by_id != actor.pk:
            raise NotAllowed("photograph")
        return known
    picture = images.look(content)
    digest = hashlib.sha256(content).hexdigest()
    found = Photograph(
        client_id=client_id,
        office_id=subject.office_id,
        control=control,
        case=case,
        exhibit=exhibit,
        shows=shows if shows in SHOWS else "",
        caption=caption.strip(),
        sha256=digest,
        size=len(content),
        format=picture.format,
        width=picture.width,
        height=picture.height,
        taken_by=actor,
    )
    found.sealed = f"{files.SEALED}/{digest[:2]}/{digest}-{found.pk}.{picture.ending}"
    found.copy = f"{files.COPIES}/{digest[:2]}/{found.pk}.jpg"
    files.write(found.sealed, content, mode=0o400)
    files.write(found.copy, picture.copy)
    try:
        _save(actor, found)
    except BaseException:
        # Without its row nobody would ever find the files again.
        files.remove(found.sealed)
        files.remove(found.copy)
        raise
    return found


def record_with_pictures(actor: Person, entry: Entry, pictures: Mapping[str, bytes]) -> Control:
    """Record a control and seal its pictures (bytes by what they show), as a page without scripts sends them at once.

    Sent twice, the control and each picture are stored once. Raises NotAllowed, and Refused for what is no picture.
    """
    for content in pictures.values():
        images.look(content)
    control, _is_new = record_control(actor, entry)
    for shows, content in pictures.items():
        client = uuid.uuid5(entry.client_id, shows)
        add_photograph(actor, content, client_id=client, control=control, shows=shows)
    return control


@transaction.atomic
def _save(actor: Person, photograph: Photograph) -> None:
    siblings = Photograph.objects.filter(control=photograph.control, case=photograph.case)
    if siblings.count() >= MOST_OF_ONE:
        raise Refused(_("At most {most} pictures fit one record.").format(most=MOST_OF_ONE), field="photograph")
    photograph.save(force_insert=True)
    after = {"sha256": photograph.sha256, "size": photograph.size, "control": photograph.control_id}
    record(actor, verbs.PHOTOGRAPH_SEALED, photograph, after={**after, "case": photograph.case_id})
    announce("casework.photograph", photograph, offices=[photograph.office_id])


@transaction.atomic
def open_original(actor: Person, photograph: Photograph) -> bytes:
    """Give the sealed original and write that it was opened; raises NotAllowed, and Refused for a broken seal."""
    policies.controls.require(actor, "see_original", photograph)
    content = files.place(photograph.sealed).read_bytes()
    if hashlib.sha256(content).hexdigest() != photograph.sha256:
        raise Refused(_("The stored original is not what was sealed. Tell your administrator; do not use it."))
    record(actor, verbs.ORIGINAL_SEEN, photograph, after={"sha256": photograph.sha256})
    return content


def _case_of(control: Control) -> Case | None:
    return Case.objects.filter(control=control).first()
