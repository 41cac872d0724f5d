"""The page of the reference says what the element table says."""

from pathlib import Path

import pyarrow as pa

from tidewaiter.intake.wco.elements import DECLARATION, REPORT, Part
from tidewaiter.intake.wco.reference import wco_markdown
from tidewaiter.schemas import CONSIGNMENT

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "wco-data-model.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == wco_markdown(), "write it again with ./tw docs"


def test_the_table_names_columns_that_exist() -> None:
    nested = {
        part.name
        for column in CONSIGNMENT
        if pa.types.is_list(column.type) and pa.types.is_struct(column.type.value_type)
        for part in column.type.value_type
    }
    known = set(CONSIGNMENT.names) | nested

    def columns(parts: tuple[Part, ...]) -> set[str]:
        found: set[str] = set()
        for part in parts:
            found.update(name.partition("[")[0].strip() for name in part.column.split(",") if name.strip())
            found |= columns(getattr(part, "inside", ()))
        return found

    assert columns((*DECLARATION, *REPORT)) <= known
