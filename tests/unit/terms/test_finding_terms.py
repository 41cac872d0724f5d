"""Which words count as a term, how plainly, and which never do. All brands are invented."""

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tidewaiter.names import skeleton
from tidewaiter.screening.terms import Terms


def terms_of(*texts: str, **columns: str) -> Terms:
    terms, problems = Terms.from_rows({"term_id": text, "term": text, "kind": "brand", **columns} for text in texts)
    assert not problems
    return terms


def finds(terms: Terms, text: str) -> list[tuple[str, str, str]]:
    """Give (term, manner, words as declared)."""
    found = list(terms.find(pa.array([text])))
    assert all(text[start:end] == words for _, _, start, end, _, words in found)
    return [(term.term_id, str(manner), words) for term, _, _, _, manner, words in found]


NIKORA = terms_of("Nikora")


@pytest.mark.parametrize(
    ("text", "manner", "words"),
    [
        ("Nikora shoes", "exact", "Nikora"),
        ("NIKORA", "folded", "NIKORA"),
        ("shoes, ＮＩＫＯＲＡ", "folded", "ＮＩＫＯＲＡ"),
        ("Níkõra", "folded", "Níkõra"),
        ("niko\u0301ra\u0301", "folded", "niko\u0301ra\u0301"),
        ("ni\u200bko\u2060ra", "folded", "ni\u200bko\u2060ra"),
        ("Nikora's", "exact", "Nikora"),
        ("NIKORA™ bag", "folded", "NIKORA"),
        ("正品nikora鞋", "folded", "nikora"),
        ("(nikora)", "folded", "nikora"),
        ("nikora2024", "folded", "nikora"),
        ("N I K O R A", "spaced", "N I K O R A"),
        ("N-i-k-o-r-a", "spaced", "N-i-k-o-r-a"),
        ("N.I.K.O.R.A.", "spaced", "N.I.K.O.R.A"),
        ("N👟I👟K👟O👟R👟A", "spaced", "N👟I👟K👟O👟R👟A"),
        ("ni-kora", "spaced", "ni-kora"),
        ("ni*kora", "spaced", "ni*kora"),
        ("2 x N I K O R A 3 pcs", "spaced", "N I K O R A"),
        ("a N I K O R A", "spaced", "N I K O R A"),
        ("N I K O R A  B A G", "spaced", "N I K O R A"),
        ("N1k0ra", "look_alike", "N1k0ra"),
        ("N1K0R4 5", "look_alike", "N1K0R4"),
        ("N.1.K.0.R.A", "look_alike", "N.1.K.0.R.A"),
        ("NΙKΟRΑ", "look_alike", "NΙKΟRΑ"),
        ("nіkоrа", "look_alike", "nіkоrа"),
        ("nikor@", "look_alike", "nikor@"),
        ("n!kora", "look_alike", "n!kora"),
        ("🅝🅘🅚🅞🅡🅐", "look_alike", "🅝🅘🅚🅞🅡🅐"),
        ("NlKORA", "look_alike", "NlKORA"),
        ("𝐍𝐢𝐤𝐨𝐫𝐚", "folded", "𝐍𝐢𝐤𝐨𝐫𝐚"),
    ],
)
def test_a_brand_is_found_in_disguise(text: str, manner: str, words: str) -> None:
    assert finds(NIKORA, text) == [("Nikora", manner, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "snikorap",
        "nikoras",
        "mini korat",
        "Ni Kora",
        "nik, ora",
        "nik/ora",
        "90nikora",
        "nlkora",
        "411 k0r4",
        "p a n i k o r a m a",
        "t h e s e n i k o r a s",
        "aniko ra",
        "nik(ora)",
    ],
)
def test_no_nonsense(text: str) -> None:
    assert finds(NIKORA, text) == []


def test_too_many_digits_are_a_number() -> None:
    terms = terms_of("bolo", "sels")
    assert finds(terms, "8010 5315") == []
    assert finds(terms, "80L0") == []
    assert finds(terms, "B0L0") == [("bolo", "look_alike", "B0L0")]


def test_letters_that_look_alike_only_in_mixed_case_do_not_make_words_one() -> None:
    terms = terms_of("mallo")
    assert finds(terms, "mailo Mailo MAILO") == []
    assert finds(terms, "maIlo") == [("mallo", "look_alike", "maIlo")]


@pytest.mark.parametrize("text", ["silvqer", "v q", "V.Q", "vq8", "8vq", "vg"])
def test_short_terms_are_never_disguised(text: str) -> None:
    assert finds(terms_of("vq"), text) == []


def test_short_terms_are_words() -> None:
    terms = terms_of("vq", "d&q", "q b")
    assert finds(terms, "VQ bag, 真vq包") == [("vq", "folded", "VQ"), ("vq", "exact", "vq")]
    assert finds(terms, "D\u200b&Q d & q d q dq") == [("d&q", "folded", "D\u200b&Q")]
    assert finds(terms, "Q   b’s") == [("q b", "folded", "Q   b")]


def test_short_terms_do_not_reach_over_rows() -> None:
    assert not list(terms_of("q b").find(pa.array(["q", "b", "é q", "b é"])))


