"""Whatever comes: nothing raises, and what is read is accepted or rejected."""

from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.wco.elements import DECLARATION, REPORT, Element, Part


def _names(parts: tuple[Part, ...]) -> set[str]:
    names: set[str] = set()
    for part in parts:
        names.update(part.path.split("/"))
        if not isinstance(part, Element):
            names |= _names(part.inside)
    return names


NAMES = sorted(
    _names(DECLARATION) | _names(REPORT) | {"Declaration", "MetaData", "FullDeclarationDataDetails", "Unknown"}
)
TEXT = st.one_of(
    st.sampled_from(["", " ", "9", "13", "COR", "INV", "IMA", "1", "-5", "1e9", "9" * 20, "20260504", "HK"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
TREES = st.recursive(
    st.tuples(st.sampled_from(NAMES), TEXT),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=5)),
    max_leaves=25,
)
OTHER_UNITS = st.sampled_from(["", ' unitCode="GRM"', ' currencyID="hkd"', ' formatCode="205"', ' unitCode="?"'])


def _xml(tree: Any, attributes: str) -> str:
    name, inside = tree
    content = escape(inside) if isinstance(inside, str) else "".join(_xml(child, attributes) for child in inside)
    return f"<{name}{attributes}>{content}</{name}>"


@settings(max_examples=60, deadline=None)
@given(trees=st.lists(TREES, max_size=4), attributes=OTHER_UNITS)
def test_any_tree_of_known_elements(read: Callable[..., Any], trees: list[Any], attributes: str) -> None:
    body = "".join(_xml(tree, attributes) for tree in trees)
    declaration = f"<Declaration><FunctionCode>9</FunctionCode><ID>N1</ID>{body}</Declaration>"
    reading = read(f"<all>{declaration}{declaration}</all>")
    assert len(reading.rows) + len(reading.rejects) == 2


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_mutated_document(
    read: Callable[..., Any], wrap: Callable[..., str], import_declaration: str, data: st.DataObject
) -> None:
    document = bytearray(wrap(import_declaration).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(document) - 1))
        match data.draw(st.sampled_from(["cut", "drop", "change", "repeat"])):
            case "cut":
                del document[at + 1 :]
            case "drop":
                del document[at : at + data.draw(st.integers(1, 80))]
                document = document or bytearray(b"<")
            case "change":
                document[at] = data.draw(st.integers(0, 255))
            case "repeat":
                document[at:at] = document[at : at + 200]
    reading = read(bytes(document))
    assert len(reading.rows) + len(reading.rejects) >= 1


@settings(max_examples=100, deadline=None)
@given(document=st.binary(min_size=1, max_size=300))
def test_any_bytes(read: Callable[..., Any], document: bytes) -> None:
    assert len(read(document).rejects) == 1
