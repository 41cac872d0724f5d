"""Importing reference data reads no list and no large package."""

import subprocess
import sys

ROOMS = "categories closed_lists countries currencies glossary hs languages offices places regions units"

PROGRAM = f"""
import importlib, sys
for room in "{ROOMS}".split():
    importlib.import_module("tidewaiter.refdata." + room)
loaded = {{"pycountry", "babel", "pyarrow", "tomllib"}} & set(sys.modules)
from tidewaiter.refdata.tables import rows
assert not loaded, loaded
assert rows.cache_info().currsize == 0
"""


def test_importing_reads_nothing() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
