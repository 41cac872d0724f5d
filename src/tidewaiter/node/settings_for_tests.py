"""Settings of the tests: an invented node in a folder of its own that goes away with the process."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="tidewaiter-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TIDEWAITER_FOLDER"] = _folder
with open(os.path.join(_folder, "node.env"), "w", encoding="utf-8") as _file:  # noqa: PTH118, PTH123
    _file.write(f"TIDEWAITER_ADMINISTRATION=HK\nTIDEWAITER_SECRET_KEY={'only for tests ' * 5}\n")
    _file.write("TIDEWAITER_TIME_ZONE=Asia/Hong_Kong\n")

from tidewaiter.node.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
