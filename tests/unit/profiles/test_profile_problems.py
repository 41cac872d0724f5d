"""A wrong file says everything that is wrong with it, where, and what was probably meant."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.screening.profiles import Problem, ProfileErrors, Profiles

DAY = date(2026, 5, 20)
Text = Callable[..., str]


def problems(text: str | bytes) -> tuple[Problem, ...]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ProfileErrors) as caught:
        Profiles.read(data, "profiles.yaml", DAY)
    return caught.value.problems


def test_all_problems_of_a_file_are_told_at_once() -> None:
    text = """profiles:
  - id: A
    owner: Targeting
    purpose: Test
    valid: {from: 2026-05-01, until: 2026-06-31}
    channel: fysical
    priority: 101
    sentence: Costs {value_per_peace}
    colour: red
    when:
      all:
        - {field: regmie, is: export}
        - {field: regime, is: exprot}
        - {field: destination.country, region: north_amerika}
        - {field: value, below: 5}
        - {field: hs, prefix: "64.03"}
        - {field: regime, above: 3}
        - item: {field: regime, is: export}
  - id: A
    when: {field: courier, is: maybe}
"""
    found = {(problem.line, problem.column, problem.profile, problem.field): str(problem) for problem in problems(text)}
    expected = {
        (5, 38, "A", "valid.until"): "'2026-06-31' is not a date",
        (6, 14, "A", "channel"): "Did you mean 'physical'?",
        (7, 15, "A", "priority"): "from 0 to 100",
        (8, 15, "A", "sentence"): "Did you mean 'value_per_piece'?",
        (9, 5, "A", "colour"): "A profile has no 'colour'",
        (12, 19, "A", "regmie"): "Did you mean 'regime'?",
        (13, 31, "A", "regime"): "Did you mean 'export'?",
        (14, 48, "A", "destination.country"): "Did you mean 'north_america'?",
        (15, 26, "A", "value"): "needs its currency",
        (16, 31, "A", "item.hs"): "Did you mean '6403'?",
        (17, 27, "A", "regime"): "takes no 'above'",
        (18, 25, "A", "regime"): "Move it out of the block 'item'",
        (20, 32, "A", "courier"): "neither true nor false",
    }
    for place, words in expected.items():
        assert words in found[place], place
    lacking = {field for line, _, _, field in found if line == 19}
    assert lacking == {"owner", "purpose", "valid", "channel", "priority", "sentence", "id"}
    assert len(found) == len(expected) + len(lacking)


def test_the_error_is_one_readable_text(profile_text: Text) -> None:
    with pytest.raises(ProfileErrors) as caught:
        Profiles.read(profile_text("{field: regmie, is: export}").encode(), "profiles.yaml", DAY)
    heading, line = str(caught.value).splitlines()
    assert heading == "1 problem was found; nothing of the file was used."
    assert line == "profiles.yaml:9:19: profile P-1, regmie: There is no field 'regmie'. Did you mean 'regime'?"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("export", "A condition is wanted here"),
        ("{}", "The condition is empty"),
        ("{all: []}", "at least one"),
        ("{all: {field: regime, is: export}}", "takes a list"),
        ("{alle: [{field: regime, is: export}]}", "Did you mean 'all'?"),
        ("{is: export}", "names no field"),
        ("{field: regime}", "one operator; here: none"),
        ("{field: packages, above: 1, below: 5}", "Use 'between'"),
        ("{field: regime, is: export, not: {field: courier, is: true}}", "stand in one condition"),
        ("{field: regime, is: [export]}", "One value is wanted"),
        ("{field: regime, in: []}", "The list is empty"),
        ("{field: regime, is: ~}", "A value is missing"),
        ("{field: packages, between: [5, 1]}", "Put the lower number first"),
        ("{field: packages, between: [5]}", "two numbers"),
        ('{field: packages, above: "1,000"}', "without commas"),
        ("{field: packages, above: .nan}", "not a number"),
        ("{field: packages, above: 1, currency: USD}", "belongs to a comparison of money"),
        ("{field: value, above: 1, currency: USX}", "no ISO 4217 currency"),
        ("{field: lodged_at, time: {from: 25:00, until: 06:00}}", "not a time of day"),
        ("{field: lodged_at, time: {from: 06:00}}", "needs both"),
        ("{field: lodged_at, time: {from: 06:00, until: 06:00}}", "empty"),
        ("{field: lodged_at, time: 06:00}", "A window is wanted"),
        ("{field: lodged_at, date: {from: 2026-06-02, until: 2026-06-01}}", "ends before it begins"),
        ("{field: lodged_at, date: {}}", "neither 'from' nor 'until'"),
        ("{field: lodged_at, weekday: [satday]}", "Use one of"),
        ("{text: description, contains_any: ['\u200b']}", "nothing that could be searched for"),
        ("{field: origin, is: UK}", "no country"),
        ("{field: name, is: X}", "There is no field 'name'"),
        ("{item: {party: {field: name, is: X}}}", "cannot stand inside"),
        ("{item: {field: consignor.name, is: X}}", "a field of a consignor"),
        ("{term: {kind: trademark}}", "There is no kind 'trademark'"),
        ("{term: {brand: yes}}", "'term' has no 'brand'"),
        ("{term: brand}", "{kind: ...}"),
        ("{field: mode, is: trukc}", "no mode of transport"),
    ],
)
def test_a_wrong_condition_is_explained(profile_text: Text, when: str, words: str) -> None:
    (problem,) = problems(profile_text(when))
    assert words in str(problem)
    assert problem.line == 9
    assert problem.profile == "P-1"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"id": "'a b'"}, "is no identifier"),
        ({"valid": "2026"}, "A period is wanted"),
        ({"valid": "{from: 2026-05-01}"}, "lacks 'until'"),
        ({"valid": "{from: 2026-05-02, until: 2026-05-01}"}, "before it begins"),
        ({"valid": "{from: 2026-05-02, until: 2026-05-03, to: 1}"}, "has no 'to'"),
        ({"priority": "5.5"}, "whole number"),
        ({"sentence": "{}"}, "The sentence is empty"),
        ({"sentence": "{de: Hallo}"}, "no language"),
        ({"sentence": "{en: 'at {prize}'}"}, "names no field"),
        ({"mandatory": "perhaps"}, "neither true nor false"),
        ({"owner": "''"}, "A value is missing"),
        ({"owner": None}, "lacks 'owner'"),
    ],
)
def test_a_wrong_key_is_explained(profile_text: Text, keys: dict[str, str | None], words: str) -> None:
    (problem,) = problems(profile_text(**keys))
    assert words in str(problem)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "does not begin with 'profiles:'"),
        (b"- 1", "does not begin with 'profiles:'"),
        (b"profiles: 3", "A list of profiles is wanted"),
        (b"profiles: [3]", "A profile is wanted"),
        (b"profiles: []\nprofile: []", "nothing is known"),
        (b"profiles: []\nprofiles: []", "given twice"),
        (b"profiles: [\n", "This is not YAML"),
        (b"profiles: []\n---\nprofiles: []", "A second document"),
        (b"profiles: !!python/object/apply:os.system [ls]", "The tag"),
        (b"profiles: &all [*all]", "names a part to repeat it"),
        (b"profiles: [*x]", "repeats another part"),
        (b"profiles: [a, \x00]", "control character"),
        ("profiles: [é]".encode("latin-1"), "not UTF-8"),
        ("profiles: []".encode("utf-16"), "not UTF-8"),
        (b"profiles: " + b"[" * 2000, "nested more than"),
        (b"profiles: " + b"{a: " * 2000, "nested more than"),
        (b"? [a]\n: b", "A key must be a single word"),
    ],
)
def test_what_is_no_file_of_profiles_is_refused(data: bytes, words: str) -> None:
    assert words in str(ProfileErrors(problems(data)))


def test_a_repeated_key_is_refused_at_every_level(profile_text: Text) -> None:
    assert "'owner' is given twice" in str(problems(profile_text() + "    owner: Somebody else\n")[0])
    (problem,) = problems(profile_text("{field: regime, is: export, is: import}"))
    assert "'is' is given twice" in str(problem)


def test_a_code_outside_an_open_list_is_noticed_only(profile_text: Text) -> None:
    text = profile_text("{field: item.unit, is: QQQ}")
    profiles, notices = Profiles.read(text.encode(), "profiles.yaml", DAY)
    assert [profile.id for profile in profiles.running] == ["P-1"]
    assert ["not in our list" in str(notice) for notice in notices] == [True]


WORDS = (
    *("profiles:", "all:", "not:", "item:", "when:", "{field: hs", "prefix: 64}", "id: A"),
    *(",", "[", "]", "{", "}", "'", '"', ":", "#", "---", "&a", "*a", "!!str", "- "),
)
PIECES = st.sampled_from([*WORDS, "\n", "  ", "    ", "\t", "valid: {from: 2026-01-01}", "sentence: {en: {a}}"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_no_text_does_anything_but_load_or_be_refused(text: str) -> None:
    try:
        Profiles.read(text.encode("utf-8", "surrogatepass"), "profiles.yaml", DAY)
    except ProfileErrors as errors:
        assert errors.problems


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_file_loads_or_is_refused(data: st.DataObject) -> None:
    text = (
        b"profiles:\n  - {id: A, owner: B, purpose: C, valid: {from: 2026-05-01, until: 2026-05-31}, channel: physical,"
        b" priority: 5, sentence: {en: 'x {hs}'}, when: {all: [{field: hs, prefix: [64]}, {item: {field: value,"
        b" between: [1, 2], currency: USD}}, {field: lodged_at, time: {from: '22:00', until: '06:00'}}]}}\n"
    )
    place = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 12))
    damaged = text[:place] + data.draw(st.binary(max_size=6)) + text[place + length :]
    try:
        Profiles.read(damaged, "profiles.yaml", DAY)
    except ProfileErrors as errors:
        assert all(problem.message for problem in errors.problems)
