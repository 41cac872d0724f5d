"""Words on a map: beside their place, over no line, no other word and no other place; where it is crowded a thin leader
goes to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from tidewaiter.node.ui.drawing.land import Point

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the picture."""

_CHAR, _WIDE_CHAR, _LINE = 7.6, 13.9, 14.5
"""Of the largest words on a map, those of the board."""
_TOUCHING = 11.0
_RINGS = (24.0, 38.0, 54.0, 72.0, 92.0)
_OUTSIDE, _ON_WORD, _ON_LINE, _AWAY = 400.0, 3.0, 60.0, 1.1
_LEADER_ON_WORD, _LEADER_ON_LINE = 120.0, 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a place is called, a second line under it, and whether it may be left out where there is no room."""

    at: Point
    text: str
    note: str = ""
    lang: str = ""
    quiet: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the words, about."""
        return max(_length(self.text), _length(self.note)) + 4, _LINE * (2 if self.note else 1)


@dataclass(frozen=True, slots=True)
class Word:
    """One line of words in the picture."""

    x: str
    y: str
    anchor: str
    text: str
    css: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    anchor: str
    box: Box
    leader: tuple[Point, Point] | None
    away: float


def _length(text: str) -> float:
    return sum(_WIDE_CHAR if "⺀" <= c <= "￦" else _CHAR for c in text)


def placed(
    labels: Sequence[Label], lines: Sequence[Sequence[Point]], width: float, height: float
) -> tuple[list[Word], list[str]]:
    """The words in place and the leaders to them as SVG paths. `lines` are what they keep clear of."""
    on_lines = _dense(lines)
    taken: list[Box] = [(x - 8, y - 8, x + 8, y + 8) for x, y in (label.at for label in labels)]
    words: list[Word] = []
    leaders: list[str] = []
    for label in sorted(labels, key=lambda one: one.quiet):
        spot, free = _best(label, taken, on_lines, (width, height))
        if label.quiet and not free:
            continue
        taken.append(spot.box)
        words += _written(label, spot)
        if spot.leader:
            (x1, y1), (x2, y2) = spot.leader
            leaders.append(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}")
            on_lines = np.concatenate([on_lines, _dense([spot.leader])])
    return words, leaders


def _best(
    label: Label, taken: Sequence[Box], on_lines: NDArray[np.float64], size: tuple[float, float]
) -> tuple[_Spot, bool]:
    """The spot with the least against it, nearest first, and whether nothing is."""
    best, least = None, float("inf")
    for spot in _spots(label):
        if best is not None and least <= _AWAY * spot.away:
            break  # what is farther away cannot be better
        bad = _bad(spot, taken, on_lines, *size)
        if bad < least and spot.leader:
            bad += _bad_leader(spot.leader, taken, on_lines)
        if bad < least:
            best, least = spot, bad
    assert best is not None, "there are always eight spots beside a place"
    return best, least <= _AWAY * best.away


def _written(label: Label, spot: _Spot) -> Iterator[Word]:
    left, top, right, _bottom = spot.box
    x = {"start": left + 2, "end": right - 2, "middle": (left + right) / 2}[spot.anchor]
    yield Word(f"{x:.1f}", f"{top + 11:.1f}", spot.anchor, label.text, "strong halo", label.lang)
    if label.note:
        yield Word(f"{x:.1f}", f"{top + 25:.1f}", spot.anchor, label.note, "halo")


def _dense(lines: Sequence[Sequence[Point]]) -> NDArray[np.float64]:
    """Points along the lines, some five pixels apart."""
    found: list[Point] = []
    for line in lines:
        for (x1, y1), (x2, y2) in pairwise(line):
            steps = max(1, int(hypot(x2 - x1, y2 - y1) / 5))
            found += [(x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps) for i in range(steps + 1)]
    return np.array(found, dtype=float).reshape(-1, 2)


def _spots(label: Label) -> Iterator[_Spot]:
    """Places for the words: first right, left, below and above the dot, then farther away with a leader."""
    x, y = label.at
    wide, high = label.size
    gap = _TOUCHING
    for anchor, left, top in (
        ("start", x + gap, y - high / 2),
        ("end", x - gap - wide, y - high / 2),
        ("middle", x - wide / 2, y + gap),
        ("middle", x - wide / 2, y - gap - high),
        ("start", x + gap - 3, y + 4),
        ("start", x + gap - 3, y - 4 - high),
        ("end", x - gap + 3 - wide, y + 4),
        ("end", x - gap + 3 - wide, y - 4 - high),
    ):
        yield _Spot(anchor, (left, top, left + wide, top + high), None, 0.0)
    for away in _RINGS:
        for turn in range(16):
            dx, dy = cos(turn * pi / 8), sin(turn * pi / 8)
            end = (x + dx * away, y + dy * away)
            anchor = "start" if dx > 0.4 else "end" if dx < -0.4 else "middle"
            left = end[0] + {"start": 1.0, "end": -1.0 - wide, "middle": -wide / 2}[anchor]
            top = end[1] - high / 2 if anchor != "middle" else end[1] + (1.0 if dy > 0 else -1.0 - high)
            start = (x + dx * 7, y + dy * 7)
            yield _Spot(anchor, (left, top, left + wide, top + high), (start, end), away)


def _bad(spot: _Spot, taken: Sequence[Box], on_lines: NDArray[np.float64], width: float, height: float) -> float:
    left, top, right, bottom = spot.box
    outside = max(0.0, 4 - left) + max(0.0, right + 4 - width) + max(0.0, 3 - top) + max(0.0, bottom + 3 - height)
    over = sum(
        max(0.0, min(right, other[2]) - max(left, other[0])) * max(0.0, min(bottom, other[3]) - max(top, other[1]))
        for other in taken
    )
    x, y = on_lines[:, 0], on_lines[:, 1]
    crossed = int(np.count_nonzero((x > left - 3) & (x < right + 3) & (y > top - 2) & (y < bottom + 2)))
    return outside * _OUTSIDE + over * _ON_WORD + crossed * _ON_LINE + spot.away * _AWAY


def _bad_leader(leader: tuple[Point, Point], taken: Sequence[Box], on_lines: NDArray[np.float64]) -> float:
    """What speaks against a leader: words and places that it crosses, lines that it comes upon."""
    (x, y), _end = leader
    along = _dense([leader])
    others = [box for box in taken if not (box[0] <= x <= box[2] and box[1] <= y <= box[3])]
    crossed = sum(
        bool(((along > (left, top)) & (along < (right, bottom))).all(axis=1).any())
        for left, top, right, bottom in others
    )
    if not len(on_lines):
        return crossed * _LEADER_ON_WORD
    apart = np.abs(along[::2, None, :] - on_lines[None, :, :]).max(axis=2)
    return crossed * _LEADER_ON_WORD + int(np.count_nonzero(apart.min(axis=1) < 4)) * _LEADER_ON_LINE
