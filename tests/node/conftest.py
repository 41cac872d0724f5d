"""Fixtures of the node's tests: real nodes in folders of their own, on the database that the tests run on."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from tidewaiter.node.audit import guards as of_audit
from tidewaiter.node.casework import guards as of_custody
from tidewaiter.node.ui import catalogues

Found = TypeVar("Found")
POSTGRES = settings.CONFIG.database_url
PATIENCE = 90.0
"""Seconds after which a test gives up waiting for a process; nothing is judged by how long it took."""
_GUARDS = (of_audit, of_custody)


@pytest.fixture(scope="session", autouse=True)
def tables_can_be_emptied() -> Iterator[None]:
    """Django empties all tables after a test with real transactions; guards of the database would refuse it."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def empty_without_guards(self: TransactionTestCase) -> None:
        for guards in _GUARDS:
            _execute(guards.REMOVE[connection.vendor])
        empty(self)
        for guards in _GUARDS:
            _execute(guards.INSTALL[connection.vendor])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_guards)
        yield


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(scope="session", autouse=True)
def compiled_catalogues() -> None:
    """Pages speak all languages in tests too."""
    catalogues.compile_all()


@pytest.fixture(autouse=True)
def language_ends_with_the_test() -> Iterator[None]:
    """A page that was asked for in some language leaves the next test the node's own."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; a test that asks for it is skipped, and says so, where there is none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no Chromium: apt-get install chromium")
    # Playwright's own event loop makes Django think that a query would block it.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        started.close()


def outside() -> dict[str, str]:
    """The environment of a process that is not of these tests."""
    ours = ("TIDEWAITER_", "DJANGO_SETTINGS_MODULE", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _eventually(look: Callable[[], Found], what: str) -> Found:
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)
    return found


@contextmanager
def fresh_database() -> Iterator[str]:
    """A new database on PostgreSQL where the tests run on it; an empty address, which is SQLite, elsewhere."""
    if not POSTGRES:
        yield ""
        return
    import psycopg

    name = f"node_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def free_ports() -> int:
    """A port that is free, with the next one."""
    for _ in range(100):
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            if port < 65000:
                try:
                    second.bind(("127.0.0.1", port + 1))
                except OSError:
                    continue
                return port
    raise AssertionError("no two free ports beside each other")


class RealNode:
    """A node made by the command line, and what runs of it."""

    def __init__(self, folder: Path, port: int, password: str) -> None:
        self.folder = folder
        self.port = port
        self.password = password

    def command(self, *words: str) -> list[str]:
        """The command line."""
        return [sys.executable, "-W", "error", "-m", "tidewaiter.cli", "node", *words]

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Run a command beside the test."""
        return subprocess.Popen(
            self.command(*words), env=outside(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def get(self, path: str, *, live: bool = False) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; status 0 where nobody answers."""
        address = f"http://127.0.0.1:{self.port + live}{path}"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()
        except OSError:
            return 0, {}, b""

    def ready(self) -> dict[str, dict[str, object]]:
        """The findings of readiness, by name; empty while nobody answers."""
        body = self.get("/health/ready")[2]
        try:
            return dict(json.loads(body)["checks"])
        except (ValueError, KeyError):
            return {}

    @contextmanager
    def inside(self) -> Iterator[Callable[[str], object]]:
        """A process of this node that runs Python expressions, one at a time, and gives back what JSON can hold."""
        process = subprocess.Popen(
            [sys.executable, "-c", _INSIDE, str(self.folder)],
            env=outside(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        reader, writer = process.stdout, process.stdin

        def say(expression: str) -> object:
            writer.write(json.dumps(expression) + "\n")
            writer.flush()
            answer = json.loads(reader.readline())
            assert "error" not in answer, answer["error"]
            return answer["value"]

        try:
            yield say
        finally:
            writer.close()
            process.wait(30)
            reader.close()


_INSIDE = """
import json, sys, traceback
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from tidewaiter.node.folder import enter
enter(Path(sys.argv[1]))
from django.db import transaction
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.live import services as live
from tidewaiter.node.models import Loop
def announce(topic, office, **audience):
    with transaction.atomic():
        return live.announce(topic, Office.objects.get(pk=office), **audience).id
def undone(topic, office):
    with suppress(KeyboardInterrupt), transaction.atomic():
        announce(topic, office)
        raise KeyboardInterrupt
def person(username, *grants):
    made = Person.objects.create(username=username, office_id=grants[0][1])
    for role, office in grants:
        RoleGrant.objects.create(person=made, role=role, office_id=office, reason="for a test")
    return str(made.pk)
def ticket(pk):
    return live.ticket(Person.objects.get(pk=pk))
for line in sys.stdin:
    try:
        print(json.dumps({"value": eval(json.loads(line))}), flush=True)
    except Exception:
        print(json.dumps({"error": traceback.format_exc()}), flush=True)
"""


@pytest.fixture(scope="session")
def eventually() -> Callable[[Callable[[], Found], str], Found]:
    """``eventually(look, what)`` looks until there is something and gives it; fails where nothing comes."""
    return _eventually


@pytest.fixture(scope="session")
def make_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RealNode]]:
    """Gives a function that makes a node: ``make_node(administration="HK")``."""
    open_databases = []

    def make(administration: str = "HK", *options: str) -> RealNode:
        folder = tmp_path_factory.mktemp("node") / administration.lower()
        port = free_ports()
        database = fresh_database()
        address = database.__enter__()
        open_databases.append(database)
        node = RealNode(folder, port, "")
        words = ["init", str(folder), "--administration", administration, "--port", str(port), *options]
        words += ["--database-url", address] if address else []
        done = subprocess.run(node.command(*words), env=outside(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        node.password = done.stdout.split("One-time password:")[1].split()[0]
        return node

    yield make
    for database in open_databases:
        database.__exit__(None, None, None)


@pytest.fixture(scope="module")
def node(make_node: Callable[..., RealNode]) -> RealNode:
    """A node of Hong Kong, made for the module, without anything that runs."""
    return make_node()
