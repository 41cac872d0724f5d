"""Serve a node by its own process of pages, ask it as browsers do, and read from its log how long each answer took."""

import http.client
import json
import os
import re
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Answer:
    """One answer, in milliseconds.

    ``inside`` the application; ``outside`` from asking to the last byte at the client; ``alone`` is ``inside`` without
    what the server's threads waited for a processor that other programs held: what an idle machine would take. It is
    known with one client alone.
    """

    inside: float
    outside: float
    alone: float


@dataclass(frozen=True)
class Series:
    """Answers to requests for one page, and the processor time of the server in milliseconds a request."""

    answers: list[Answer]
    cpu: float


class Refused(Exception):
    """The node answered otherwise than the measurement expects."""


class Server:
    """The running process of pages."""

    def __init__(self, pid: int, port: int, log: Path) -> None:
        self.pid, self.port, self.log = pid, port, log
        self.cookies = ""

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as a browser does and keep the session."""
        first = self._plain("GET", "/accounts/sign-in/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', first[1])
        if token is None:
            raise Refused("the page of signing in has no token")
        form = {"csrfmiddlewaretoken": token[1].decode(), "username": username, "password": password}
        answer = self._plain("POST", "/accounts/sign-in/", urllib.parse.urlencode(form), first[2])
        if answer[0] != 302:
            raise Refused(f"signing in answered {answer[0]}")
        self.cookies = "; ".join([first[2], answer[2]])

    def _plain(self, method: str, path: str, body: str = "", cookies: str = "") -> tuple[int, bytes, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies, "Origin": self.origin}
        link.request(method, path, body or None, headers)
        answer = link.getresponse()
        kept = [one.partition(";")[0] for one in answer.headers.get_all("Set-Cookie") or []]
        content = answer.read()
        link.close()
        return answer.status, content, "; ".join(kept)

    @property
    def origin(self) -> str:
        """The address of the node."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, addresses: Sequence[str], *, times: int, clients: int = 1) -> Series:
        """Ask for addresses in turn, ``times`` in all by so many clients at once, each with a connection of its own."""
        asked = list(islice(cycle(addresses), times))
        taken: dict[str, tuple[float, float]] = {}
        faults: list[str] = []
        threads = [
            threading.Thread(target=self._client, args=(asked[number::clients], taken, faults))
            for number in range(clients)
        ]
        position, cpu = self.log.stat().st_size, self._cpu()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if faults:
            raise Refused(faults[0])
        spent = self._cpu() - cpu
        inside = self._inside(position, taken.keys())
        answers = [Answer(inside[own], outside, inside[own] - waited) for own, (outside, waited) in taken.items()]
        return Series(answers, spent * 1000 / times)

    def _client(self, addresses: list[str], taken: dict[str, tuple[float, float]], faults: list[str]) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": self.cookies, "Accept-Encoding": "gzip", "Accept-Language": "en"}
        for address in addresses:
            waited, start = self._waited(), time.perf_counter()
            link.request("GET", address, headers=headers)
            answer = link.getresponse()
            answer.read()
            took = (time.perf_counter() - start) * 1000
            taken[str(answer.headers["X-Request-ID"])] = took, self._waited() - waited
            to = answer.headers.get("Location", "")
            if answer.status != 200 and (answer.status != 302 or "sign-in" in to):
                faults.append(f"{address} answered {answer.status}")
                return
        link.close()

    def _inside(self, position: int, wanted: Iterable[str]) -> dict[str, float]:
        """The milliseconds of the requests with these ids, from the lines of the log behind a position."""
        names = set(wanted)
        end = time.monotonic() + 10
        found: dict[str, float] = {}
        while names - found.keys():
            if time.monotonic() > end:
                raise Refused(f"{self.log} lacks lines of requests")
            with self.log.open("rb") as file:
                file.seek(position)
                for line in file.read().splitlines():
                    if b'"milliseconds"' in line:
                        told = json.loads(line)
                        found[told["request_id"]] = float(told["milliseconds"])
        return {name: found[name] for name in names}

    def _cpu(self) -> float:
        """Seconds of processor time of the process and all below it."""
        fields = [(one / "stat").read_text().rpartition(")")[2].split() for one in self._tree()]
        return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS

    def _waited(self) -> float:
        """Milliseconds that all its threads were ready to run and did not."""
        told = [thread.read_text() for one in self._tree() for thread in one.glob("task/*/schedstat")]
        return sum(int(one.split()[1]) for one in told) / 1e6

    def _tree(self) -> list[Path]:
        found = [self.pid]
        for one in found:
            for task in Path(f"/proc/{one}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return [Path(f"/proc/{one}") for one in found]


@contextmanager
def serving(folder: Path, port: int) -> Iterator[Server]:
    """Run the node's process of pages, and nothing else of it, while the block runs."""
    from tidewaiter.node.config import Config
    from tidewaiter.node.processes import processes

    os.environ["TIDEWAITER_FOLDER"] = str(folder)
    pages = next(one for one in processes(Config.load()) if one.name == "pages")
    log = folder / "logs" / "pages.log"
    with log.open("wb") as output:
        process = subprocess.Popen(pages.command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait(process, port, log)
        yield Server(process.pid, port, log)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + 60
    while True:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.request("GET", "/health/live", headers={"Host": "localhost"})
            if link.getresponse().status == 200:
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise Refused(f"the pages did not start: see {log}") from None
        finally:
            link.close()
        time.sleep(0.2)
