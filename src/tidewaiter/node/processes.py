"""The processes of a node: pages, live stream, worker, and what apps add in their ``processes.py``."""

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.node.apps import APPS
from tidewaiter.node.config import Config

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Process:
    """One process: its name, which is also that of its log, its command, and how long it may take to stop."""

    name: str
    command: tuple[str, ...]
    grace_seconds: float = 15.0


def processes(config: Config) -> list[Process]:
    """Give all processes of the node. An app adds its own by ``processes(config) -> list[Process]`` in a module of
    that name, which must not touch the database."""
    found = [_pages(config), _live(config), Process("worker", (sys.executable, "-m", "tidewaiter.node.worker"), 60.0)]
    for app in APPS:
        if (_HERE / app.label / "processes.py").is_file():
            found += importlib.import_module(f"{app.module}.processes").processes(config)
    return found


def _granian(config: Config, port: int, *options: str) -> tuple[str, ...]:
    shared = ("--host", config.host, "--port", str(port), "--http", "1", "--no-ws", "--log-level", "warning")
    return (
        sys.executable,
        "-m",
        "granian",
        *shared,
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "8",
        *options,
    )


def _pages(config: Config) -> Process:
    counts = ("--workers", str(config.workers), "--blocking-threads", str(config.threads))
    return Process(
        "pages",
        _granian(config, config.port, "--interface", "wsgi", *counts, "tidewaiter.node.wsgi:application"),
    )


def _live(config: Config) -> Process:
    # One process, because the fan-out is in its memory; asginl, because it needs no start and end of its own.
    target = "tidewaiter.node.live.asgi:application"
    return Process(
        "live",
        _granian(config, config.live_port_used, "--interface", "asginl", "--loop", "asyncio", "--factory", target),
    )
