"""The rules that keep the house liveable, as DESIGN and the readme promise them."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 500
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def text_files() -> list[Path]:
    return [path for path in tracked() if b"\0" not in path.read_bytes()[:4096]]


def test_no_room_is_too_long() -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in tracked()
        if p.suffix == ".py" and (n := len(p.read_text().splitlines())) > LONGEST
    }
    assert not long, f"files past {LONGEST} lines have a second idea in them: {long}"


def test_there_are_no_drawers() -> None:
    drawers = [str(p.relative_to(ROOT)) for p in tracked() if p.suffix == ".py" and {p.stem, p.parent.name} & DRAWERS]
    assert not drawers


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        (
            "the address of a package index",
            r"(?:pypi\.org|pythonhosted\.org|registry\.npmjs|files\.pythonhosted|npmmirror)",
        ),
        ("an absolute path of some machine", r"(?<![\w.:/~-])/(?:work|home/\w+|root|Users/\w+|opt/wheels)/"),
        ("a link or address in a lock", r"^(?:--index-url|--extra-index-url|--find-links).*$"),
    ],
)
def test_the_repository_speaks_of_the_project_alone(what: str, pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in text_files()
        if path != Path(__file__) and (match := re.search(pattern, path.read_text(errors="replace"), re.MULTILINE))
    ]
    assert not found, f"{what}: {found}"


def test_a_locked_row_may_be_pointed_at() -> None:
    """PostgreSQL's full lock stops every commit that adds a row pointing at the locked one: two of them in a ring are a
    deadlock. `no_key=True` keeps writers of the row apart and lets the others by."""
    locks = re.compile(r"select_for_update\((?![^()]*(?:\([^()]*\)[^()]*)*no_key=True)")
    full = [str(p.relative_to(ROOT)) for p in (ROOT / "src").rglob("*.py") if locks.search(p.read_text())]
    assert not full


def test_every_package_says_what_it_is() -> None:
    silent = [
        str(p.relative_to(ROOT))
        for p in (ROOT / "src").rglob("*.py")
        if not p.read_text().lstrip().startswith(('"""', 'r"""'))
    ]
    assert not silent, f"modules without a docstring: {silent}"


def test_every_folder_of_code_is_a_package() -> None:
    folders = {p.parent for p in (ROOT / "src" / "tidewaiter").rglob("*.py")}
    assert not [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()]


def test_dependencies_are_declared_once_and_alike() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {"runtime": project["dependencies"], "node": project["optional-dependencies"]["node"]}
    for name, dependencies in declared.items():
        lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
        listed = [bare for line in lines if (bare := line.split("#")[0].strip()) and not bare.startswith("-r ")]
        assert sorted(dependencies) == sorted(listed), name
