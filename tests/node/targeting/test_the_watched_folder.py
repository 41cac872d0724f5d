"""The watched folder: files that stopped growing become a run, whole or not at all."""

import shutil
from pathlib import Path

import pytest

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.services import watching

LINE = '{"message_id":"M-1","consignment_id":"C-1","function":"original","administration":"HK"}\n'


def test_a_file_is_taken_once_it_has_stopped_growing(hong_kong: Office) -> None:
    file = watching.incoming() / "day.jsonl"
    file.write_text(LINE)
    assert watching.look(100.0) is None
    file.write_text(LINE * 2)
    assert watching.look(200.0) is None
    run = watching.look(206.0)
    assert run is not None
    assert not file.exists()
    assert (run.origin, run.started_by, run.files.get().name) == ("folder", None, "day.jsonl")
    assert run.files.get().path.read_text() == LINE * 2
    assert watching.look(300.0) is None


def test_unfinished_names_are_left_alone(hong_kong: Office) -> None:
    for name in (".hidden.csv", "day.csv.part", "day.tmp"):
        (watching.incoming() / name).write_text(LINE)
    watching.look(100.0)
    assert watching.look(200.0) is None


def test_what_no_reader_knows_is_put_aside_and_the_rest_goes_on(hong_kong: Office) -> None:
    folder = watching.incoming()
    (folder / "holiday.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "day.jsonl").write_text(LINE)
    watching.look(100.0)
    run = watching.look(200.0)
    assert run is not None
    assert [file.name for file in run.files.all()] == ["day.jsonl"]
    aside = sorted(path.name[9:] for path in (folder / "refused").iterdir())
    assert aside == ["holiday.png", "holiday.png.why.txt"]


def test_a_cut_between_move_and_row_loses_nothing(hong_kong: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (watching.incoming() / "day.jsonl").write_text(LINE)
    watching.look(100.0)

    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "start_run_of_paths", cut)
    with pytest.raises(KeyboardInterrupt):
        watching.look(200.0)
    monkeypatch.undo()
    assert not ScreeningRun.objects.exists()
    watching.look(300.0)
    run = ScreeningRun.objects.get()
    assert run.files.get().path.read_text() == LINE
    watching.look(400.0)
    assert ScreeningRun.objects.count() == 1
    assert Path(run.folder).is_dir()
    shutil.rmtree(run.folder)
