"""Text pairs of the tokens reach 4.5:1 and parts 3:1, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from tidewaiter.node.ui.messages import NODE

CSS = (NODE / "ui" / "static" / "ui" / "tokens.css").read_text(encoding="utf-8")


def theme(name: str) -> dict[str, str]:
    block = re.search(rf'\[data-bs-theme="{name}"\] {{(.*?)\n}}', CSS, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"--tw-([\w-]+):\s*(#[0-9a-f]{6})\b", block.group(1)))


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "sunk", "raised")
TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "harbour") for ground in GROUNDS]
TEXT += [
    (signal, ground)
    for signal in ("bad", "warn", "good", "info", "intel")
    for ground in ("surface", "raised", "paper", f"{signal}-tint")
]
TEXT += [("ink", f"{signal}-tint") for signal in ("bad", "warn", "good", "info", "intel", "harbour")]
TEXT += [("ink-2", "harbour-tint"), ("ink-2", "warn-tint"), ("on-harbour", "harbour")]
TEXT += [(ink, ground) for ink in ("on-deep", "on-deep-2") for ground in ("deep", "deep-2")]
TEXT += [("ink", "water"), ("ink", "land"), ("ink-2", "land")]
PARTS = [("edge", ground) for ground in GROUNDS] + [("focus", ground) for ground in GROUNDS]
PARTS += [(party, ground) for party in ("gd", "hk", "mo") for ground in ("surface", "ground")] + [
    ("harbour", "water"),
    ("harbour", "land"),
]


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text(name: str, ink: str, ground: str) -> None:
    tokens = theme(name)
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PARTS)
def test_parts(name: str, part: str, ground: str) -> None:
    tokens = theme(name)
    assert contrast(tokens[part], tokens[ground]) >= 3


def test_both_themes_have_the_same_tokens() -> None:
    assert theme("light").keys() == theme("dark").keys()
