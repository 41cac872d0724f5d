"""Setting up and changing the tree of offices."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.node.accounts import policies, verbs
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.refdata import offices as refdata
from tidewaiter.refdata.languages import LANGUAGES

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


@transaction.atomic
def load_offices() -> int:
    """Load the offices of this node's administration from reference data and give how many are new. Safe to repeat.

    An office that reference data no longer has is kept: records point to it.
    """
    known = {office.code: office for office in Office.objects.all()}
    new = []
    for found in refdata.offices():
        if found.administration != settings.CONFIG.administration or found.code in known:
            continue
        above = known[found.parent] if found.parent else None
        office = Office(
            code=found.code, parent=above, path=_path(above, found.code), administration=found.administration
        )
        office.save(force_insert=True)
        known[office.code] = office
        new.append(office.code)
    if new:
        top = next(office for office in known.values() if office.parent_id is None)
        record(None, verbs.OFFICES_LOADED, top, after={"offices": new}, office=top)
    return len(new)


@transaction.atomic
def add_office(actor: Person, *, parent: Office, code: str, names: Mapping[str, str]) -> Office:
    """Add an own office below ``parent``. ``names`` by BCP 47 tag; English is needed.

    Raises NotAllowed, and Refused for a code that is malformed or taken or for names in unknown languages.
    """
    policies.offices.require(actor, "add", parent)
    if not _CODE.fullmatch(code) or len(code) > 64:
        raise Refused(_("An office's code has capital letters, digits and single hyphens, at most 64."), field="code")
    if Office.objects.filter(pk=code).exists() or refdata.find(code) is not None:
        raise Refused(_("There is already an office with this code."), field="code")
    office = Office(
        code=code,
        parent=parent,
        path=_path(parent, code),
        administration=parent.administration,
        own_names=_checked(names),
    )
    if len(office.path) > 600:
        raise Refused(_("This office would stand too deep in the tree. Choose an office further up."), field="parent")
    office.save(force_insert=True)
    actor.forget_reach()
    record(actor, verbs.OFFICE_ADDED, office, after={"parent": parent.code, "names": office.own_names}, office=office)
    return office


@transaction.atomic
def rename_office(actor: Person, office: Office, *, names: Mapping[str, str], reason: str) -> Office:
    """Give an own office other names; raises NotAllowed, and Refused for an office of reference data."""
    policies.offices.require(actor, "rename", office)
    if refdata.find(office.code) is not None:
        raise Refused(_("The names of this office come from reference data."))
    office = Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    before = office.own_names
    office.own_names = _checked(names)
    office.save(update_fields=["own_names"])
    record(
        actor,
        verbs.OFFICE_RENAMED,
        office,
        before={"names": before},
        after={"names": office.own_names},
        reason=reason,
        office=office,
    )
    return office


def _path(parent: Office | None, code: str) -> str:
    return f"{parent.path if parent else ''}{code}/"


def _checked(names: Mapping[str, str]) -> dict[str, str]:
    found = {tag: name.strip() for tag, name in names.items() if name.strip()}
    if "en" not in found:
        raise Refused(_("An office needs an English name."), field="name_en")
    if unknown := set(found) - set(LANGUAGES):
        raise ValueError(f"unknown languages {sorted(unknown)}; the languages are {LANGUAGES}")
    return found
