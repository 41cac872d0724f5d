"""A document as PDF, set by typst: no network, no system fonts but the named ones, the same bytes each time.

The document goes in as JSON data beside a fixed template, so that no text of anybody is ever read as markup.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from tidewaiter.reports.document import Block, Cell, Document, Heading, Notes, NoTotal, Paragraph, Table
from tidewaiter.reports.fonts import FAMILIES, chinese_fonts


def as_pdf(document: Document, at: datetime, folders: Iterable[Path] = ()) -> bytes:
    """Set ``document`` as A4 pages; ``at`` is the moment that the file itself bears. Raises FontsMissing."""
    fonts = chinese_fonts(folders)
    template = files("tidewaiter.reports").joinpath("data", "paper.typ").read_bytes()
    made = typst.compile(
        template,
        format="pdf",
        font_paths=typst.Fonts(font_paths=[fonts], include_system_fonts=False),
        ignore_system_fonts=True,
        sys_inputs={"document": json.dumps(_plain(document), ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


def _plain(document: Document) -> dict[str, Any]:
    language, _, script = document.language.partition("-")
    return {
        "lang": language,
        "region": {"Hant": "HK", "Hans": "CN", "Hant-MO": "MO"}.get(script, ""),
        "fonts": ["Libertinus Serif", *FAMILIES.get(document.language, FAMILIES["zh-Hant"])],
        "kind": document.kind,
        "title": document.title,
        "subtitle": document.subtitle,
        "parties": list(document.party_names),
        "handling": f"TLP:{document.handling.upper()}",
        "synthetic": document.synthetic,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"is": "heading", "text": text}
        case Paragraph(runs, lead):
            return {"is": "paragraph", "lead": lead, "runs": [[run.text, run.strong] for run in runs]}
        case Notes(lines):
            return {"is": "notes", "lines": list(lines)}
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for group in table.groups:
        if group.title:
            rows.append({"of": "group", "cells": [{"text": group.title, "columns": len(table.columns), "end": False}]})
        rows += [{"of": "row", "cells": [_cell(cell) for cell in row]} for row in group.rows]
        if group.foot:
            rows.append({"of": "foot", "cells": [_cell(cell) for cell in group.foot]})
    return {"is": "table", "head": [_cell(cell) for cell in table.columns], "rows": rows}


def _cell(cell: Cell | NoTotal) -> dict[str, Any]:
    if isinstance(cell, NoTotal):
        return {"text": f"≠ {cell.reason}", "columns": cell.columns, "end": False}
    return {"text": cell.text, "columns": 1, "end": cell.figures}
