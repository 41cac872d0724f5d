"""The command as a person or a script calls it: real processes, real files, real signals."""

import json
import os
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "tidewaiter.cli"]
HEAD = "references.declaration_number,administration,office,lodged_at,goods.hs,goods.description\n"


def call(*arguments: str | Path, **options: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120, **options
    )  # type: ignore[call-overload]


def write_rows(path: Path, rows: int) -> Path:
    lines = (f"D{n:07d},HK,HK-TEST,2026-05-02T08:00:00+08:00,640399,running shoes pair {n}\n" for n in range(rows))
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def test_help_teaches_by_example() -> None:
    for command in ("screen", "simulate"):
        told = call(command, "--help").stdout
        assert "examples" in told
        assert f"tidewaiter {command}" in told


def test_without_a_command_it_says_what_there_is() -> None:
    done = call()
    assert done.returncode == 2
    assert "simulate" in call("--help").stdout


def test_json_is_the_record_alone(tmp_path: Path) -> None:
    done = call("screen", write_rows(tmp_path / "in.csv", 30), "--out", tmp_path / "result", "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["counts"]["read"] == 30
    assert record["counts"] == json.loads((tmp_path / "result" / "run.json").read_text())["counts"]


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans", "zh-Hant-MO", "pt"])
def test_the_summary_and_the_list_speak_the_language(tmp_path: Path, language: str) -> None:
    done = call("screen", write_rows(tmp_path / "in.csv", 30), "--out", tmp_path / "result", "--language", language)
    words = {"en": "Selected", "zh-Hant": "揀選", "zh-Hans": "布控", "zh-Hant-MO": "揀選", "pt": "Seleccionadas"}
    assert done.returncode == 0, done.stderr
    assert words[language] in done.stdout
    sheet = (tmp_path / "result" / "inspection-list.csv").read_text("utf-8-sig")
    drawn = {"en": "at random", "zh-Hant": "隨機", "zh-Hans": "随机", "zh-Hant-MO": "隨機", "pt": "ao acaso"}
    assert drawn[language] in sheet


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.csv", "--out", "result"], "absent.csv"),
        (["in.csv", "--out", "result", "--random-share", "0"], "random share"),
        (["in.csv", "--out", "result", "--as-of", "2026-05-02"], "UTC offset"),
        (["in.csv", "--out", "result", "--capacity", "-3"], "0 or more"),
        (["in.csv", "--out", "result", "--watchlist", "in.csv"], "column"),
        (["in.csv", "--out", "result", "--profiles", "in.csv"], "profiles"),
        (["in.csv", "--out", "in.csv"], "not a folder"),
        (["in.csv"], "--out"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(tmp_path: Path, arguments: list[str], words: str) -> None:
    write_rows(tmp_path / "in.csv", 3)
    done = call("screen", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "result").exists()


def test_ctrl_c_leaves_nothing_half_done(tmp_path: Path) -> None:
    out = tmp_path / "result"
    call("screen", write_rows(tmp_path / "small.csv", 10), "--out", out)
    before = (out / "run.json").read_bytes()
    running = subprocess.Popen(
        [*COMMAND, "screen", str(write_rows(tmp_path / "in.csv", 600_000)), "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list(tmp_path.glob(".result.unfinished-*/consignment")):
        assert running.poll() is None, running.communicate()[1]
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "untouched" in told
    assert "Traceback" not in told
    assert (out / "run.json").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "result", "small.csv"]


def test_a_full_disk_is_said_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    # A limit on the size of files stands in for a full disk: writing fails in the middle in the same way.
    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = call("screen", write_rows(tmp_path / "in.csv", 50_000), "--out", tmp_path / "result", preexec_fn=limited)
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    call("screen", write_rows(tmp_path / "in.csv", 30), "--out", tmp_path / "result", "--capacity", "20")
    told = subprocess.run(
        f"{shlex.join([*COMMAND, 'show', str(tmp_path / 'result')])} | true; echo ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert told.stdout.strip() == "0", told.stderr
    assert "Traceback" not in told.stderr


def test_show_reads_a_result_again(tmp_path: Path) -> None:
    call("screen", write_rows(tmp_path / "in.csv", 30), "--out", tmp_path / "result", "--capacity", "20")
    assert "HK-TEST" in call("show", tmp_path / "result").stdout
    told = call("show", tmp_path / "result", "--office", "HK-TEST", "--day", "2026-05-02", "--rows", "1").stdout
    assert "at random" in told
    assert call("show", tmp_path).returncode == 2


def test_a_small_world_can_be_made_and_screened(tmp_path: Path) -> None:
    made = call("simulate", "--out", tmp_path / "world", "--rows", "2000", "--days", "3", "--watchlist-entries", "500")
    assert made.returncode == 0, made.stderr
    world = tmp_path / "world"
    criteria = [
        "--watchlist", world / "watchlist.csv", "--terms", world / "terms.csv", "--profiles", world / "profiles.yaml",
        "--rates", world / "rates.csv", "--capacity", world / "capacity.csv",
    ]  # fmt: skip
    done = call("screen", world / "consignments", "--out", tmp_path / "result", *criteria)
    assert done.returncode == 0, done.stderr
    assert "Synthetic" in done.stdout
    again = call("simulate", "--out", world, "--rows", "2000", "--days", "3", "--watchlist-entries", "500")
    assert again.returncode == 0, "an earlier world is replaced"


def test_a_result_of_another_version_is_not_misread(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"format": "tidewaiter.run/0"}')
    done = call("show", tmp_path)
    assert done.returncode == 2
    assert "Screen the input again" in done.stderr
