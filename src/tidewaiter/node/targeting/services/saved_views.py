"""Views that people keep of the queue."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.audit.services import record
from tidewaiter.node.targeting import policies, verbs
from tidewaiter.node.targeting.models import SavedView

MOST = 30
"""Views that one person keeps."""

_KEPT = ("tab", "office", "region", "category", "kind", "mode", "order")


@transaction.atomic
def save_view(actor: Person, *, name: str, query: str, office: Office, shared: bool = False) -> SavedView:
    """Keep the tab, filters and order of ``query`` (an address's query) under ``name``; one of that name is replaced.

    Raises NotAllowed, and Refused for an empty name or too many views.
    """
    policies.views.require(actor, "share" if shared else "save", office)
    name = name.strip()[:60]
    if not name:
        raise Refused(_("Give the view a name."), field="name")
    kept = urlencode([(key, value) for key, value in parse_qsl(query) if key in _KEPT])[:500]
    own = SavedView.objects.filter(person=actor)
    if own.count() >= MOST and not own.filter(name=name).exists():
        raise Refused(_("You keep %(n)s views already. Delete one first.") % {"n": MOST}, field="name")
    view, _new = SavedView.objects.update_or_create(
        person=actor, name=name, defaults={"query": kept, "office": office, "shared": shared}
    )
    record(actor, verbs.VIEW_SAVED, view, after={"query": kept, "shared": shared}, office=office)
    return view


@transaction.atomic
def share_view(actor: Person, view: SavedView, *, shared: bool) -> SavedView:
    """Show one's view to the office, or no longer. Raises NotAllowed."""
    policies.views.require(actor, "share", view)
    SavedView.objects.filter(pk=view.pk).update(shared=shared)
    record(actor, verbs.VIEW_SHARED, view, before={"shared": view.shared}, after={"shared": shared}, office=view.office)
    view.shared = shared
    return view


@transaction.atomic
def delete_view(actor: Person, view: SavedView) -> None:
    """Delete one's view. Raises NotAllowed."""
    policies.views.require(actor, "delete", view)
    record(actor, verbs.VIEW_DELETED, view, before={"query": view.query}, office=view.office)
    view.delete()
