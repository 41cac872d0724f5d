"""Reading YAML into nodes that know their place, and nothing else.

Only the event stream of PyYAML is used. No value is resolved here: ``NO`` stays the letters N and O (Norway, not
false), ``0901`` stays four digits, ``22:00`` stays a time; the field that takes the value decides what it means. Tags,
anchors, aliases, a second document and duplicate keys are refused; size, depth and number of nodes are bounded.
"""

from dataclasses import dataclass
from typing import NoReturn

import yaml

MAX_BYTES = 32 << 20
MAX_DEPTH = 40
MAX_NODES = 4_000_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, number or text, as written."""

    text: str
    plain: bool
    line: int
    column: int

    @property
    def empty(self) -> bool:
        """True where nothing was written, or only YAML's words for nothing."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the text. Duplicate keys stand in ``repeated``."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    repeated: tuple[Scalar, ...]
    line: int
    column: int

    def get(self, key: str) -> "Node | None":
        """The value of a key; None where it is absent."""
        return next((value for name, value in self.entries if name.text == key), None)

    def keys(self) -> list[str]:
        """The keys, as written."""
        return [name.text for name, _ in self.entries]


Node = Scalar | Sequence | Mapping


class Unreadable(ValueError):
    """The text is no YAML, or YAML of a kind that profiles may not use. Knows line and column, from 1."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class _Open:
    """A list or mapping whose end has not been read yet."""

    def __init__(self, mapping: bool, line: int, column: int) -> None:
        self.mapping = mapping
        self.line = line
        self.column = column
        self.children: list[Node] = []

    def close(self) -> Node:
        if not self.mapping:
            return Sequence(tuple(self.children), self.line, self.column)
        entries: list[tuple[Scalar, Node]] = []
        repeated: list[Scalar] = []
        seen: set[str] = set()
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise Unreadable("A key must be a single word.", key.line, key.column)
            if key.text in seen:
                repeated.append(key)
            else:
                seen.add(key.text)
                entries.append((key, value))
        return Mapping(tuple(entries), tuple(repeated), self.line, self.column)


def read_yaml(data: bytes) -> Node | None:
    """Read one YAML document; None where it is empty. Raises Unreadable at the first thing that cannot be read."""
    if len(data) > MAX_BYTES:
        raise Unreadable(f"The file has {len(data):,} bytes; {MAX_BYTES:,} are the most. Split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise Unreadable("The file is not UTF-8 text. Save it as UTF-8.", line, column) from error
    try:
        return _build(text)
    except yaml.reader.ReaderError as error:
        _reader_error(text, error)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = "; ".join(part for part in (error.context, error.problem) if part)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise Unreadable(f"This is not YAML: {words}.", line, column) from error


def _reader_error(text: str, error: yaml.reader.ReaderError) -> NoReturn:
    bad = next((place for place, sign in enumerate(text) if sign < " " and sign not in "\t\n\r"), None)
    if bad is None:
        raise Unreadable("The text holds a character that YAML does not allow.") from error
    before = text[:bad]
    column = bad - (before.rfind("\n") + 1) + 1
    raise Unreadable("The text holds a control character.", before.count("\n") + 1, column) from error


def _build(text: str) -> Node | None:
    stack: list[_Open] = []
    root: Node | None = None
    count = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise Unreadable("A second document begins here; a file holds one.", line, column)
        if isinstance(event, yaml.NodeEvent):
            count += 1
            _refuse(event, line, column, count)
        done: Node | None = None
        if isinstance(event, yaml.ScalarEvent):
            done = Scalar(event.value, event.style in (None, ""), line, column)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            stack.append(_Open(isinstance(event, yaml.MappingStartEvent), line, column))
            if len(stack) > MAX_DEPTH:
                raise Unreadable(f"This is nested more than {MAX_DEPTH} deep.", line, column)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = stack.pop().close()
        if done is not None and stack:
            stack[-1].children.append(done)
        elif done is not None:
            root = done
    return root


def _refuse(event: yaml.NodeEvent, line: int, column: int, count: int) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise Unreadable(f"'*{event.anchor}' repeats another part; write it out.", line, column)
    if event.anchor is not None:
        raise Unreadable(f"'&{event.anchor}' names a part to repeat it; that is not allowed.", line, column)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise Unreadable(f"The tag '{tag}' is not allowed; write the value alone.", line, column)
    if count > MAX_NODES:
        raise Unreadable(f"The file has more than {MAX_NODES:,} values. Split it.", line, column)
