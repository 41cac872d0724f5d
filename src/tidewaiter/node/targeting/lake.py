"""The node's lake: results of runs, the indexes of their references, and single consignments from them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tidewaiter.lake.reference_index import Index, IndexRefused, Place, build, read_consignment
from tidewaiter.lake.reference_index.rows import IN_FORCE
from tidewaiter.lake.reference_index.spelling import MESSAGE_ID
from tidewaiter.node.search.lake import key, opened
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.models.runs import index_of

__all__ = ["IN_FORCE", "Found", "build_index", "consignment", "find", "open_index"]


@dataclass(frozen=True, slots=True)
class Found:
    """A message that bears a reference, and the run whose result holds it."""

    run: ScreeningRun
    place: Place


def build_index(run: ScreeningRun) -> int:
    """Index all references of the run's result; gives the number of entries. Raises IndexRefused and OSError."""
    run.index.parent.mkdir(parents=True, exist_ok=True)
    return build(run.result, run.index, key())


def open_index(run: ScreeningRun) -> Index:
    """Open the index of a run; raises IndexRefused where it is absent or damaged."""
    return opened(run.index)


def find(
    reference: str, *, kind: str | None = None, limit: int = 20, accepts: Callable[[Place], bool] | None = None
) -> list[Found]:
    """Find a reference, as typed, in all results of this node; the latest runs first, at most ``limit`` messages.

    Of those alone that ``accepts`` says yes to, such as that somebody may see them. A run whose index cannot be read is
    passed over; its own page says so.
    """
    found: list[tuple[UUID, Place]] = []
    done = ScreeningRun.objects.filter(state=ScreeningRun.State.DONE).order_by("-created_at")
    for pk in done.values_list("pk", flat=True):
        if len(found) >= limit:
            break
        try:
            places = opened(index_of(pk)).find(reference, kind, limit=limit - len(found), accepts=accepts)
        except (IndexRefused, OSError):
            continue
        found += [(pk, place) for place in places]
    runs = ScreeningRun.objects.in_bulk({pk for pk, _ in found})
    return [Found(runs[pk], place) for pk, place in found]


def consignment(run: ScreeningRun, message_id: str) -> tuple[dict[str, Any], Place] | None:
    """Read a whole message of a run and its place; None where the run has none of that id.

    Raises IndexRefused where the lake or its index cannot be read.
    """
    index = open_index(run)
    places = index.find(message_id, MESSAGE_ID, limit=5)
    place = next((one for one in places if one.message_id == message_id), None)
    return None if place is None else (read_consignment(index.root, place), place)
