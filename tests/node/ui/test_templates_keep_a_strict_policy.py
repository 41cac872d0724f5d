"""Templates of all apps hold no inline style, script or handler; all icons exist; style sheets stay small."""

import re
from pathlib import Path

import pytest

from tidewaiter.node.ui.messages import NODE
from tidewaiter.node.ui.tags.marks import icon_names

TEMPLATES = sorted(NODE.rglob("templates/**/*.html"))
UI = NODE / "ui"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(NODE).as_posix())
def test_nothing_inline(path: Path) -> None:
    text = re.sub(r"{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle\s*=", text, re.IGNORECASE), "style belongs into a style sheet"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text, re.IGNORECASE), "script belongs into a module"
    assert not re.search(r"\son[a-z]+\s*=|javascript:|\shx-on", text, re.IGNORECASE), "handlers belong into a module"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(NODE).as_posix())
def test_icons_exist(path: Path) -> None:
    used = set(re.findall(r"{%\s*icon\s+['\"]([\w-]+)", path.read_text(encoding="utf-8")))
    assert used <= icon_names()


def test_icons_of_scripts_and_tags_exist() -> None:
    from tidewaiter.node.ui.tags import blocks, clocks, marks

    named = {*blocks._NOTE_ICONS.values(), *blocks.REASON_ICONS.values(), *clocks._RUNGS.values()}
    named |= {*marks.STATUS_ICONS.values(), *marks.MODE_ICONS.values()}
    for script in (UI / "static" / "ui").glob("*.js"):
        named |= set(re.findall(r'icon\("([\w-]+)"\)', script.read_text(encoding="utf-8")))
    assert named <= icon_names()


def test_sheets_and_scripts_are_small_and_without_import_of_others() -> None:
    for path in sorted((UI / "static" / "ui").glob("*.*s*")):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, path.name
        assert not re.search(r"https?://(?!www\.w3\.org|…)", text), f"{path.name} reaches out"


def test_every_class_of_the_guide_has_a_style() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in (UI / "static" / "ui").glob("*.css"))
    classes = [
        "frame",
        "top",
        "nav",
        "row",
        "queue",
        "reason",
        "deadline",
        "ladder",
        "handling",
        "fig",
        "basis",
        "nosum",
        "table",
        "time",
        "evidence",
        "summary",
        "errors",
        "field",
        "check",
        "bottom",
        "choice",
        "chips",
        "qty",
        "toast",
        "note",
        "empty",
        "tile",
        "days",
        "share",
        "clocks",
        "multiples",
        "warning",
        "party",
        "status",
        "stripe",
    ]
    assert not [name for name in classes if f".tw-{name}" not in sheets]
