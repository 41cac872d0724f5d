"""Reading: `search` for records by words, `references` for consignments of the lake, `answer` for both at once."""

from tidewaiter.node.search.queries.answer import Answer, answer, suggestions
from tidewaiter.node.search.queries.found import Found
from tidewaiter.node.search.queries.words import search

__all__ = ["Answer", "Found", "answer", "search", "suggestions"]
