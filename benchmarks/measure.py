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
    own_mib: float
    """The same without pages of files that are mapped, which the system takes back when it needs them."""
    status: int


def measured(command: list[str]) -> Measured:
    """Run ``command`` and measure it; Linux only (reads /proc)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(command)
    peak = [0, 0]
    done = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, done))
    sampler.start()
    status = process.wait()
    wall = time.monotonic() - start
    done.set()
    sampler.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, peak[0] / MIB, peak[1] / MIB, status)


def _sample(pid: int, peak: list[int], done: threading.Event) -> None:
    # Seldom enough that looking does not slow down what is looked at.
    while not done.wait(0.2):
        shares = [_shares(one) for one in tree(pid)]
        for which in (0, 1):
            peak[which] = max(peak[which], sum(share[which] for share in shares))


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


def _shares(pid: int) -> tuple[int, int]:
    """Bytes of a process's share: of all its memory, and of what is no file's."""
    held = {"Pss:": 0, "Pss_Anon:": 0, "Pss_Shmem:": 0}
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(" ")
            if name in held:
                held[name] = int(rest.split()[0]) * 1024
    except OSError:
        return 0, 0
    return held["Pss:"], held["Pss_Anon:"] + held["Pss_Shmem:"]


def machine() -> str:
    """Say what the figures were measured on, in general terms."""
    return f"{os.cpu_count()} processors, {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // MIB // 1024} GiB"
