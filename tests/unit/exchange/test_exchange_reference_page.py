"""The page about exchanged objects says what the code says."""

from pathlib import Path

from tidewaiter.exchange.objects.reference import objects_markdown

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "exchange-objects.md"


def test_the_page_of_exchanged_objects_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == objects_markdown(), "write objects_markdown() into the page again"
