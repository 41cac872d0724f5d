"""``tidewaiter node``: make a node, run it, look after it."""

import argparse
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.cli import assets
from tidewaiter.cli.failure import Failure

if TYPE_CHECKING:
    from tidewaiter.node.config import Config

_ABOUT = """\
A node is one administration's own site: its people, its queue, its cases, its part of what is exchanged.
All that is its own stands in one folder.

  tidewaiter node init hk/ --administration HK          make it; prints the first administrator's one-time password
  tidewaiter node run hk/                               serve it, until Ctrl-C
  tidewaiter node migrate hk/                           bring its tables up to this version
"""

_INIT = """\
Makes the folder: node.env (settings), keys/ (secret key), db.sqlite3, lake/, files/, logs/. Loads the offices and
makes the first administrator, whose one-time password is shown once, here.

  tidewaiter node init hk/ --administration HK
  tidewaiter node init gd/ --administration CN-GD --port 8010 --language zh-hans
  tidewaiter node init mo/ --administration MO --database-url postgresql://tidewaiter@localhost/mo
"""

_RUN = """\
Runs the pages, the live stream and the worker, starts again what dies, and stops all with Ctrl-C or SIGTERM.
Each process has its log in the folder's logs/.

  tidewaiter node run hk/
"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    shape = argparse.RawDescriptionHelpFormatter
    parser = commands.add_parser(
        "node", help="make and run an administration's node", description=_ABOUT, formatter_class=shape
    )
    actions = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    init = actions.add_parser("init", help="make a node's folder", description=_INIT, formatter_class=shape)
    init.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    init.add_argument("--administration", required=True, metavar="CODE", help="whose node it is: CN-GD, HK, MO")
    init.add_argument("--port", type=int, default=8000, help="port of the pages (8000); the live stream takes the next")
    init.add_argument("--language", default="en", help="language of who has not chosen one (en)")
    init.add_argument("--time-zone", default="", help="zone of shown times (that of the administration)")
    init.add_argument("--database-url", default="", metavar="URL", help="PostgreSQL instead of SQLite in the folder")
    init.add_argument("--username", default="administrator", help="username of the first administrator")
    init.set_defaults(run=_init)
    run = actions.add_parser("run", help="serve a node", description=_RUN, formatter_class=shape)
    run.add_argument("folder", type=Path, metavar="DIR", help="the node's folder")
    run.add_argument("--echo", action="store_true", help="write the logs of all processes to standard error as well")
    run.set_defaults(run=_run)
    migrate = actions.add_parser(
        "migrate",
        help="bring a node's tables up to this version",
        description="Stop the node first. What is there is kept; every step is whole or not done.",
    )
    migrate.add_argument("folder", type=Path, metavar="DIR", help="the node's folder")
    migrate.set_defaults(run=_migrate)
    manage = actions.add_parser(
        "manage",
        help="run one of Django's commands for a node",
        description="For example: tidewaiter node manage hk/ collectstatic --no-input",
    )
    manage.add_argument("folder", type=Path, metavar="DIR", help="the node's folder")
    manage.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="the command and its options")
    manage.set_defaults(run=_manage)


def _init(options: argparse.Namespace) -> int:
    from tidewaiter.node.folder import CannotMake, Wishes, make

    assets.catalogues()
    wishes = Wishes(
        administration=options.administration,
        port=options.port,
        language=options.language,
        time_zone=options.time_zone,
        database_url=options.database_url,
        username=options.username,
    )
    try:
        config, password = make(options.folder, wishes)
    except CannotMake as wrong:
        raise Failure(str(wrong)) from None
    except OSError as wrong:
        raise Failure(f"{options.folder} cannot be made: {wrong.strerror}. Nothing was kept") from None
    print(f"The node of {config.administration} is in {config.folder}")
    print(f"First administrator: {options.username}")
    print(f"One-time password:   {password}   (shown only here; it is changed at the first sign-in)")
    print(f"Serve it with:       tidewaiter node run {options.folder}")
    return 0


def _run(options: argparse.Namespace) -> int:
    assets.catalogues()
    assets.front_end()
    config = _entered(options.folder)
    from django.core.management import call_command

    from tidewaiter.node import supervise
    from tidewaiter.node.health import database, migrations, said
    from tidewaiter.node.processes import processes

    for check in (database, migrations):
        good, words = said(check)
        if not good:
            raise Failure(f"the node cannot start: {words}. Nothing was changed")
    if config.static == "compressed":
        call_command("collectstatic", interactive=False, verbosity=0)
    try:
        with supervise.alone(config.folder):
            supervise.check_ports(config)
            threading.Thread(target=_tell_when_ready, args=(config,), daemon=True).start()
            supervise.Supervisor(processes(config), config.logs, say=_say, echo=options.echo).run()
    except supervise.CannotRun as wrong:
        raise Failure(f"{wrong}. Nothing was changed") from None
    _say("stopped.")
    return 0


def _tell_when_ready(config: "Config") -> None:
    _say(f"starting {config.administration} …")
    host = "127.0.0.1" if config.host in {"0.0.0.0", "::"} else config.host  # noqa: S104 - compared, not bound
    request = urllib.request.Request(f"http://{host}:{config.port}/health/ready", headers={"Host": "localhost"})
    told = ""
    while True:
        time.sleep(0.3)
        try:
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310 - our own address
                break
        except urllib.error.HTTPError as answer:
            missing = _missing(answer.read())
        except OSError:
            continue
        if missing != told:
            told = missing
            _say(f"waiting: {missing}")
    _say(f"ready at {config.own_address} — Ctrl-C stops it")


def _missing(body: bytes) -> str:
    try:
        checks = json.loads(body)["checks"]
    except (ValueError, KeyError):
        return "the pages do not answer as they should; see logs/pages.log"
    return "; ".join(check["says"] for check in checks.values() if not check["good"])


def _say(words: str) -> None:
    print(f"node: {words}", file=sys.stderr, flush=True)


def _migrate(options: argparse.Namespace) -> int:
    _entered(options.folder)
    from django.core.management import call_command

    from tidewaiter.node.accounts.services.offices import load_offices

    call_command("migrate", interactive=False)
    load_offices()
    return 0


def _manage(options: argparse.Namespace) -> int:
    _entered(options.folder)
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{Path(sys.argv[0]).name} node manage {options.folder}", *options.rest])
    return 0


def _entered(folder: Path) -> "Config":
    from tidewaiter.node.config import ConfigError
    from tidewaiter.node.folder import enter

    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    try:
        return enter(folder)
    except ConfigError as wrong:
        raise Failure(str(wrong), status=2) from None
