"""The same work gives the same results in the same order, whatever runs it; a failure ends the run."""

import importlib
import os
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pyarrow as pa
import pytest

from tidewaiter.screening.drivers.inline import InlineDriver
from tidewaiter.screening.drivers.pool import PoolDriver

Prepare = Callable[[], Callable[[pa.RecordBatch], pa.RecordBatch]]


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> Prepare:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    return importlib.import_module("doubling").prepare


def batches(*numbers: int) -> list[pa.RecordBatch]:
    return [pa.RecordBatch.from_pydict({"n": [n, n + 1000]}) for n in numbers]


def test_pool_and_inline_agree(prepare: Prepare) -> None:
    items = batches(*range(25))
    inline = list(InlineDriver().run(prepare, items))
    with PoolDriver(2) as driver:
        pool = list(driver.run(prepare, items))
        assert list(driver.run(prepare, items)) == pool, "a second work in the same processes"
    assert inline == pool
    assert [batch.column("double")[0].as_py() for batch in pool] == [2 * n for n in range(25)]


@pytest.mark.parametrize("driver", [InlineDriver(), PoolDriver(2)])
def test_an_error_in_the_work_is_raised(prepare: Prepare, driver: InlineDriver | PoolDriver) -> None:
    with driver, pytest.raises(ValueError, match="no negative numbers"):
        list(driver.run(prepare, batches(1, -1, 3)))


def test_a_process_that_dies_is_not_passed_over(prepare: Prepare) -> None:
    with PoolDriver(1) as driver, pytest.raises(BrokenProcessPool):
        list(driver.run(prepare, batches(1, -2, 3)))


def test_the_environment_is_as_before(prepare: Prepare) -> None:
    before = dict(os.environ)
    with PoolDriver(1) as driver:
        list(driver.run(prepare, batches(1)))
    assert dict(os.environ) == before
