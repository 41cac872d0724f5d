"""The criteria of a run are loaded once: what was loaded travels to other processes, whatever becomes of the files."""

import hashlib
import pickle
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tidewaiter.runs.criteria import CriteriaFiles
from tidewaiter.schemas import CONSIGNMENT

PROFILE = """
profiles:
  - id: P1
    title: Shoes
    owner: an office
    purpose: to be tried
    valid: {from: 2026-01-01, until: 2026-12-31}
    channel: physical
    priority: 50
    mandatory: false
    sentence: Shoes are looked at.
    when: {item: {all: [{field: hs, prefix: ["64"]}]}}
"""


@pytest.fixture
def files(tmp_path: Path) -> CriteriaFiles:
    watchlist, terms, profiles = (tmp_path / name for name in ("watchlist.csv", "terms.csv", "profiles.yaml"))
    head = "entry,kind,type,value,label,mandatory,priority,channel,valid_from,valid_until,source,grading,reason"
    watchlist.write_text(f"{head}\nW1,name,,Gamma Trading,Gamma,no,50,physical,,,tip,B2,why\n", encoding="utf-8")
    head = "term_id,term,language,kind,brand,mandatory,priority,channel,match,unless"
    terms.write_text(f"{head}\nT1,Nikora,und,brand,Nikora,no,50,physical,word,\n", encoding="utf-8")
    profiles.write_text(PROFILE, encoding="utf-8")
    return CriteriaFiles(watchlist, terms, profiles)


def batch() -> pa.RecordBatch:
    row = {
        "message_id": "m1", "consignment_id": "c1", "function": "original", "partial": False, "administration": "HK",
        "source_file": "f", "source_position": "1", "source_rows": 1, "synthetic": True,
        "parties": [{"role": "consignor", "name": "GAMMA TRADING"}],
        "goods": [{"hs": "640399", "description": "Nikora shoes"}],
    }  # fmt: skip
    return pa.RecordBatch.from_pylist([row], schema=CONSIGNMENT)


def test_another_process_screens_alike_without_the_files(files: CriteriaFiles) -> None:
    criteria, warnings = files.load()
    assert warnings == []
    day = pa.array([date(2026, 6, 1)])
    here = criteria.screen(batch(), day).hits
    carried = pickle.dumps(files)
    for path in (files.watchlist, files.terms, files.profiles):
        assert path is not None
        path.unlink()
    there = pickle.loads(carried).load()[0].screen(batch(), day).hits
    assert there.equals(here)
    assert here.column("rule").to_pylist() == ["W1", "T1", "P1"]


def test_the_record_names_the_files_as_they_were_read(files: CriteriaFiles) -> None:
    assert files.watchlist is not None
    read = hashlib.sha256(files.watchlist.read_bytes()).hexdigest()
    files.load()
    files.watchlist.write_text("changed", encoding="utf-8")
    described = files.described()
    assert described["watchlist"] == {"name": str(files.watchlist), "sha256": read}
    assert described["rates"] is None
