"""The reference of what is read from a WCO Data Model declaration, made from the element table itself."""

from collections.abc import Iterable, Iterator

from tidewaiter.intake.wco.codes import DOCUMENT_TYPES, FUNCTIONS, MEANS_TYPES, REQUESTS
from tidewaiter.intake.wco.doubts import FLAG_MEANINGS
from tidewaiter.intake.wco.elements import DECLARATION, PARTY, REPORT, Element, Part

__all__ = ["wco_markdown"]

_INTRODUCTION = """\
# WCO Data Model declarations

Made from the element table in the code by `./tw docs`; do not edit by hand.

Tidewaiter reads declarations of the WCO Data Model, version 3.6, message DEC, as XML. A file may hold one or many, bare
or in the wrappers `MetaData`, `submitDeclarationRequest` and `DeclarationFullResponse`. Elements are known by their
local names, so the namespaces of a customisation do not matter. What stands in no table below is passed over.

A document type is refused, since it can define entities; nothing outside the document is ever opened. What is not
well-formed is refused with its line; declarations that ended before the fault are kept.
"""


def wco_markdown() -> str:
    """Give the page docs/reference/wco-data-model.md."""
    functions = [(code, "any", function.value) for code, (function, _) in FUNCTIONS.items()]
    functions += [("13", kind, function.value) for kind, function in REQUESTS.items()]
    functions.append(("any, within `FullDeclarationDataDetails`", "any", "report"))
    lines = [_INTRODUCTION]
    lines += _table("Messages", ("FunctionCode", "TypeCode", "read as"), functions)
    lines += _table("Elements below `Declaration`", _HEADS, _rows(DECLARATION))
    lines += _table("Elements of a party", _HEADS, _rows(PARTY))
    lines += _table("Elements of a report, below `FullDeclarationDataDetails`", _HEADS, _rows(REPORT))
    means = [*MEANS_TYPES.items(), ("any other", "other")]
    lines += _table("Means of transport", ("IdentificationTypeCode", "reference"), means)
    documents = [*DOCUMENT_TYPES.items(), ("any other, of a previous document", "previous_document")]
    lines += _table("Documents", ("TypeCode", "reference"), documents)
    lines += _table("Flags of this format", ("flag", "meaning"), FLAG_MEANINGS.items())
    return "\n".join(lines)


_HEADS = ("element", "column", "note")


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    body = [f"| {' | '.join(row)} |" for row in rows]
    return [f"## {title}", "", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", *body, ""]


def _rows(parts: tuple[Part, ...], above: str = "", column: str = "") -> Iterator[tuple[str, str, str]]:
    """One row for each element; those of a party are listed once, in a table of their own."""
    for part in parts:
        path = f"{above}{part.path}"
        if isinstance(part, Element):
            places = ".".join(place for place in (column, part.column) if place)
            yield f"`{path}`", places if part.column else "", part.note
        elif part.inside is PARTY:
            yield f"`{path}`", part.column, part.note or "a party"
        else:
            yield f"`{path}`", part.column, part.note or "may occur more than once"
            yield from _rows(part.inside, f"{path}/", "goods" if part.name == "items" else column)
