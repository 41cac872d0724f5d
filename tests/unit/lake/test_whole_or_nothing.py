"""A result appears whole or not at all, whatever stops the run."""

import errno
from pathlib import Path

import pytest

from tidewaiter.lake.building import DestinationRefused, building, check_destination


def make(out: Path, text: str) -> None:
    with building(out) as folder:
        (folder / "part").write_text(text)
        (folder / "run.json").write_text("{}")


def left_over(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


def test_a_finished_result_is_put_in_place(tmp_path: Path) -> None:
    make(tmp_path / "result", "one")
    assert (tmp_path / "result" / "part").read_text() == "one"
    assert left_over(tmp_path / "result") == ["result"]


def test_a_newer_result_replaces_the_older_one_whole(tmp_path: Path) -> None:
    make(tmp_path / "result", "one")
    (tmp_path / "result" / "of-the-old-one").touch()
    make(tmp_path / "result", "two")
    assert sorted(p.name for p in (tmp_path / "result").iterdir()) == ["part", "run.json"]
    assert (tmp_path / "result" / "part").read_text() == "two"


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device"), ValueError()])
def test_whatever_stops_it_leaves_the_older_result_alone(tmp_path: Path, stop: BaseException) -> None:
    out = tmp_path / "result"
    make(out, "one")
    with pytest.raises(type(stop)), building(out) as folder:
        (folder / "part").write_text("half")
        raise stop
    assert (out / "part").read_text() == "one"
    assert left_over(out) == ["result"]


def test_a_result_without_its_record_is_never_put_in_place(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), building(tmp_path / "result") as folder:
        (folder / "part").write_text("half")
    assert left_over(tmp_path / "result") == []


def test_a_folder_that_is_no_result_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photographs").mkdir()
    (tmp_path / "photographs" / "one.jpg").touch()
    with pytest.raises(DestinationRefused, match="not an earlier result"):
        check_destination(tmp_path / "photographs")
    (tmp_path / "file").touch()
    with pytest.raises(DestinationRefused, match="not a folder"):
        check_destination(tmp_path / "file")


def test_an_empty_or_absent_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_destination(tmp_path / "empty")
    check_destination(tmp_path / "absent")
