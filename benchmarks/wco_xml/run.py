"""Measure the reader of WCO Data Model XML: see README.md."""

import argparse
import statistics
import sys
import time
from pathlib import Path

from lxml import etree

from tidewaiter.intake.reading import ReadOptions
from tidewaiter.intake.registry import read
from tidewaiter.intake.sources import find_sources


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=20, help="how often the folder is read in a run")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    sources = list(find_sources([options.folder]))
    rates, parses = [], []
    for _ in range(options.runs):
        start = time.process_time()
        declarations = sum(
            batch.accepted for _ in range(options.times) for one in sources for batch in read(one, ReadOptions())
        )
        rates.append(declarations / (time.process_time() - start))
        start = time.process_time()
        for _ in range(options.times):
            for one in sources:
                with one.open() as file:
                    etree.fromstring(file.read(), etree.XMLParser(resolve_entities=False, no_network=True))
        parses.append(options.times * len(sources) / (time.process_time() - start))
    ours, bare = statistics.median(rates), statistics.median(parses)
    print(
        f"{declarations:,} declarations a run, one core: {ours:,.0f}/s; bare parse {bare:,.0f}/s; ratio {ours / bare:.2f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
