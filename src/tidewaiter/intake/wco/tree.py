"""Walk a message along the element table, once, and keep what the table names."""

from typing import Any

from lxml import etree

from tidewaiter.intake.wco.elements import Element, Part

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


class _Tags(dict[str, "Node | None"]):
    """Children by their full tag, as far as met: namespaces are taken off only once for each."""

    def __init__(self, known: "dict[str, Node]") -> None:
        super().__init__()
        self._known = known

    def __missing__(self, tag: str) -> "Node | None":
        found = self._known.get(tag.rpartition("}")[2])
        if len(self) < _REMEMBERED_TAGS:
            self[tag] = found
        return found


class Node:
    """A place in the tree of known elements: its value, and what may stand below it."""

    __slots__ = ("attribute", "children", "group", "joined", "kind", "path", "slot", "tags")

    def __init__(self, path: str) -> None:
        self.path = path
        self.slot: str | None = None
        self.joined = False
        self.attribute: str | None = None
        self.group: str | None = None
        self.kind = ""
        self.children: dict[str, Node] = {}
        self.tags: _Tags | None = None
        """None where nothing below is known."""


def compiled(path: str, parts: tuple[Part, ...]) -> Node:
    """Build the tree of known elements from a table; ``path`` is the name of its root."""
    root = Node(path)
    for part in parts:
        node = root
        for name in part.path.split("/"):
            node = node.children.setdefault(name, Node(f"{node.path}/{name}"))
        if isinstance(part, Element):
            node.slot, node.attribute, node.joined = part.slot, part.attribute, part.joined
        else:
            node.group, node.kind = part.name, str(part.kind)
            node.children = compiled(node.path, part.inside).children
    _know_tags(root)
    return root


def _know_tags(node: Node) -> None:
    for child in node.children.values():
        _know_tags(child)
    node.tags = _Tags(node.children) if node.children else None


def record_of(element: etree._Element, node: Node, max_field_bytes: int) -> Record:
    """Keep what ``node`` knows of an element. Raises `FieldTooLong`."""
    record: Record = {}
    if node.tags is not None:
        _walk(element, node.tags, record, max_field_bytes)
    return record


def _walk(element: etree._Element, tags: _Tags, record: Record, limit: int) -> None:
    """Keep what is known below an element. The innermost loop of the reader: it calls nothing for a plain value."""
    for child in element[:]:
        known = tags[child.tag]
        if known is None:
            continue
        slot = known.slot
        if slot is not None and (text := child.text) and (text := text.strip()):
            if len(text) * 4 > limit:
                _check_length(text, child, known.path, limit)
            if slot in record:
                _repeat(record, slot, text, known.joined)
            else:
                record[slot] = text
                if known.attribute is not None:
                    record[slot + "@"] = child.get(known.attribute)
        below = known.tags
        if below is None:
            continue
        group = known.group
        if group is None:
            _walk(child, below, record, limit)
        else:
            inner: Record = {"kind": known.kind}
            if group in record:
                record[group].append(inner)
            else:
                record[group] = [inner]
            _walk(child, below, inner, limit)


def _check_length(text: str, child: etree._Element, path: str, limit: int) -> None:
    if (length := len(text.encode())) > limit:
        raise FieldTooLong(path, child.sourceline, length)


def _repeat(record: Record, slot: str, text: str, joined: bool) -> None:
    if joined:
        record[slot] = f"{record[slot]}, {text}"
    else:
        record.setdefault(REPEATED, []).append(slot)
