"""The node's lake: results of runs, the indexes of their references, and single consignments from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tidewaiter.lake.reference_index import Index, IndexRefused, Place, build, read_consignment
from tidewaiter.lake.reference_index.rows import IN_FORCE
from tidewaiter.lake.reference_index.spelling import MESSAGE_ID
from tidewaiter.node.search.lake import key, opened
from tidewaiter.node.targeting.models import ScreeningRun

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


def find(reference: str, *, kind: str | None = None, limit: int = 20) -> Iterator[Found]:
    """Find a reference, as typed, in all results of this node; the latest runs first, at most ``limit`` messages.

    A run whose index cannot be read is passed over; its own page says so.
    """
    left = limit
    for run in ScreeningRun.objects.filter(state=ScreeningRun.State.DONE).order_by("-created_at").iterator(50):
        if left <= 0:
            return
        try:
            places = open_index(run).find(reference, kind, limit=left)
        except (IndexRefused, OSError):
            continue
        left -= len(places)
        yield from (Found(run, place) for place in places)


def consignment(run: ScreeningRun, message_id: str) -> tuple[dict[str, Any], Place] | None:
    """Read a whole message of a run and its place; None where the run has none of that id.

    Raises IndexRefused where the lake or its index cannot be read.
    """
    index = open_index(run)
    places = index.find(message_id, MESSAGE_ID, limit=5)
    place = next((one for one in places if one.message_id == message_id), None)
    return None if place is None else (read_consignment(index.root, place), place)
