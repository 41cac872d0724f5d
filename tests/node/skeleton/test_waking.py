"""Bells between the processes of a node: rung without waiting, missed without harm."""

import select
from pathlib import Path

from tidewaiter.node import waking


def test_a_bell_is_heard(tmp_path: Path) -> None:
    with waking.bell(tmp_path, "live") as heard:
        assert select.select([heard], [], [], 0)[0] == []
        assert waking.ring(tmp_path, "live")
        assert waking.ring(tmp_path, "live")
        assert select.select([heard], [], [], 10)[0] == [heard]
        waking.silence(heard)
        assert select.select([heard], [], [], 0)[0] == []
    assert (tmp_path / "live.sock").stat().st_mode & 0o077 == 0


def test_a_folder_with_a_long_name_has_a_bell_too(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30) / ("name" * 30)
    folder.mkdir(parents=True)
    with waking.bell(folder, "live") as heard:
        assert waking.ring(folder, "live")
        assert select.select([heard], [], [], 10)[0] == [heard]


def test_where_nobody_listens_nothing_happens(tmp_path: Path) -> None:
    assert not waking.ring(tmp_path, "live")
    waking.bell(tmp_path, "live").close()
    assert not waking.ring(tmp_path, "live")
    assert not waking.ring(tmp_path / "nowhere", "live")


def test_a_bell_that_nobody_answers_does_not_hold_up_who_rings(tmp_path: Path) -> None:
    with waking.bell(tmp_path, "live"):
        rung = [waking.ring(tmp_path, "live") for _ in range(5000)]
    assert rung[0]
    assert not rung[-1]


def test_a_bell_left_behind_is_hung_up_anew(tmp_path: Path) -> None:
    waking.bell(tmp_path, "live").close()
    with waking.bell(tmp_path, "live"):
        assert waking.ring(tmp_path, "live")
