"""New versions of the node's criteria. A file that the core cannot use never counts."""

import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.targeting import policies, verbs
from tidewaiter.node.targeting.models import CriteriaFile
from tidewaiter.node.targeting.services.files import Incoming, Stored, store
from tidewaiter.runs.criteria import CriteriaFiles
from tidewaiter.runs.request import RunRefused
from tidewaiter.selection.capacity import Capacity, CapacityError

_SHOWN = 2_000


def add_criteria(actor: Person, *, kind: str, file: Incoming, office: Office, remark: str = "") -> CriteriaFile:
    """Take a new version of one kind of criteria; it counts from the next run on.

    The whole file is loaded first. Raises NotAllowed, and Refused with all that is wrong with it; nothing is kept then.
    """
    policies.runs.require(actor, "change_criteria", office)
    folder = Path(settings.CONFIG.files) / "criteria" / f".incoming-{uuid4().hex}"
    [stored] = store([file], folder)
    try:
        _check(kind, stored)
        with transaction.atomic():
            return _keep(actor, kind, stored, office, remark)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(kind: str, stored: Stored) -> None:
    try:
        if kind == CriteriaFile.Kind.CAPACITY:
            Capacity.load(stored.path)
        elif kind in CriteriaFile.Kind.values:
            CriteriaFiles(**{kind: stored.path}).load()
        else:
            raise Refused(_("Choose what the file holds."), field="kind")
    except (RunRefused, CapacityError) as wrong:
        # The core names the path that it read; people know the file by the name that they gave it.
        told = str(wrong).replace(str(stored.path), stored.name).replace("Nothing was read or written.", "").strip()
        raise Refused(
            _("This file cannot be used; the version before it still counts.") + "\n" + told[:_SHOWN], field="file"
        ) from wrong


def _keep(actor: Person, kind: str, stored: Stored, office: Office, remark: str) -> CriteriaFile:
    of_kind = CriteriaFile.objects.filter(kind=kind)
    latest = of_kind.aggregate(latest=Max("version"))["latest"] or 0
    version = CriteriaFile(
        kind=kind,
        version=latest + 1,
        name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        office=office,
        added_by=actor,
        remark=remark.strip()[:300],
    )
    stored.path.rename(version.path)
    version.save(force_insert=True)
    record(actor, verbs.CRITERIA_ADDED, version, after={"sha256": stored.sha256, "name": stored.name}, reason=remark)
    return version
