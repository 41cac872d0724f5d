"""A line of terms.csv is used or reported with its place; never neither."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.screening.lists import ListError
from tidewaiter.screening.terms import Terms

HEADER = "term_id,term,language,kind,brand,mandatory,priority,channel,match,unless\n"
GOOD = "T1,Nikora,en,brand,Nikora,no,50,physical,word,compatible with|for\n"


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "terms.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_list_is_read_whole(tmp_path: Path) -> None:
    path = written(tmp_path, "\ufeff" + HEADER + GOOD + "\n" + 'T2,"尼柯, 拉",,brand,,,,,,\n')
    terms, problems = Terms.load(path)
    assert problems == []
    assert [(term.term_id, term.text, term.language, term.match) for term in terms] == [
        ("T1", "Nikora", "en", "word"),
        ("T2", "尼柯, 拉", "und", "word"),
    ]
    assert [term.unless for term in terms] == [("compatible with", "for"), ()]
    assert len(terms) == 2
    assert terms.digest == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("T2,,en,brand,,no,50,,word,", "term", "nothing stands here"),
        (",Velmar,en,brand,,no,50,,word,", "term_id", "nothing stands here"),
        ("T2,Velmar,fr,brand,,no,50,,word,", "language", "'fr' is none of zh-Hans, zh-Hant"),
        ("T2,Velmar,en,logo,,no,50,,word,", "kind", "'logo' is none of brand, product"),
        ("T2,Velmar,en,brand,,maybe,50,,word,", "mandatory", "neither yes nor no"),
        ("T2,Velmar,en,brand,,no,101,,word,", "priority", "0 to 100"),
        ("T2,Velmar,en,brand,,no,-1,,word,", "priority", "0 to 100"),
        ("T2,Velmar,en,brand,,no,5,xray,word,", "channel", "'xray' is none of documentary"),
        ("T2,Velmar,en,brand,,no,5,,regex,", "match", "'regex' is none of word, anywhere"),
        ("T2,...,en,brand,,no,5,,word,", "term", "no letter or digit"),
        ("T2,鞋,zh-Hant,product,,no,5,,word,", "term", "single character"),
        ("T1,Velmar,en,brand,,no,5,,word,", "term_id", "'T1' stands on line 2 already"),
        ("T2,Velmar,en", "", "3 fields where the first line names 10"),
        ('T2,Vel"mar",en,brand,,no,5,,word,"x"y', "", "not CSV"),
    ],
)
def test_a_line_that_cannot_be_used_is_reported(tmp_path: Path, line: str, column: str, words: str) -> None:
    path = written(tmp_path, f"{HEADER}{GOOD}{line}\nT9,Last,en,brand,,no,5,,word,\n")
    terms, problems = Terms.load(path)
    assert [term.term_id for term in terms] == ["T1", "T9"], "the rest of the list is used"
    assert [(problem.file, problem.line, problem.column) for problem in problems] == [(str(path), 3, column)]
    assert words in problems[0].message
    assert "left out" in problems[0].message
    assert str(problems[0]).startswith(f"{path}:3: ")


def test_a_line_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path, (HEADER + GOOD).encode() + "T2,鞋類,zh-Hant,product,,no,5,,word,\n".encode("big5"))
    terms, problems = Terms.load(path)
    assert len(terms) == 1
    assert [problem.line for problem in problems] == [3]
    assert "UTF-8" in problems[0].message


def test_a_quote_that_never_closes_is_reported_with_its_extent(tmp_path: Path) -> None:
    path = written(tmp_path, f'{HEADER}{GOOD}T2,"Velmar,en,brand,,no,5,,word,\nT3,Sol,en,brand,,no,5,,word,\n')
    terms, problems = Terms.load(path)
    assert len(terms) == 1
    assert [problem.line for problem in problems] == [3]
    assert "lines 3 to 4" in problems[0].message


def test_an_unknown_column_is_reported_and_the_lines_are_used(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER.strip() + ",note\n" + GOOD.strip() + ",hm\n")
    terms, problems = Terms.load(path)
    assert len(terms) == 1
    assert [(problem.line, problem.column) for problem in problems] == [(1, "note")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("\n" + HEADER, "is empty"),
        ("term_id,kind\n", "no column term, language"),
        (HEADER.strip() + ",term\n", "the column term is named more than once"),
        ('term_id,"term\n', "the first line is not CSV"),
    ],
)
def test_a_list_without_columns_is_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(ListError, match=words):
        Terms.load(written(tmp_path, content))


def test_a_missing_file_is_the_caller_s_to_report(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Terms.load(tmp_path / "none.csv")


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40) | st.sampled_from([GOOD.encode(), b'"', b"\n", b",,,,,,,,,"]), max_size=12))
def test_any_bytes_after_the_header_are_used_or_reported(parts: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        path = written(Path(folder), HEADER.encode() + b"".join(parts))
        terms, problems = Terms.load(path)
    text = b"".join(parts).decode("utf-8", errors="replace")
    assert len(terms) <= 1 + text.count("T1")
    # Lines whose fields are all empty are blank lines.
    assert terms or problems or not text.strip(' ,"\r\n')


def test_a_field_beyond_all_measure_is_reported(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADER}T2,{'x' * 200_000},en,brand,,no,5,,word,\n{GOOD}")
    terms, problems = Terms.load(path)
    assert [term.term_id for term in terms] == ["T1"]
    assert [problem.line for problem in problems] == [2]
