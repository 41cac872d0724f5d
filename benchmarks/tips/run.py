"""Measure how long a tip takes from its commit here to the neighbour's duty desk: see README.md."""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from measure import machine, tree

AIM = (150.0, 1000.0)
"""Milliseconds: p50 and p99."""
DESK = "HK-HZMB"
TIDEWAITER = [sys.executable, "-m", "tidewaiter.cli", "node"]
PATIENCE = 180.0
Call = Callable[..., Any]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tips", type=int, default=200)
    parser.add_argument("--apart", type=float, default=0.3, help="seconds between two tips, drawn from half to double")
    parser.add_argument("--warm", type=int, default=10, help="tips before the measured ones")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--postgres", nargs=2, metavar="URL", help="two empty databases instead of SQLite")
    parser.add_argument("--json", type=Path, help="write every time there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        urls = options.postgres or ("", "")
        folders = [_made(Path(temporary), code, url) for code, url in zip(("CN-GD", "HK"), urls, strict=True)]
        gd, hk = (stack.enter_context(_inside(folder)) for folder, _ in folders)
        gd("befriend", "HK", folders[1][1], hk("own_key"))
        hk("befriend", "CN-GD", folders[0][1], gd("own_key"))
        groups = [stack.enter_context(_running(*made)) for made in folders]
        heard = stack.enter_context(_listening(hk("stream", DESK)))
        print(f"{machine()}; {'PostgreSQL' if options.postgres else 'SQLite'}; {options.tips} tips", flush=True)
        return _measure(gd, hk, heard, groups, options)


def _measure(gd: Call, hk: Call, heard: dict[str, float], groups: list[int], options: argparse.Namespace) -> int:
    chance = random.Random(options.seed)
    for number in range(options.warm):
        gd("send", number)
        time.sleep(options.apart)
    _until(lambda: gd("undelivered") == 0, "the first tips")
    load, busy, wall = os.getloadavg()[0], _busy(groups), time.monotonic()
    sent = {}
    for number in range(options.warm, options.warm + options.tips):
        key, at = gd("send", number)
        sent[key] = at
        time.sleep(options.apart * chance.uniform(0.5, 2.0))
    used = [after - before for before, after in zip(busy, _busy(groups), strict=True)]
    wall = time.monotonic() - wall
    _until(lambda: gd("undelivered") == 0, "every receipt")
    _until(lambda: set(sent) <= set(_by_tip(hk, heard)), "every event on the stream")
    series = {"stored at the neighbour": hk("stored"), "on the duty desk's stream": _by_tip(hk, heard)}
    series["receipt back here"] = gd("receipts")
    spans = {name: [1000 * (moments[key] - at) for key, at in sent.items()] for name, moments in series.items()}
    ran, waited = (1000 * one / options.tips for one in used)
    print(f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after, over {wall:.0f} s;", end=" ")
    print(f"for each tip the nodes ran {ran:.0f} ms")
    print(f"  and stood ready {waited:.0f} ms while other programs had the processors")
    heads = " ".join(f"{head:>7}" for head in ("p50", "p90", "p99", "most"))
    print(f"{'milliseconds from the commit':30} {heads}  aim: p50 {AIM[0]:.0f}, p99 {AIM[1]:.0f}")
    for name, values in spans.items():
        p50, p90, p99 = (float(one) for one in np.percentile(values, [50, 90, 99]))
        holds = "holds" if p50 <= AIM[0] and p99 <= AIM[1] else "does not hold"
        print(f"{name:30} {p50:7.0f} {p90:7.0f} {p99:7.0f} {max(values):7.0f}  {holds}")
    if options.json:
        options.json.write_text(json.dumps(spans))
    return 0


def _by_tip(hk: Call, heard: dict[str, float]) -> dict[str, float]:
    """When the stream first told of each tip."""
    of, found = hk("events"), {}
    for event, at in sorted(heard.items(), key=lambda one: one[1]):
        if event in of:
            found.setdefault(of[event], at)
    return found


def _made(folder: Path, code: str, url: str) -> tuple[Path, int]:
    place, port = folder / code.lower(), _free_port()
    words = [str(place), "--administration", code, "--port", str(port), *(["--database-url", url] if url else [])]
    subprocess.run([*TIDEWAITER, "init", *words], check=True, stdout=subprocess.DEVNULL)
    return place, port


def _free_port() -> int:
    """A port that is free with the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except (OSError, OverflowError):
                continue
            return port


@contextmanager
def _running(folder: Path, port: int) -> Iterator[int]:
    """The whole node; gives its group of processes."""
    node = subprocess.Popen([*TIDEWAITER, "run", str(folder)], stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _until(lambda: _answers(f"http://127.0.0.1:{port}/health/live"), "the node")
        yield node.pid
    finally:
        node.send_signal(signal.SIGTERM)
        node.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def _inside(folder: Path) -> Iterator[Call]:
    script = Path(__file__).with_name("inside.py")
    process = subprocess.Popen(
        [sys.executable, str(script), str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    reader, writer = process.stdout, process.stdin

    def call(name: str, *arguments: Any) -> Any:
        writer.write(json.dumps([name, *arguments]) + "\n")
        writer.flush()
        return json.loads(reader.readline())

    try:
        yield call
    finally:
        writer.close()
        process.wait()


@contextmanager
def _listening(url: str) -> Iterator[dict[str, float]]:
    """An open stream; gives the moment of each event on the topic of tips, by its id."""
    found: dict[str, float] = {}
    opened = threading.Event()

    def listen() -> None:
        try:
            with urllib.request.urlopen(url, timeout=60) as stream:
                opened.set()
                for line in stream:
                    at = time.time()
                    if line.startswith(b"data:") and (told := json.loads(line[5:]))["topic"] == "tips":
                        found.setdefault(str(told["id"]), at)
        except OSError as ended:
            print(f"the stream ended: {ended}", flush=True)

    threading.Thread(target=listen, daemon=True).start()
    if not opened.wait(PATIENCE):
        raise SystemExit("The live stream does not open.")
    yield found


def _busy(groups: list[int]) -> list[float]:
    """Seconds that the processes of the nodes ran, and that they were ready while others had the processors."""
    ran = waited = 0
    for process in {one for group in groups for one in tree(group)}:
        for task in Path(f"/proc/{process}/task").glob("*/schedstat"):
            try:
                one, other, _ = task.read_text().split()
            except OSError:
                continue
            ran, waited = ran + int(one), waited + int(other)
    return [ran / 1e9, waited / 1e9]


def _until(look: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not look():
        if time.monotonic() > end:
            raise SystemExit(f"Waited in vain for {what}.")
        time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
