"""One skeleton for all disguises of a word."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.names import fold_text, skeleton


@pytest.mark.parametrize(
    "disguise",
    [
        "NIKO", "N I K O", "N-i-k-o", "N.1.K.0", "ＮＩＫＯ", "Níkõ", "ΝΙΚΟ", "НІКО"[1:].join(["N", ""]), "𝐍𝐢𝐤𝐨", "🅝🅘🅚🅞",
        "🇳🇮🇰🇴", "N👟I👟K👟O", "N\u200bi\u200bk\u200bo", "nіkо", "ɴɪᴋᴏ", "N!ko", "nlko", "Ⓝⓘⓚⓞ", "n1️⃣ko",
    ],
)  # fmt: skip
def test_disguises_share_the_skeleton(disguise: str) -> None:
    assert skeleton(disguise) == skeleton("niko")


def test_chinese_keeps_its_characters() -> None:
    assert skeleton("尼 柯-運動") == skeleton("尼柯运动")
    assert skeleton("尼柯") != skeleton("尼科")


@settings(deadline=None)
@given(st.text(), st.text())
def test_a_skeleton_is_made_character_by_character(one: str, other: str) -> None:
    assert skeleton(one + other) == skeleton(one) + skeleton(other)


@settings(deadline=None)
@given(st.text())
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127)))
def test_folding_first_changes_no_skeleton_of_plain_text(text: str) -> None:
    assert skeleton(fold_text(text)) == skeleton(text)
