"""``tidewaiter demo``: three nodes, a synthetic world, a joint operation, and a visitor who takes over."""

import argparse
import json
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from rich.table import Table

from tidewaiter.cli import assets
from tidewaiter.cli.failure import Failure
from tidewaiter.cli.terminal import console, progress_bar

if TYPE_CHECKING:
    from tidewaiter.demo.director import Director
    from tidewaiter.demo.nodes import Node

_MARKER = "demo.json"
_LANGUAGES = ("en", "zh-hant", "zh-hans", "pt", "zh-hant-mo")

_ABOUT = """\
Makes three nodes (Guangdong, Hong Kong, Macao) on this machine, gives each its part of a synthetic world, plays a
twelve-day joint operation from plan to statement and five days of the next one, then serves the three nodes and prints
their addresses and sign-ins. Ctrl-C stops everything. All data, brands, firms and persons are invented.

  tidewaiter demo                                three nodes to sign in to
  tidewaiter demo --language en                  pages in English for everybody
  tidewaiter demo --no-serve --json out.json     the same without staying up: for machines and tests
  tidewaiter demo --keep                         serve the last demonstration again
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "demo",
        help="three nodes and a joint operation, to try things on",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--folder", type=Path, default=Path(".demo"), metavar="DIR", help="where the nodes are made (.demo)"
    )
    parser.add_argument("--rows", type=int, default=30_000, metavar="N", help="declarations of the world (30 000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same figures (1)")
    parser.add_argument("--port", type=int, default=8600, metavar="P", help="first of six ports (8600)")
    parser.add_argument("--language", choices=_LANGUAGES, help="language of all pages (each administration's own)")
    parser.add_argument("--no-serve", action="store_true", help="end when the operation has been played")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures of the operation to FILE")
    parser.add_argument("--keep", action="store_true", help="serve what is in DIR again instead of playing anew")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play and serve."""
    if options.rows < 500:
        raise Failure("--rows must be at least 500: a smaller world has nothing to find", status=2)
    assets.catalogues()
    assets.front_end()
    from tidewaiter.demo.nodes import DemoFailed, check_ports

    signal.signal(signal.SIGTERM, _interrupt)
    folder = options.folder.resolve()
    try:
        check_ports(options.port, 6)
        return _serve_again(options, folder) if options.keep else _play(options, folder)
    except DemoFailed as failed:
        raise Failure(f"{failed}. All processes were stopped; {folder} was left to look at") from None
    except KeyboardInterrupt:
        print(f"demo: stopped before its end; nothing runs any more. {folder} was left to look at", file=sys.stderr)
        return 130
    except OSError as wrong:
        raise Failure(f"{wrong.filename or folder} could not be written: {wrong.strerror}") from None


def _interrupt(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _play(options: argparse.Namespace, folder: Path) -> int:
    from tidewaiter.demo import telling
    from tidewaiter.demo.director import Director
    from tidewaiter.demo.nodes import password
    from tidewaiter.demo.traffic import Traffic

    _make_room(folder)
    nodes = _nodes(options, folder)
    with ExitStack() as stack:
        stack.callback(_stop, nodes)
        with progress_bar() as update:
            director = Director(
                folder, nodes, options.seed, options.rows, update, datetime.now().astimezone().date(), password()
            )
            director.play()
        _remember(director)
        if options.json is not None:
            text = json.dumps(telling.for_machines(director), ensure_ascii=False, indent=1, default=str)
            options.json.write_text(text + "\n", encoding="utf-8")
            print(f"The figures are in {options.json}", file=sys.stderr)
        if options.no_serve:
            return 0
        _tell(nodes, director.sign_ins, director.password, director.statement.get("page", ""))
        traffic = Traffic(director)
        stack.callback(traffic.stop)
        traffic.start()
        _stay(traffic)
    return 0


def _serve_again(options: argparse.Namespace, folder: Path) -> int:
    try:
        held = json.loads((folder / _MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Failure(f"{folder} holds no whole demonstration. Start one without --keep", status=2) from None
    options.port = held["port"]
    nodes = _nodes(options, folder)
    with ExitStack() as stack:
        stack.callback(_stop, nodes)
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait_until_ready()
        _tell(nodes, held["sign_ins"], held["password"], held["statement"])
        _stay(None)
    return 0


def _make_room(folder: Path) -> None:
    """An earlier demonstration goes; nothing else is ever removed."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _MARKER).is_file():
            raise Failure(f"{folder} is not empty and no demonstration made it. Nothing was changed", status=2)
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _MARKER).write_text("{}\n", encoding="utf-8")


def _nodes(options: argparse.Namespace, folder: Path) -> "list[Node]":
    from tidewaiter.demo.nodes import Node
    from tidewaiter.demo.script import ADMINISTRATIONS, LANGUAGES

    return [
        Node(code, folder / code.lower(), options.port + 2 * place, options.language or LANGUAGES[code])
        for place, code in enumerate(ADMINISTRATIONS)
    ]


def _remember(director: "Director") -> None:
    """Keep what --keep needs, readable by its owner alone."""
    path = director.folder / _MARKER
    path.touch(mode=0o600)
    path.chmod(0o600)
    held = {
        "port": director.nodes[0].port,
        "password": director.password,
        "sign_ins": director.sign_ins,
        "statement": director.statement.get("page", ""),
    }
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _stop(nodes: "list[Node]") -> None:
    for node in nodes:
        node.stop()
    for node in nodes:
        node.wait_until_stopped()


def _tell(nodes: "list[Node]", people: dict[str, list[dict[str, str]]], password: str, statement: str) -> None:
    from tidewaiter.demo import telling

    out = console()
    for node in nodes:
        table = Table(
            "Username", "Role", "Office", title=f"{node.administration}: {node.address}", title_justify="left"
        )
        for row in telling.sign_ins(people.get(node.administration, ())):
            table.add_row(*row)
        out.print(table)
    out.print(f"Password of everybody: [bold]{password}[/bold]  (made for this demonstration alone)\n")
    out.print("What to try first:")
    for number, step in enumerate(telling.FIRST_STEPS, 1):
        out.print(f"  {number}. {step}")
    if statement:
        lead = next(node for node in nodes if node.administration == "HK")
        out.print(f"The statement of the operation that is over: {lead.address}{statement}")
    out.print("\nCtrl-C stops everything.")


def _stay(traffic: "object | None") -> None:
    """Stay until Ctrl-C, which is how a demonstration ends."""
    told = ""
    try:
        while True:
            time.sleep(1)
            failure = str(getattr(traffic, "failure", ""))
            if failure != told:
                told = failure
                print(f"demo: nothing moves by itself any more: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\ndemo: stopping …", file=sys.stderr)
