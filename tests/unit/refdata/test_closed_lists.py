"""The closed lists have each code once and a word in every language."""

import pytest

from tidewaiter.domain.vocabulary import SelectionOrigin
from tidewaiter.refdata import closed_lists
from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.refdata.tables import rows

SIZES = {
    "right_type": 12,
    "infringement_type": 8,
    "record_status": 5,
    "seizure_stage": 7,
    "right_holder_answer": 4,
    "disposal_outcome": 8,
    "value_basis": 6,
    "location_type": 14,
    "selection_origin": 11,
    "exchange_status": 9,
    "deadline_status": 6,
    "concealment": 10,
    "control_channel": 3,
    "control_subject": 5,
    "finding": 3,
    "queue_item_state": 5,
    "queue_item_action": 8,
    "case_state": 8,
    "case_action": 8,
    "seizure_stage_action": 6,
    "record_status_action": 5,
    "custody_state": 9,
    "custody_action": 11,
    "disposal_state": 6,
    "disposal_action": 6,
    "tip_state": 9,
    "tip_action": 8,
    "joint_operation_state": 6,
    "joint_operation_action": 6,
}


def test_the_lists_and_their_sizes() -> None:
    assert {name: len(closed_lists.codes(name)) for name in closed_lists.lists()} == SIZES


def test_each_code_stands_once_on_its_list() -> None:
    pairs = [(row["list"], row["code"]) for row in rows("closed_lists")]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("name", SIZES)
def test_every_code_has_a_word_in_every_language(name: str) -> None:
    for code in closed_lists.codes(name):
        assert all(closed_lists.name(name, code, language) for language in LANGUAGES)


def test_macao_falls_back_to_hong_kong() -> None:
    assert closed_lists.name("right_type", "TM", "zh-Hant-MO") == "商標"
    assert closed_lists.name("right_type", "CR", "zh-Hant-MO") == "著作權"
    assert closed_lists.name("right_type", "CR", "zh-Hant") == "版權"


def test_origins_of_a_selection_that_the_engine_writes_have_words() -> None:
    known = set(closed_lists.codes("selection_origin"))
    assert {SelectionOrigin.PROFILE, SelectionOrigin.RANDOM} <= known
