"""What the readme and the tutorial tell the reader to type works, in the order in which they tell it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_RUN = {"test", "bench", "lock", "docs", "demo", "node"}


def commands(page: str) -> list[list[str]]:
    """Give the ./tw commands of a page, with their continued lines."""
    found: list[str] = []
    continued = False
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        text = line.strip()
        if continued:
            found[-1] += " " + text.removesuffix("\\").strip()
        elif text.startswith("./tw "):
            found.append(text.removesuffix("\\").strip())
        else:
            continue
        continued = text.endswith("\\")
    return [words for one in found if (words := shlex.split(one))[1] not in NOT_RUN]


def saved_files(page: str, folder: Path) -> None:
    """Save the blocks that a page tells the reader to save."""
    text = (ROOT / page).read_text(encoding="utf-8")
    for name, content in re.findall(r"Save this as `([\w.]+)`:\n\n```\w*\n(.*?)```", text, re.DOTALL):
        (folder / name).write_text(content, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/tutorial/a-first-list.md"])
def test_the_commands_of_a_page_work(page: str, tmp_path: Path) -> None:
    told = commands(page)
    assert told
    saved_files(page, tmp_path)
    for words in told:
        done = subprocess.run(
            [sys.executable, "-m", "tidewaiter.cli", *words[1:]],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, f"{shlex.join(words)}\n{done.stdout}\n{done.stderr}"


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken
