"""Land outlines of world-atlas (Natural Earth, public domain): outlines only, no boundary of anyone.

They come as TopoJSON, which takes a second to read at the finest scale. `prepare` writes them once, beside the vendored
files, in a form that is read in milliseconds; without it the TopoJSON is read, so that nothing depends on the order
of set-up.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORLD = Path(__file__).resolve().parent.parent / "static" / "vendor" / "world"
SCALES = ("110m", "50m", "10m")

Line = NDArray[np.float64]
"""Points as rows of longitude and latitude."""


class NoOutlines(Exception):
    """The front-end files are not there yet. The message says which command brings them."""


@lru_cache(maxsize=len(SCALES))
def rings(scale: str) -> tuple[Line, ...]:
    """All outlines of the land at `scale`, each a closed ring of (longitude, latitude), unwrapped over 180 degrees.

    Raises NoOutlines where the vendored file is missing.
    """
    kept = _kept(scale)
    if not kept.is_file():
        return _read(scale)
    with np.load(kept, allow_pickle=False) as held:
        points, ends = held["points"], held["ends"].tolist()
    return tuple(points[start:end] for start, end in zip([0, *ends], ends, strict=False))


@lru_cache(maxsize=len(SCALES))
def boxes(scale: str) -> Line:
    """West, south, east and north of every ring."""
    kept = _kept(scale)
    if not kept.is_file():
        return _boxes(rings(scale))
    with np.load(kept, allow_pickle=False) as held:
        return np.asarray(held["boxes"])


def _kept(scale: str) -> Path:
    return WORLD / f"land-{scale}.npz"


def _boxes(found: Sequence[Line]) -> Line:
    return np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in found])


def prepare(folder: Path) -> None:
    """Write the outlines in `folder` in the form that is read fast; what is there already stays."""
    for scale in SCALES:
        source, target = folder / f"land-{scale}.json", folder / f"land-{scale}.npz"
        if not source.is_file() or target.is_file():
            continue
        found = _decoded(json.loads(source.read_text(encoding="utf-8")))
        ends = np.cumsum([len(ring) for ring in found])
        beside = target.with_suffix(".part.npz")
        np.savez(beside, points=np.concatenate(found), ends=ends, boxes=_boxes(found))
        beside.replace(target)


def _read(scale: str) -> tuple[Line, ...]:
    path = WORLD / f"land-{scale}.json"
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoOutlines(f"{path.name} is not there: run `python -m tidewaiter.node.ui.vendor`") from None
    return _decoded(topology)


def _decoded(topology: dict[str, Any]) -> tuple[Line, ...]:
    arcs = _arcs(topology)
    found: list[Line] = []
    for geometry in _geometries(topology["objects"]["land"]):
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [_unwrapped(_ring(indexes, arcs)) for polygon in polygons for indexes in polygon]
    return tuple(found)


def _geometries(one: dict[str, Any]) -> list[dict[str, Any]]:
    return list(one["geometries"]) if one["type"] == "GeometryCollection" else [one]


def _arcs(topology: dict[str, Any]) -> list[Line]:
    """Decode the quantised, delta-coded arcs (TopoJSON specification 1.0, section 2.1.3)."""
    scale, translate = (np.array(topology["transform"][name], dtype=float) for name in ("scale", "translate"))
    return [np.cumsum(np.array(arc, dtype=float), axis=0) * scale + translate for arc in topology["arcs"]]


def _ring(indexes: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Join arcs to a ring; a negative index ~i is arc i backwards; the shared point stands once."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indexes]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _unwrapped(ring: Line) -> Line:
    return np.column_stack([np.unwrap(ring[:, 0], period=360), ring[:, 1]])
