"""``tidewaiter node``: a node is made, runs, mends itself and stops, as its owner sees it."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tidewaiter.node.config import Config, in_folder
from tidewaiter.node.folder import zone_of

pytestmark = pytest.mark.slow
Look = Callable[[Callable[[], Any], str], Any]


def told(node: Any, *words: str) -> tuple[int, str]:
    process = node.start(*words)
    return process.wait(60), process.communicate()[0]


def processes_of(number: int) -> set[int]:
    """A process and all below it."""
    found = {number}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == number:
                found |= processes_of(int(path.parent.name))
        except FileNotFoundError:
            continue
    return found


def test_a_new_folder_is_the_owners_alone_and_complete(node: Any) -> None:
    assert stat.S_IMODE(node.folder.stat().st_mode) == 0o700
    for name in ("node.env", "keys/secret_key"):
        assert stat.S_IMODE((node.folder / name).stat().st_mode) == 0o600, name
    config = Config.read(in_folder(str(node.folder)))
    assert len(config.secret_key) >= 64
    assert config.secret_key not in (node.folder / "node.env").read_text()
    assert (config.administration, config.time_zone) == ("HK", "Asia/Hong_Kong")
    assert all((node.folder / name).is_dir() for name in ("lake", "files", "keys", "logs"))


def test_offices_and_one_administrator_are_there(node: Any) -> None:
    with node.inside() as say:
        assert int(str(say("Office.objects.count()"))) > 10
        assert say("list(RoleGrant.objects.values_list('role', 'office_id'))") == [["administrator", "HK"]]
        assert say(f"Person.objects.get().check_password({node.password!r})") is True
        assert say("Person.objects.get().must_change_password") is True


def test_the_database_is_as_careful_as_promised(node: Any) -> None:
    with node.inside() as say:
        say("Office.objects.count()")
        ask = "[__import__('django.db').db.connection.cursor().execute({!r}).fetchone()[0] for _ in '1'][0]"
        if Config.read(in_folder(str(node.folder))).database_url:
            assert say(ask.format("SHOW synchronous_commit")) == "on"
            return
        pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}
        assert {name: say(ask.format(f"PRAGMA {name}")) for name in pragmas} == pragmas
    with sqlite3.connect(node.folder / "db.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_it_runs_mends_itself_and_stops(node: Any, eventually: Look) -> None:
    process = node.start("run", str(node.folder))
    try:
        eventually(lambda: node.get("/health/ready")[0] == 200, "readiness")
        assert node.get("/health/live", live=True)[0] == 200
        with node.inside() as say:
            loops = "sorted(Loop.objects.filter(finished_at__isnull=False).values_list('name', flat=True))"
            done = eventually(lambda: "audit.sequence" in str(say(loops)) and say(loops), "the first periodic work")
            assert {"node.take_back_stranded", "live.forget"} <= set(done)
        family = processes_of(process.pid)
        assert len(family) > 3
        code, words = told(node, "run", str(node.folder))
        assert (code, "is running already" in words) == (1, True), words
        [worker] = [n for n in family if b"tidewaiter.node.worker" in Path(f"/proc/{n}/cmdline").read_bytes()]
        os.kill(worker, signal.SIGKILL)
        eventually(lambda: worker not in processes_of(process.pid), "the end of the worker")
        log = node.folder / "logs" / "worker.log"
        eventually(lambda: log.read_text().count("Starting worker") == 2, "a new worker")
        family |= processes_of(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        output = process.communicate(timeout=90)[0]
    assert process.returncode == 0, output
    assert f"ready at http://127.0.0.1:{node.port}" in output
    assert "worker ended (signal SIGKILL) and starts again" in output
    assert output.endswith("node: stopped.\n")
    assert [n for n in family if Path(f"/proc/{n}").exists()] == []


def test_a_port_in_use_is_said_before_anything_starts(node: Any) -> None:
    with socket.create_server(("127.0.0.1", node.port + 1)):
        code, words = told(node, "run", str(node.folder))
    assert code == 1
    assert f"port {node.port + 1} of 127.0.0.1, for the live stream, is in use" in words
    assert "TIDEWAITER_LIVE_PORT" in words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["init", "{new}", "--administration", "XX"], "TIDEWAITER_ADMINISTRATION (it is 'XX') must be one of"),
        (["init", "{new}", "--administration", "MO", "--port", "0"], "TIDEWAITER_PORT (it is '0') must be"),
        (
            ["init", "{new}", "--administration", "MO", "--database-url", "mysql://x/y"],
            "DATABASE_URL must be",
        ),
        (["init", "{old}", "--administration", "HK"], "is not empty. Nothing was changed"),
        (["run", "{new}"], "node.env cannot be read (No such file or directory): `tidewaiter node init` makes it"),
        (
            ["init", "{new}", "--administration", "MO", "--database-url", "postgresql://nobody@127.0.0.1:9/none"],
            "the database cannot be used",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(node: Any, tmp_path: Path, words: list[str], says: str) -> None:
    before = sorted(path.name for path in node.folder.iterdir())
    code, output = told(node, *(word.format(new=tmp_path / "new", old=node.folder) for word in words))
    assert code in {1, 2}
    assert says in output
    assert "Traceback" not in output
    assert not (tmp_path / "new").exists()
    assert sorted(path.name for path in node.folder.iterdir()) == before


def test_help_teaches(node: Any) -> None:
    for words in (["--help"], ["init", "--help"], ["run", "--help"]):
        done = subprocess.run(node.command(*words), capture_output=True, text=True, check=True)
        assert "tidewaiter node " in done.stdout


@pytest.mark.parametrize(
    ("administration", "zone"),
    [("HK", "Asia/Hong_Kong"), ("MO", "Asia/Macau"), ("CN-GD", "Asia/Shanghai"), ("XX", "UTC")],
)
def test_the_zone_is_that_of_the_administration(administration: str, zone: str) -> None:
    assert zone_of(administration) == zone
