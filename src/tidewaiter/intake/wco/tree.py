"""Walk a message along the element table, once, and keep what the table names."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tidewaiter.intake.wco.elements import Element, Group, Part

__all__ = ["REPEATED", "FieldTooLong", "Node", "Record", "compiled", "record_of"]

Record = dict[str, Any]
"""Texts under their slots, lists of records under the names of their groups."""

REPEATED = "!repeated"
"""Where a record keeps the slots that occurred more than once although only one value can count."""

_REMEMBERED_TAGS = 256


class FieldTooLong(Exception):
    """A value is longer than allowed."""

    def __init__(self, path: str, line: int | None, length: int) -> None:
        super().__init__(f"{path} holds {length:,} bytes")
        self.path = path
        self.line = line
        self.length = length


@dataclass(slots=True)
class Node:
    """A place in the tree of known elements."""

    path: str
    element: Element | None = None
    group: Group | None = None
    children: "dict[str, Node]" = field(default_factory=dict)
    tags: "dict[str, Node | None]" = field(default_factory=dict)
    """Children by their full tag, as far as met: namespaces are taken off only once for each."""

    def child(self, tag: str) -> "Node | None":
        """Give the child of a tag that ``tags`` does not hold yet; None where the table does not name it."""
        found = self.children.get(tag.rpartition("}")[2])
        if len(self.tags) < _REMEMBERED_TAGS:
            self.tags[tag] = found
        return found


def compiled(path: str, parts: tuple[Part, ...]) -> Node:
    """Build the tree of known elements from a table; ``path`` is the name of its root."""
    root = Node(path)
    for part in parts:
        node = root
        for name in part.path.split("/"):
            node = node.children.setdefault(name, Node(f"{node.path}/{name}"))
        if isinstance(part, Element):
            node.element = part
        else:
            node.group = part
            node.children = compiled(node.path, part.inside).children
    return root


def record_of(element: etree._Element, node: Node, max_field_bytes: int) -> Record:
    """Keep what ``node`` knows of an element. Raises `FieldTooLong`."""
    record: Record = {}
    _walk(element, node, record, max_field_bytes)
    return record


def _walk(element: etree._Element, node: Node, record: Record, limit: int) -> None:
    tags = node.tags
    for child in element:
        tag = child.tag
        known = tags[tag] if tag in tags else node.child(tag)
        if known is None:
            continue
        if known.element is not None:
            _keep(child, known.element, known.path, record, limit)
        if known.group is not None:
            below: Record = {"kind": known.group.kind}
            record.setdefault(known.group.name, []).append(below)
            _walk(child, known, below, limit)
        elif known.children:
            _walk(child, known, record, limit)


def _keep(child: etree._Element, element: Element, path: str, record: Record, limit: int) -> None:
    text = child.text
    if text is None or not (text := text.strip()):
        return
    if len(text) * 4 > limit and (length := len(text.encode())) > limit:
        raise FieldTooLong(path, child.sourceline, length)
    slot = element.slot
    if slot in record:
        if element.joined:
            record[slot] = f"{record[slot]}, {text}"
        else:
            record.setdefault(REPEATED, []).append(slot)
        return
    record[slot] = text
    if element.attribute is not None:
        record[slot + "@"] = child.get(element.attribute)
