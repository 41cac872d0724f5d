"""Run a command and measure it: wall time, processor time, and the peak memory of the whole tree of processes."""

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1 << 20


@dataclass(frozen=True)
class Measured:
    """What a command took."""

    wall: float
    cpu: float
    peak_mib: float
    """Largest sum over the tree of each process's proportional share of memory (PSS): shared pages count once."""
    status: int


def measured(command: list[str]) -> Measured:
    """Run ``command`` and measure it; Linux only (reads /proc)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command)
    peak = [0.0]
    done = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, done))
    sampler.start()
    status = process.wait()
    wall = time.monotonic() - start
    done.set()
    sampler.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, peak[0] / MIB, status)


def _sample(pid: int, peak: list[float], done: threading.Event) -> None:
    while not done.wait(0.05):
        peak[0] = max(peak[0], float(sum(_share(one) for one in tree(pid))))


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _share(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def machine() -> str:
    """Say what the figures were measured on, in general terms."""
    return f"{os.cpu_count()} processors, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // MIB // 1024} GiB"
