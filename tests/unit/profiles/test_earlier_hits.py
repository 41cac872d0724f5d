"""Conditions on what term and watchlist screening found before."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.screening.profiles import Earlier, Profiles, run_profiles, screen_profiles

Met = Callable[..., list[bool]]


def hits(*found: tuple[str, str, str]) -> pa.RecordBatch:
    common = {"kind": "term", "mandatory": False, "priority": 1, "manner": "exact", "text": "x"}
    rows = [{**common, "message_id": message, "rule": rule, "field": field} for message, rule, field in found]
    return pa.RecordBatch.from_pylist(rows, schema=HIT)


TERMS = Earlier(
    term_hits=hits(
        ("m0", "T1", "goods[2].description"), ("m1", "T2", "goods[1].brand"), ("gone", "T1", "goods[1].brand")
    ),
    term_kinds={"T1": "brand", "T2": "product"},
)


def test_any_term_a_kind_of_term_and_one_term(met: Met) -> None:
    rows = [{}, {}, {}]
    assert met("{term: {}}", *rows, earlier=TERMS) == [True, True, False]
    assert met("{term: {kind: brand}}", *rows, earlier=TERMS) == [True, False, False]
    assert met("{term: {id: [T2]}}", *rows, earlier=TERMS) == [False, True, False]
    assert met("{not: {term: {kind: brand}}}", *rows, earlier=TERMS) == [False, True, True]


def test_inside_a_block_the_hit_stands_on_the_same_item(met: Met) -> None:
    when = "{item: {all: [{field: hs, prefix: 64}, {term: {kind: brand}}]}}"
    rows = [{"goods": [{"hs": "640399"}, {"hs": "610910"}]}, {"goods": [{"hs": "640399"}]}]
    assert met(when, *rows, earlier=TERMS) == [False, False]  # the hit of m0 stands on its second item
    assert met(when.replace("64", "61"), *rows, earlier=TERMS) == [True, False]


def test_where_terms_were_not_screened_nothing_is_known(met: Met) -> None:
    assert met("{term: {}}", {}) == [False]
    assert met("{not: {term: {}}}", {}) == [False]
    assert met("{not: {term: {}}}", {}, earlier=Earlier(term_hits=hits())) == [True]


def test_the_kind_of_a_watchlist_hit_is_that_of_its_field(met: Met) -> None:
    known = Earlier(watchlist_hits=hits(("m0", "W1", "parties[1].name_other"), ("m1", "W1", "parties[1].phone")))
    assert met("{watchlist: {kind: name}}", {}, {}, {}, earlier=known) == [True, False, False]
    assert met("{watchlist: {kind: [name, phone]}}", {}, {}, {}, earlier=known) == [True, True, False]
    assert met("{watchlist: {id: W1}}", {}, {}, {}, earlier=known) == [True, True, False]
    party = {"parties": [{"role": "consignor"}, {"role": "consignee"}]}
    assert met("{party: {all: [{field: role, is: consignor}, {watchlist: {}}]}}", party, earlier=known) == [True]
    assert met("{party: {all: [{field: role, is: consignee}, {watchlist: {}}]}}", party, earlier=known) == [False]


def test_kinds_that_nobody_gave_are_an_error(
    load: Callable[..., Profiles], consignment: Callable[..., dict[str, Any]]
) -> None:
    batch = pa.RecordBatch.from_pylist([consignment()], schema=CONSIGNMENT)
    with pytest.raises(ValueError, match=r"profile P-1 asks for a kind of term.*pass term_kinds"):
        run_profiles(batch, load("{term: {kind: brand}}"), Earlier(term_hits=TERMS.term_hits))


def test_screening_takes_earlier_hits_as_batches(
    load: Callable[..., Profiles], consignment: Callable[..., dict[str, Any]]
) -> None:
    batch = pa.RecordBatch.from_pylist([consignment(message_id="m0")], schema=CONSIGNMENT)
    found = screen_profiles(
        batch, load("{term: {kind: brand}}"), term_hits=TERMS.term_hits, term_kinds=TERMS.term_kinds
    )
    assert found.column("rule").to_pylist() == ["P-1"]
