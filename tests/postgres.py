"""A private PostgreSQL for tests: ``python tests/postgres.py COMMAND…`` runs the command with it, then removes it.

The cluster stands in a temporary folder, listens on a socket there alone, and belongs to an unprivileged user. The
command finds it by TIDEWAITER_TEST_POSTGRES. ``--check`` says whether PostgreSQL is installed (Debian: postgresql).
``--clusters N`` starts several, one for each of pytest's workers: the number of the oldest transaction that still runs
is that of a whole cluster, so that workers in the same one would wait for one another.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

VARIABLE = "TIDEWAITER_TEST_POSTGRES"
ABSENT = "PostgreSQL is not installed (on Debian: apt-get install postgresql)"


def programs() -> Path | None:
    """Give the folder of initdb and pg_ctl, the newest where there are several; None where there is none."""
    on_path = shutil.which("pg_ctl")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    return next((path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()), None)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and give the address of its database ``postgres``; raises RuntimeError where it cannot."""
    home = programs()
    if home is None:
        raise RuntimeError(ABSENT)
    folder = Path(tempfile.mkdtemp(prefix="tw-pg-"))
    user = _unprivileged()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = folder / "data"
    try:
        _run(user, home / "initdb", "-D", data, "-U", "tidewaiter", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        # What a test loses in a crash is of no worth; what the product waits for is unchanged.
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=200"
        _run(user, home / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://tidewaiter@/postgres?host={quote(str(folder), safe='')}"
        finally:
            _run(user, home / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    words = [str(word) for word in command]
    who = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        words, cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **who
    )
    if done.returncode:
        raise RuntimeError(f"{Path(words[0]).name} failed: {done.stderr.strip()[-800:]}")


def main(arguments: list[str]) -> int:
    """Check, or run a command with a cluster."""
    if arguments == ["--check"]:
        if programs() is None:
            print(ABSENT)
            return 1
        return 0
    count = 1
    if arguments[:1] == ["--clusters"]:
        count, arguments = int(arguments[1]), arguments[2:]
    with ExitStack() as stack:
        addresses = " ".join(stack.enter_context(cluster()) for _ in range(count))
        return subprocess.run(arguments, env={**os.environ, VARIABLE: addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