@pytest.mark.parametrize(
    ("text", "manner", "words"),
    [
        ("新款尼柯拉鞋", "exact", "尼柯拉"),
        ("新款尼 柯 拉 鞋", "spaced", "尼 柯 拉"),
        ("尼-柯·拉", "spaced", "尼-柯·拉"),
        ("尼👟柯👟拉", "spaced", "尼👟柯👟拉"),
        ("尼，柯，拉", "spaced", "尼，柯，拉"),
        ("尼柯 拉", "spaced", "尼柯 拉"),
    ],
)
def test_chinese_terms_are_found_anywhere(text: str, manner: str, words: str) -> None:
    assert finds(terms_of("尼柯拉"), text) == [("尼柯拉", manner, words)]


def test_both_scripts_are_one() -> None:
    terms = terms_of("飛馬龍", "飞鱼")
    assert finds(terms, "飞马龙 飛馬龍 飛魚") == [
        ("飛馬龍", "folded", "飞马龙"),
        ("飛馬龍", "exact", "飛馬龍"),
        ("飞鱼", "folded", "飛魚"),
    ]


@pytest.mark.parametrize("text", ["性能尼，柯重", "性能尼 柯重", "尼柯。拉", "尼、柯拉"])
def test_the_end_of_one_phrase_and_the_start_of_the_next_are_no_term(text: str) -> None:
    assert "尼柯拉" not in [term for term, _, _ in finds(terms_of("尼柯拉"), text)]
    assert finds(terms_of("尼柯"), text.replace("尼柯", "")) == []


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Vel-mar", "exact"),
        ("VEL–MAR", "folded"),
        ("vel mar", "spaced"),
        ("velmar", "spaced"),
        ("v e l m a r", "spaced"),
        ("V E L - M A R", "spaced"),
        ("vel m4r", "look_alike"),
    ],
)
def test_terms_of_several_words(text: str, manner: str) -> None:
    assert finds(terms_of("Vel-mar"), text) == [("Vel-mar", manner, text)]


@pytest.mark.parametrize("text", ["vel, mar", "vel. Mar", "vel ma r", "vel\nmar"])
def test_words_of_different_phrases_are_no_term(text: str) -> None:
    assert finds(terms_of("Vel-mar"), text) == []


def test_portuguese_with_and_without_accents() -> None:
    terms = terms_of("calçado desportivo", language="pt")
    assert finds(terms, "CALCADO DESPORTIVO") == [("calçado desportivo", "folded", "CALCADO DESPORTIVO")]


def test_anywhere_means_inside_words() -> None:
    assert finds(terms_of("velno", match="anywhere"), "xvelnox") == [("velno", "exact", "velno")]
    assert finds(terms_of("vq", match="anywhere"), "xVQx") == [("vq", "folded", "VQ")]


@pytest.mark.parametrize("text", ["case compatible with Nikora", "適用於 Nikora 手機殼", "Compatible  WITH nikora"])
def test_a_phrase_cancels_the_hit(text: str) -> None:
    terms = terms_of("nikora", unless="compatible with| 适用于 |")
    assert finds(terms, text) == []


def test_a_phrase_cancels_only_as_words() -> None:
    terms = terms_of("nikora", unless="fit")
    assert finds(terms, "nikora outfits") != []
    assert finds(terms, "will fit nikora") == []


@settings(deadline=None)
@given(st.text(st.sampled_from("NIKORAnikora0134@! .-_é，尼👟\u200b\u0301ﬁНо"), max_size=30))
def test_what_is_found_is_as_declared_and_shares_the_skeleton(text: str) -> None:
    for term, row, start, end, _, words in NIKORA.find(pa.array(["", text])):
        assert row == 1
        assert text[start:end] == words
        assert [piece.shape for piece in term.pieces] == list("nikora")


@settings(deadline=None)
@given(
    st.text(st.characters(categories=["P", "Z", "So"]), min_size=1, max_size=2),
    st.sampled_from(["Nikora", "NIKORA", "nikora"]),
)
def test_any_mark_between_all_letters_is_seen_through(mark: str, word: str) -> None:
    assume(not skeleton(mark))
    declared = mark.join(word)
    assert [term for term, _, _ in finds(NIKORA, declared)] == ["Nikora"]


def test_marks_at_the_ends_of_a_term_count() -> None:
    terms = terms_of(".veq", "(velno)")
    assert finds(terms, "the .VEQ kit, veq") == [(".veq", "folded", ".VEQ")]
    assert finds(terms, "a (velno) b") == [("(velno)", "exact", "(velno)")]
    assert finds(terms, "a velno b") == [("(velno)", "spaced", "velno")]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(str.strip))
def test_any_term_is_found_in_itself(text: str) -> None:
    terms, problems = Terms.from_rows([{"term_id": "T", "term": text, "kind": "brand"}])
    assert len(terms) + len(problems) == 1
    if len(terms):
        assert ("T", "exact", text) in finds(terms, text)
        assert ("T", "exact", text) in finds(terms, f"鞋 {text} 鞋")


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("abcdefghijklmnoprstuvwxyz"), min_size=2, max_size=9), max_size=8))
def test_ordinary_words_hit_only_where_the_word_stands(words: list[str]) -> None:
    assert bool(finds(NIKORA, " ".join(words))) == ("nikora" in words)


def test_a_long_text_full_of_hits_takes_no_long_time() -> None:
    spelled_out = "n i k o r a, " * 4_000
    assert len(finds(NIKORA, spelled_out)) == 4_000
    terms = terms_of("nikora", unless="never said")
    assert len(finds(terms, "nikora " * 4_000)) == 1
    assert len(finds(terms, "NIKORA " * 4_000)) == 4_000
