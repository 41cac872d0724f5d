"""What folding makes one, what it leaves apart, and that the quick form for columns agrees with the careful one."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidewaiter.names import compact, compact_column, fold, fold_column, fold_name, fold_name_column, fold_text
from tidewaiter.names.characters import fold_character

# All of Unicode, and often the characters that meet in declarations.
TRICKY = st.sampled_from(
    "NIKOniko 0O1lI!$@-._'·、。，「」ＮＩ　éçãõ鞋類後里裡裏运運動著着ÅßŁøﬁ½㎏™®ΝНІ🅝🇰😀👟\t\n\u200b\u0301\ufe0f"
    "\u20e3\ue3c5\uffff\ufffe\x00\u3000がﾞ각\u1100\u1161\U0002f800\u2f00"
)
TEXTS = st.text(st.one_of(TRICKY, st.characters(exclude_categories=["Cs"])), max_size=40)
COLUMNS = st.lists(st.one_of(st.none(), TEXTS, st.text(st.characters(max_codepoint=127))), max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＮＩＫＯ　ｓｈｏｅｓ", "niko shoes"),
        ("calçado de couro", "CALCADO DE COURO"),
        ("Łódź Øresund", "lodz oresund"),
        ("e\u0301te\u0301", "été"),
        ("運動鞋類", "运动鞋类"),
        ("裏布 裡布", "里布 里布"),
        ("穿著", "穿着"),
        ("Ni\u200bko\u2060", "niko"),
        ("Niko™ ", "niko"),
        ("a \t\r\n\u3000 b", "a b"),
        ("「男裝」—２件、", '"男装"-2件,'),
        ("郭淑\ue3c5", "郭淑菁"),
        ("㎏ ﬁne ①", "kg fine 1"),
        ("STRASSE", "straße"),
        ("ｶﾞﾗｽ", "ガラス"),
    ],
)
def test_differently_written_texts_fold_alike(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("niko", "n1ko"), ("veloura-mar", "veloura mar"), ("ni ko", "niko"), ("A&B", "A B"), ("か", "が")],
)
def test_folding_does_not_guess(one: str, other: str) -> None:
    assert fold_text(one) != fold_text(other)


def test_a_piece_of_the_folded_text_is_shown_as_declared() -> None:
    declared = "正品 ＮＩＫＯ\u200b  calc\u0327ado"
    folded = fold(declared)
    start = folded.text.index("niko")
    assert declared[slice(*folded.origin(start, start + 4))] == "ＮＩＫＯ"
    start = folded.text.index("calc")
    assert declared[slice(*folded.origin(start, start + 4))] == "calc\u0327", "the mark belongs to its letter"


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 5)])
def test_no_place_for_what_is_not_there(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no piece"):
        fold("niko").origin(start, end)


@settings(deadline=None)
@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    once = fold_text(text)
    assert fold_text(once) == once
    assert fold_name(fold_name(text)) == fold_name(text)
    assert compact(compact(text)) == compact(text)


@settings(deadline=None)
@given(TEXTS)
def test_offsets_lie_within_the_original_and_in_order(text: str) -> None:
    folded = fold(text)
    assert folded.text == fold_text(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)


@settings(deadline=None)
@given(TEXTS)
def test_each_piece_comes_from_characters_that_fold_to_it(text: str) -> None:
    folded = fold(text)
    for place, character in enumerate(folded.text):
        assert character in "".join(map(fold_character, text[folded.starts[place] : folded.ends[place]]))


@settings(max_examples=300, deadline=None)
@given(COLUMNS)
@example(["\uffff", "a\uffffb", None, "", "é"])
@example([" a", "b ", " ", "é ", " é"])
def test_a_column_folds_as_its_rows_do(rows: list[str | None]) -> None:
    for kind in (pa.string(), pa.large_string()):
        column = pa.array(rows, kind)
        for bulk, one in ((fold_column, fold_text), (fold_name_column, fold_name), (compact_column, compact)):
            assert bulk(column).to_pylist() == [None if row is None else one(row) for row in rows]


def test_every_code_point_folds_alike_in_bulk() -> None:
    # The planes that hold characters, and the ends of the empty and private ones.
    blocks = (range(0xD800), range(0xE000, 0x32400), range(0x3FFF0, 0x40010), range(0xDFFF0, 0xE1010))
    points = [chr(code) for block in (*blocks, range(0x10FFF0, 0x110000)) for code in block]
    rows = ["a" + "b".join(points[start : start + 512]) + "c" for start in range(0, len(points), 512)]
    assert fold_column(pa.array(rows)).to_pylist() == list(map(fold_text, rows))


def test_a_slice_of_a_column_folds_alone() -> None:
    column = pa.array(["A", "É", None, "Ｂ", "c"]).slice(1, 3)
    assert fold_column(column).to_pylist() == ["e", None, "b"]
