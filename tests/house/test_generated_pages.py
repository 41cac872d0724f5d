"""The pages that are made from the code say what the code says."""

from pathlib import Path

import pytest

from tidewaiter.cli.docs import pages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name](), f"{name} is out of date: run ./tw docs"
