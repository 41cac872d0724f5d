"""Any reference of any consignment is found, as officers type it, and nothing that does not bear it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tidewaiter.lake.reference_index import Index, IndexRefused, build, read_consignment
from tidewaiter.lake.reference_index.keyed_hash import HashKey
from tidewaiter.lake.reference_index.sorting import Sorter
from tidewaiter.lake.reference_index.spelling import forms, forms_column

KEY = b"a secret of a node, for tests only"
MakeLake = Callable[..., Path]


def reference(kind: str, value: str) -> dict[str, Any]:
    return {"references": [{"type": kind, "value": value}]}


def indexed(root: Path, **options: int) -> Index:
    build(root, root.parent / "index", KEY, **options)
    return Index.open(root.parent / "index", KEY)


@pytest.mark.parametrize(
    ("kind", "declared", "typed"),
    [
        ("plate", "粤Z·K417港", "粵Z K417 港"),
        ("plate", "粤Z·K417港", "粤zk417港"),
        ("plate", "粤Z·K417港 / HX 1234", "hx1234"),
        ("container", "MSCU1234566", "mscu 123456-6"),
        ("air_waybill", "160-12345675", "16012345675"),
        ("postal_item", "RR123456785MO", "ＲＲ 123 456 785 mo"),
        ("vessel", "IMO9074729", "9074729"),
        ("vessel", "9074729", "IMO 9074729"),
        ("house_bill", "TWH/001-22", "twh00122"),
        ("declaration_number", "514113175686049569", "5141 1317 5686 049569"),
        ("seal", "SL.99887", "sl99887"),
        ("a kind of tomorrow", "Q-1", "q1"),
    ],
)
def test_a_reference_is_found_as_it_is_typed(make_lake: MakeLake, kind: str, declared: str, typed: str) -> None:
    index = indexed(make_lake([reference("house_bill", "another"), reference(kind, declared)]))
    (place,) = index.find(typed)
    assert (place.value, place.message_id, place.consignment_id) == (declared, "message-1", "HK:1")


def test_parties_are_found_by_their_numbers(make_lake: MakeLake) -> None:
    parties = [
        {"role": "consignor", "phone": "+852 5123 4567", "account": "shop_1"},
        {"role": "consignee", "identifier_type": "hkid", "identifier": "A123456(3)"},
        {"role": "payer", "identifier": "no type 7"},
    ]
    index = indexed(make_lake([{"parties": parties}]))
    for typed, kind in [
        ("51234567", "phone"),
        ("00852-51234567", "phone"),
        ("SHOP_1", "account"),
        ("a1234563", "hkid"),
        ("no-type-7", "local"),
        ("message-0", "message_id"),
        ("hk:0", "consignment_id"),
    ]:
        assert [place.kind for place in index.find(typed)] == [kind], typed
        assert index.find(typed, kind) == index.find(typed)
    assert index.find("51234567", "account") == []
    assert index.find("+853 5123 4567") == []


def test_the_same_number_of_two_countries_is_not_one(make_lake: MakeLake) -> None:
    phones = ["+852 6123 4567", "+853 6123 4567", "6123 4567"]
    index = indexed(make_lake([{"parties": [{"role": "payer", "phone": phone}]} for phone in phones]))
    assert {place.value for place in index.find("+85361234567")} == {"+853 6123 4567", "6123 4567"}
    assert {place.value for place in index.find("61234567")} == set(phones)


def test_what_is_dialled_before_a_number_does_not_count(make_lake: MakeLake) -> None:
    phones = ["+86 (0)20 8765 4321", "0086-20-8765-4321", "862087654321"]
    index = indexed(make_lake([{"parties": [{"role": "payer", "phone": phone}]} for phone in phones]))
    for typed in [*phones, "2087654321"]:
        assert len(index.find(typed)) == 3, typed


@given(st.lists(st.tuples(st.sampled_from(["phone", "vessel", "plate", "seal"]), st.text(max_size=14)), max_size=8))
@example([("phone", "0086 0 755 2222 3333"), ("vessel", "imo 1234567"), ("plate", "A1/B2"), ("plate", "A1/a-1")])
def test_a_column_has_the_forms_of_its_values(references: list[tuple[str, str]]) -> None:
    for kind in {kind for kind, _ in references}:
        texts = [text for one, text in references if one == kind]
        row, form = forms_column(kind, pa.array(texts, pa.string()))
        found = sorted(zip(row.to_pylist(), form.to_pylist(), strict=True))
        assert found == sorted((number, one) for number, text in enumerate(texts) for one in forms(kind, text))


def test_what_was_not_declared_is_not_found(make_lake: MakeLake) -> None:
    index = indexed(make_lake([reference("house_bill", "TW1")]))
    for typed in ("TW2", "", "--", "·", "TW"):
        assert index.find(typed) == []
    with pytest.raises(ValueError, match="no kind of reference"):
        index.find("TW1", "colour")


def test_an_empty_lake_has_an_index(make_lake: MakeLake) -> None:
    index = indexed(make_lake([]))
    assert len(index) == 0
    assert index.find("TW1") == []


def test_a_collision_shows_nobody_elses_consignment(make_lake: MakeLake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HashKey, "hashes", lambda self, column: np.full(len(column), 7, np.uint64))
    monkeypatch.setattr(HashKey, "hash", lambda self, text: np.uint64(7))
    index = indexed(make_lake([reference("house_bill", f"TW{number}") for number in range(300)]))
    (place,) = index.find("tw-17")
    assert (place.value, place.message_id) == ("TW17", "message-17")
    assert index.find("TW300") == []


def test_the_latest_come_first_and_a_message_once(make_lake: MakeLake) -> None:
    flight = {"references": [{"type": "flight", "value": "TD1"}, {"type": "other", "value": "td 1"}]}
    days = [date(2026, 4, 1), date(2026, 5, 1), None, date(2026, 5, 2), date(2025, 12, 1)]
    index = indexed(make_lake([{**flight, "day": day} for day in days]))
    found = index.find("TD-1")
    assert [place.message_id[-1] for place in found] == ["3", "1", "0", "4", "2"]
    assert index.find("TD-1", limit=2) == found[:2]


def test_many_references_are_found_as_each_alone(make_lake: MakeLake) -> None:
    rows = [
        {
            "day": date(2026, 3 + number % 3, 1),
            "references": [
                {"type": "plate", "value": f"粤Z {number % 5}"},
                {"type": "house_bill", "value": f"H{number}"},
            ],
            "parties": [{"role": "consignor", "phone": f"+852 5123 456{number % 3}"}],
        }
        for number in range(40)
    ]
    index = indexed(make_lake(rows))
    wanted = [("plate", "粤Z 1"), ("phone", "+852 5123 4562"), ("house_bill", "H7"), ("house_bill", "H41")]
    for limit in (1, 4, 100):
        found = index.find_each(wanted, limit)
        for kind, value in wanted:
            alone = index.find(value, kind, limit=limit)
            assert sorted(map(repr, found[kind, value])) == sorted(map(repr, alone))


def test_what_is_not_accepted_takes_no_place_in_the_list(make_lake: MakeLake) -> None:
    offices = ["HK-A", "HK-B"] * 50
    index = indexed(make_lake([{**reference("vessel", "Pearl"), "office": office} for office in offices]))
    found = index.find("pearl", limit=3, accepts=lambda place: place.office == "HK-A")
    assert [place.message_id for place in found] == ["message-98", "message-96", "message-94"]
    assert index.find("pearl", accepts=lambda place: place.message_id == "message-0", most=99) == []


def test_versions_know_whether_they_are_in_force(make_lake: MakeLake) -> None:
    same = {"consignment_id": "HK:declaration"}
    states = [
        {"message_id": "message-0", "state": "superseded", "reason": "amended", "consignment_id": "HK:declaration"}
    ]
    index = indexed(make_lake([{**reference("seal", "OLD"), **same}, {**reference("seal", "NEW"), **same}], states))
    (old,) = index.find("old")
    assert (old.state, old.reason) == ("superseded", "amended")
    assert read_consignment(index.root, old)["state"] == "superseded"
    new = index.in_force("HK:declaration")
    assert new is not None
    assert (new.message_id, new.state) == ("message-1", "in_force")
    assert index.in_force("HK:nothing") is None


def test_a_whole_consignment_is_read_nested(make_lake: MakeLake) -> None:
    goods = [{"sequence": 1, "hs": "640411", "description": "運動鞋"}]
    index = indexed(make_lake([{}, {**reference("house_bill", "TW1"), "goods": goods, "value": 12.5}]))
    consignment = read_consignment(index.root, index.find("tw1")[0])
    assert consignment["references"] == [{"type": "house_bill", "value": "TW1"}]
    assert consignment["goods"][0]["description"] == "運動鞋"
    assert (consignment["value"], consignment["day"], consignment["state"]) == (12.5, date(2026, 5, 1), "in_force")


@given(values=st.lists(st.integers(0, 30), max_size=200), run=st.integers(1, 40))
def test_sorting_in_runs_is_sorting(values: list[int], run: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    from tidewaiter.lake.reference_index.segment import ENTRY

    entries = np.zeros(len(values), ENTRY)
    entries["hash"] = np.array(values, np.uint64) << np.uint64(59) | np.array(values, np.uint64)
    entries["row"] = np.arange(len(values))
    sorter = Sorter(tmp_path_factory.mktemp("runs"), run)
    for start in range(0, len(values), 7):
        sorter.add(entries[start : start + 7])
    done = np.concatenate([np.empty(0, ENTRY), *sorter.sorted()])
    assert done.tolist() == entries[np.argsort(entries["hash"], kind="stable")].tolist()


def test_runs_and_pages_make_no_difference(make_lake: MakeLake) -> None:
    root = make_lake([reference("house_bill", f"TW{number % 1700}") for number in range(3400)], part=900)
    whole, cut = indexed(root), indexed(root, run=100)
    for number in (0, 1, 850, 1699):
        assert len(whole.find(f"TW{number}")) == 2
        assert whole.find(f"TW{number}") == cut.find(f"TW{number}")


def test_a_reference_of_many_pages_is_told_to_the_end(make_lake: MakeLake) -> None:
    index = indexed(make_lake([reference("vessel", "Pearl Star") for _ in range(2500)], part=600), run=200)
    found = index.find("PEARL STAR", limit=5000, most=5000)
    assert {place.message_id for place in found} == {f"message-{number}" for number in range(2500)}
    assert len(found) == 2500


def test_an_index_alone_tells_no_reference(make_lake: MakeLake) -> None:
    root = make_lake([reference("house_bill", "TWSECRET1")])
    indexed(root)
    first = {path.name: path.read_bytes() for path in (root.parent / "index").iterdir()}
    build(root, root.parent / "index", b"the secret of another node")
    second = {path.name: path.read_bytes() for path in (root.parent / "index").iterdir()}
    name = next(name for name in first if name.startswith("administration"))
    assert first[name] != second[name]
    assert not any(b"twsecret1" in content.lower() for content in first.values())
    with pytest.raises(IndexRefused, match="another key"):
        Index.open(root.parent / "index", KEY)


def test_a_short_key_is_refused(make_lake: MakeLake) -> None:
    root = make_lake([{}])
    with pytest.raises(ValueError, match="16 bytes"):
        build(root, root.parent / "index", b"short")
    assert not (root.parent / "index").exists()
