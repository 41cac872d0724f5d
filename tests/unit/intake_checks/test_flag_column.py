"""What happens to the batch itself: flags grow, everything else stays."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.checks import FlagCode, check
from tidewaiter.schemas import CONSIGNMENT

OLD = {"code": "unit_translated", "field": "goods[1].unit"}


def test_a_batch_without_doubts_comes_back_as_it_is(declaration, batch_of):
    batch = batch_of(declaration, declaration | {"flags": [OLD]})
    assert check(batch) is batch


def test_old_flags_stay_and_come_first(declaration, batch_of):
    doubtful = declaration | {"office": None}
    batch = batch_of(declaration, doubtful | {"flags": [OLD]}, declaration | {"flags": [OLD]}, doubtful, declaration)
    missing = {"code": "missing_office", "field": "office"}
    assert check(batch).column("flags").to_pylist() == [None, [OLD, missing], [OLD], [missing], None]


def test_empty_lists_of_flags_stay_empty(declaration, batch_of):
    batch = batch_of(declaration | {"flags": []}, declaration | {"office": None, "flags": []})
    assert [len(flags) for flags in check(batch).column("flags").to_pylist()] == [0, 1]


def test_checking_again_changes_nothing(declaration, batch_of):
    declaration["goods"][0] |= {"hs": "77", "unit": "PAIRS"}
    once = check(batch_of(declaration | {"office": None}, declaration))
    assert check(once).equals(once)
    assert once.column("flags").null_count == 0


def test_schema_and_the_other_columns_stay(declaration, batch_of):
    batch = batch_of(declaration | {"office": None})
    checked = check(batch)
    assert checked.schema.equals(CONSIGNMENT, check_metadata=True)
    assert checked.drop_columns(["flags"]).equals(batch.drop_columns(["flags"]))
    checked.validate(full=True)


def test_an_empty_batch(batch_of):
    batch = batch_of()
    assert check(batch).equals(batch)


def test_each_code_is_a_word_of_the_vocabulary(declaration, batch_of):
    declaration |= {"office": None, "regime": "?", "references": [{"type": "container", "value": "?"}]}
    codes = {flag["code"] for flag in check(batch_of(declaration)).column("flags")[0].as_py()}
    assert codes == {"missing_office", "unknown_regime", "wrong_format"}
    assert codes <= set(FlagCode)


def spoilt(row, spoil):
    goods = [row["goods"][0] | {"hs": "7777" if spoil & 1 else "6403"}] * (1 + spoil % 3)
    office = None if spoil & 2 else "A1"
    return row | {"goods": goods, "office": office, "flags": [OLD] if spoil & 4 else None, "gross_mass_kg": None}


@settings(max_examples=25)
@given(spoils=st.lists(st.integers(0, 15), max_size=12), cut=st.integers(0, 12))
def test_a_row_is_judged_alike_wherever_it_stands(spoils, cut):
    rows = [spoilt(MINIMAL, spoil) for spoil in spoils]
    batch = pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)
    whole = check(batch).column("flags").to_pylist()
    parts = [check(batch.slice(0, cut)), check(batch.slice(cut))]
    assert whole == [flags for part in parts for flags in part.column("flags").to_pylist()]


MINIMAL = {
    "message_id": "m",
    "consignment_id": "c",
    "function": "original",
    "partial": False,
    "administration": "MO",
    "goods": [{"sequence": 1, "description": "bags"}],
    "source_file": "f",
    "source_position": "1",
    "source_rows": 1,
    "synthetic": True,
}
