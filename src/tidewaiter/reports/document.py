"""A document as a value, ready for any output: headings, paragraphs with figures in them, tables that refuse to add."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. A figure stands in bold and may lead to the records that it counts (``link``)."""

    text: str
    strong: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``lead`` marks the first one."""

    runs: tuple[Run, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``party`` is the code of an administration, whose mark it bears, ``basis`` a value basis."""

    text: str
    link: str = ""
    party: str = ""
    basis: str = ""
    figures: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class NoTotal:
    """A cell over several columns where a total would mislead, with the reason."""

    reason: str
    columns: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of a table that are alike in stage and finality. ``title`` is empty where the table has one group only."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell | NoTotal, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first column heads each row."""

    caption: str
    columns: tuple[Cell, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What one must know to read the figures."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Table | Notes


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper in one language (BCP 47). ``handling`` is a label of the Traffic Light Protocol in lower case."""

    language: str
    kind: str
    title: str
    subtitle: str
    parties: tuple[str, ...]
    party_names: tuple[str, ...]
    handling: str
    blocks: Sequence[Block] = field(default=())
    synthetic: str = ""
    """Words that say that all data are invented; empty where they are not."""


def as_text(document: Document) -> str:
    """The document as plain text, for whoever can take no more: what is exchanged as the words of a statement."""
    lines = [document.title, document.subtitle, *([document.synthetic] if document.synthetic else []), ""]
    for block in document.blocks:
        lines += [*_lines(block), ""]
    return "\n".join(lines).strip() + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Paragraph):
        return ["".join(run.text for run in block.runs)]
    if isinstance(block, Notes):
        return [f"{number}. {line}" for number, line in enumerate(block.lines, 1)]
    found = [" | ".join(cell.text for cell in block.columns)]
    for group in block.groups:
        found += [group.title] if group.title else []
        found += [" | ".join(cell.text for cell in row) for row in group.rows]
        if group.foot:
            found.append(" | ".join(cell.reason if isinstance(cell, NoTotal) else cell.text for cell in group.foot))
    return found
