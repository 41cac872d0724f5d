"""Which reader reads what, and what becomes of the rest."""

import errno
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.intake.registry import all_readers, read

Load = Callable[..., Any]


def test_the_readers_are_found_by_their_modules() -> None:
    assert {"CSV", "JSON Lines", "Parquet"} <= {reader.name for reader in all_readers()}


def test_an_unknown_format_is_one_reject_that_names_the_known_ones(load_bytes: Load) -> None:
    loaded = load_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100), "photo.png")
    assert (loaded.read, loaded.codes) == (1, ["unknown_format"])
    assert "Parquet" in loaded.rejects[0]["message"]


def test_a_named_mapping_makes_any_text_delimited(load_bytes: Load) -> None:
    content = b"office;references.plate;administration\nA;AB1;HK\n"
    assert load_bytes(content, "export.dat", mapping="tidewaiter").accepted == 1


def test_what_cannot_be_opened_is_one_reject(load: Load, tmp_path: Path) -> None:
    loaded = load(tmp_path / "absent.csv")
    assert (loaded.read, loaded.codes) == (1, ["unreadable_file"])
    (tmp_path / "loop").symlink_to(tmp_path)
    assert load(tmp_path).codes == ["link_loop"]


def test_documents_beside_the_data_have_no_rows(load: Load, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("about the data")
    assert (load(tmp_path).read, load(tmp_path / "README.md").codes) == (0, ["unknown_format"])


def test_a_failing_disk_is_a_reject_after_what_was_read() -> None:
    class Failing(io.RawIOBase):
        """Gives one block, then what a broken disk gives."""

        parts = iter([b"administration,references.plate\nHK,AB1\n"])

        def read(self, size: int = -1) -> bytes:
            del size
            part = next(self.parts, None)
            if part is None:
                raise OSError(errno.EIO, "Input/output error")
            return part

    @dataclass
    class Broken:
        name: str = "disk.csv"
        suffixes: tuple[str, ...] = (".csv",)
        path: Path | None = None

        def open(self) -> BinaryIO:
            return cast("BinaryIO", Failing())

        def head(self, size: int) -> bytes:
            return b"administration"[:size]

    batches = list(read(Broken()))
    codes = [code for batch in batches for code in batch.rejects.column("code").to_pylist()]
    assert codes == ["unreadable_file"]


@pytest.mark.parametrize("suffix", ["", ".csv", ".jsonl", ".parquet", ".tar", ".gz", ".zst", ".csv.gz"])
def test_random_bytes_under_any_name(load_bytes: Load, suffix: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        body=st.binary(max_size=600),
        start=st.sampled_from([b"", b"PAR1", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"{", b"["]),
    )
    def check(body: bytes, start: bytes) -> None:
        load_bytes(start + body, f"input{suffix}")

    check()
