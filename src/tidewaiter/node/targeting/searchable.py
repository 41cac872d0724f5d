"""How lines of queues are found by words, and where the references of all consignments are looked up."""

from collections.abc import Iterable
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tidewaiter.lake.reference_index import Place
from tidewaiter.node.search import kinds, lake
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.models.runs import index_of
from tidewaiter.node.targeting.queries.queue import QUEUE_READERS


def describe(line: SelectedConsignment) -> kinds.Words | None:
    """The words by which a line is found; None for one that a later line stands for. Drivers are not found by name."""
    if line.superseded_by_id is not None:
        return None
    parties = [one for one in line.summary.get("parties", []) if one["role"] != "driver"]
    return kinds.Words(
        title=line.reference,
        summary=line.goods,
        text=[
            *(value for _kind, value in line.references),
            *(name for one in parties for name in (one["name"], one["name_other"]) if name),
            *(reason["rule"] for reason in line.reasons),
        ],
        office=line.office_id,
        at=line.state_at,
        consignment_id=line.consignment_id,
    )


def folders() -> Iterable[Path]:
    """The folders of the indexes, latest run first."""
    done = ScreeningRun.objects.filter(state=ScreeningRun.State.DONE).order_by("-created_at")
    return (index_of(pk) for pk in done.values_list("pk", flat=True))


def url(folder: Path, place: Place) -> str:
    """The page of a consignment that was found in the index of a run."""
    return reverse("targeting:consignment", args=[folder.name, place.message_id])


kinds.register(
    kinds.Kind(
        object_type="targeting.selectedconsignment",
        label=_("Selected consignment"),
        icon="queue",
        seen_by=frozenset(QUEUE_READERS),
        describe=describe,
        url=lambda object_id: reverse("targeting:line", args=[object_id]),
    )
)
lake.register("targeting", lake.Source(folders=folders, url=url, seen_by=frozenset(QUEUE_READERS)))
