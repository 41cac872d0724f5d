"""Measure the reader of WCO Data Model XML: see README.md."""

import argparse
import statistics
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import machine

from tidewaiter.intake.registry import read_all
from tidewaiter.intake.sources import find_sources

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples" / "wco-declarations" / "valid"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLES, help="XML files of one declaration each")
    parser.add_argument("--declarations", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--at-least", type=float, default=0, help="fail where a median is below this rate")
    options = parser.parse_args()
    samples = [path.read_bytes() for path in sorted(options.folder.glob("*.xml"))]
    if not samples:
        parser.error(f"no XML file in {options.folder}")
    documents = list(islice(cycle(samples), options.declarations))
    size = sum(map(len, documents))
    print(f"{machine()}; {len(documents):,} declarations of {size / len(documents):,.0f} bytes; {options.runs} runs")
    print(f"{'declarations a second of one core':34} {'median':>8} {'lowest':>8} {'bare parse':>11} {'ratio':>6}")
    slowest = float("inf")
    with tempfile.TemporaryDirectory() as temporary:
        for name, path, whole in inputs(documents, Path(temporary)):
            ours, bare = [], []
            for _ in range(options.runs):
                ours.append(rate(lambda path=path: read(path, len(documents)), len(documents)))
                bare.append(rate(lambda whole=whole: parse(whole), len(documents)))
            median, parsed = statistics.median(ours), statistics.median(bare)
            print(f"{name:34} {median:8,.0f} {min(ours):8,.0f} {parsed:11,.0f} {median / parsed:6.2f}")
            slowest = min(slowest, median)
    return 1 if slowest < options.at_least else 0


def inputs(documents: list[bytes], folder: Path) -> list[tuple[str, Path, list[bytes]]]:
    """Write the same declarations in three ways; with each, the documents that a bare parse gets."""
    files = folder / "files"
    files.mkdir()
    for number, document in enumerate(documents):
        (files / f"{number:06d}.xml").write_bytes(document)
    with tarfile.open(folder / "files.tar", "w") as archive:
        archive.add(files, "files")
    bodies = b"\n".join(etree.tostring(etree.fromstring(document)) for document in documents)
    one = b"<declarations>\n" + bodies + b"\n</declarations>"
    (folder / "one.xml").write_bytes(one)
    return [
        ("a folder of files", files, documents),
        ("one file", folder / "one.xml", [one]),
        ("a tar of the files", folder / "files.tar", documents),
    ]


def rate(work: Callable[[], None], count: int) -> float:
    """Give how many a second of processor time."""
    start = time.process_time()
    work()
    return count / (time.process_time() - start)


def read(path: Path, expected: int) -> None:
    """Find, open and read all, up to record batches, as a run does."""
    batches = [(batch.read, batch.accepted) for batch in read_all(find_sources([path]))]
    if (sum(read for read, _ in batches), sum(accepted for _, accepted in batches)) != (expected, expected):
        raise SystemExit(f"{path}: {expected:,} declarations written, but {batches} read and accepted")


def parse(documents: list[bytes]) -> None:
    """Parse bytes that lie in memory, and take nothing out."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for document in documents:
        etree.fromstring(document, parser)


if __name__ == "__main__":
    sys.exit(main())
