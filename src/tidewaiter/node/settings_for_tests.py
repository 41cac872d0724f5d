"""Settings of the tests: an invented node in a folder of its own that goes away with the process.

SQLite, or the PostgreSQL of TIDEWAITER_TEST_POSTGRES (``python tests/postgres.py pytest …`` starts one); where it names
several, each of pytest's workers has its own.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="tidewaiter-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
for _name in ("lake", "files", "keys", "logs"):
    (_folder / _name).mkdir()
_clusters = os.environ.get("TIDEWAITER_TEST_POSTGRES", "").split()
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_words = {
    "ADMINISTRATION": "HK",
    "SECRET_KEY": "for the tests alone, and for nothing else, ever, " * 2,
    "TIME_ZONE": "Asia/Hong_Kong",
    "DATABASE_URL": _clusters[_worker % len(_clusters)] if _clusters else "",
}
(_folder / "node.env").write_text("".join(f"TIDEWAITER_{name}={value}\n" for name, value in _words.items()))
os.environ["TIDEWAITER_FOLDER"] = str(_folder)

from tidewaiter.node.settings import *  # noqa: E402, F403
from tidewaiter.node.settings import DATABASES  # noqa: E402

if not _words["DATABASE_URL"]:
    # A file, because threads must be able to meet at it as processes do; what a crash would lose is of no worth.
    DATABASES["default"]["TEST"] = {"NAME": _folder / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
