"""From a batch of consignments to hits: where, in which order, one for each field and term."""

import pickle
from typing import Any

import pyarrow as pa

from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.screening.terms import Terms, screen_terms

ROWS = [
    {"term_id": "T2", "term": "Nikora", "kind": "brand", "brand": "Nikora", "mandatory": "yes", "priority": "70"},
    {
        "term_id": "T1",
        "term": "尼柯拉",
        "kind": "brand",
        "brand": "Nikora",
        "channel": "physical",
        "language": "zh-Hans",
    },
    {"term_id": "T3", "term": "Nikora Run", "kind": "product"},
]
TERMS, _ = Terms.from_rows(ROWS)


def batch_of(*goods: list[dict[str, Any]] | None) -> pa.RecordBatch:
    fixed = {"function": "original", "partial": False, "administration": "HK", "source_file": "f", "synthetic": True}
    rows = [
        {
            **fixed,
            "message_id": f"m{number}",
            "consignment_id": f"c{number}",
            "source_position": str(number),
            "source_rows": 1,
            "goods": items,
        }
        for number, items in enumerate(goods)
    ]
    return pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)


BATCH = batch_of(
    [{"description": "cotton shirts"}, {"description": "n1kora 尼 柯 拉 shoes", "brand": "Nikora"}],
    None,
    [],
    [{"description": None, "brand": None}],
    [{"description": "NIKORA run, Nikora RUN and N I K O R A"}],
)


def test_each_hit_says_where_and_how() -> None:
    hits = screen_terms(BATCH, TERMS)
    assert hits.schema.equals(HIT, check_metadata=True)
    hits.validate(full=True)
    seen = hits.select(["message_id", "rule", "manner", "field", "text", "start", "end"]).to_pylist()
    assert [tuple(row.values()) for row in seen] == [
        ("m0", "T2", "exact", "goods[2].brand", "Nikora", 0, 6),
        ("m0", "T1", "spaced", "goods[2].description", "尼 柯 拉", 7, 12),
        ("m0", "T2", "look_alike", "goods[2].description", "n1kora", 0, 6),
        ("m4", "T2", "exact", "goods[1].description", "Nikora", 12, 18),
        ("m4", "T3", "folded", "goods[1].description", "NIKORA run", 0, 10),
    ]


def test_a_hit_carries_what_its_term_asks_for() -> None:
    hits = screen_terms(BATCH, TERMS).to_pylist()
    by_rule = {hit["rule"]: hit for hit in hits}
    assert {hit["kind"] for hit in hits} == {"term"}
    assert (by_rule["T2"]["mandatory"], by_rule["T2"]["priority"], by_rule["T2"]["channel"]) == (True, 70, None)
    assert (by_rule["T1"]["mandatory"], by_rule["T1"]["priority"], by_rule["T1"]["channel"]) == (False, 0, "physical")


def test_no_goods_or_no_terms_give_no_hits() -> None:
    nothing, _ = Terms.from_rows([])
    assert screen_terms(BATCH, nothing).num_rows == 0
    assert screen_terms(BATCH.slice(1, 3), TERMS).num_rows == 0
    assert screen_terms(BATCH.slice(0, 0), TERMS).schema.equals(HIT)


def test_a_slice_gives_its_own_hits() -> None:
    whole = screen_terms(BATCH, TERMS).to_pylist()
    parts = [hit for start in range(5) for hit in screen_terms(BATCH.slice(start, 1), TERMS).to_pylist()]
    assert parts == whole


def test_many_long_rows_give_what_single_rows_give() -> None:
    descriptions = [f"{'é' if number % 3 else ''}{'x ' * 3000} n-i-k-o-r-a {number}" for number in range(600)]
    batch = batch_of(*([{"description": text}] for text in descriptions))
    hits = screen_terms(batch, TERMS).to_pylist()
    assert [hit["message_id"] for hit in hits] == [f"m{number}" for number in range(600)]
    assert all(descriptions[at][hit["start"] : hit["end"]] == "n-i-k-o-r-a" for at, hit in enumerate(hits))


def test_repeated_descriptions_give_what_single_rows_give() -> None:
    texts = ["NIKORA run", None, "cotton", "n i k o r a", ""]
    descriptions = [texts[number * number % 5] for number in range(300)]
    batch = batch_of(*([{"description": text}] for text in descriptions))
    single = [hit for at in range(300) for hit in screen_terms(batch.slice(at, 1), TERMS).to_pylist()]
    assert screen_terms(batch, TERMS).to_pylist() == single
    assert single


def test_terms_travel_to_another_process() -> None:
    arrived = pickle.loads(pickle.dumps(TERMS))
    assert arrived.digest == TERMS.digest
    assert screen_terms(BATCH, arrived).equals(screen_terms(BATCH, TERMS))


def test_a_term_explains_itself() -> None:
    assert TERMS.describe("T1") == {"term": "尼柯拉", "language": "zh-Hans", "kind": "brand", "brand": "Nikora"}
