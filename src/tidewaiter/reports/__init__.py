"""Statements and situation reports as values: figures in, a document out, then HTML, PDF and CSV of it.

Unlike things are never added here either: units, currencies, value bases and stages stand apart, with the reason. The
same input gives the same bytes. Numbers, dates and money are written by whoever calls (`Writer`), because the rules of
a language have one home.
"""

from tidewaiter.reports.document import (
    Block,
    Cell,
    Document,
    Group,
    Heading,
    Notes,
    NoTotal,
    Paragraph,
    Run,
    Table,
    as_text,
)
from tidewaiter.reports.figures_csv import figures_csv
from tidewaiter.reports.fonts import FontsMissing, chinese_fonts
from tidewaiter.reports.pdf import as_pdf
from tidewaiter.reports.situation import Situation, situation_document
from tidewaiter.reports.statement import Sampled, Statement, Tips, statement_document
from tidewaiter.reports.words import Writer, word

__all__ = [
    "Block",
    "Cell",
    "Document",
    "FontsMissing",
    "Group",
    "Heading",
    "NoTotal",
    "Notes",
    "Paragraph",
    "Run",
    "Sampled",
    "Situation",
    "Statement",
    "Table",
    "Tips",
    "Writer",
    "as_pdf",
    "as_text",
    "chinese_fonts",
    "figures_csv",
    "situation_document",
    "statement_document",
    "word",
]
