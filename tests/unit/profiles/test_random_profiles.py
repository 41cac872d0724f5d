"""Random profiles on random consignments: both back-ends agree on every hit, and every tree survives its own text."""

from datetime import UTC, date, datetime, time
from functools import partial
from random import Random
from typing import Any
from unittest.mock import patch

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.domain.vocabulary import ControlChannel
from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.screening.profiles import (
    Earlier,
    Profile,
    Profiles,
    Rates,
    as_words,
    dump_profiles,
    matches,
    passes,
    run_profiles,
)
from tidewaiter.screening.profiles.fields import FIELDS, Field, Kind
from tidewaiter.screening.profiles.operators import WEEKDAYS, operators_of
from tidewaiter.screening.profiles.scalar import Case, judge
from tidewaiter.screening.profiles.tree import (
    AllOf,
    AnyOf,
    Condition,
    EarlierHit,
    Not,
    Scope,
    Source,
    Tree,
    Within,
    leaves,
)

RATES = Rates({"USD": 1.0, "CNY": 7.1, "HKD": 7.8})
DAY = date(2026, 5, 20)

# Small worlds, so that conditions and values often meet.
CODES = {
    "function": ["original", "amendment"],
    "administration": ["CN-GD", "HK", "MO"],
    "regime": ["import", "export", "transhipment"],
    "package_kind": ["CT", "BG"],
    "unit": ["H87", "PR", "KGM", "DZN"],
    "role": ["consignor", "consignee", "carrier", "origin", "destination", "transit"],
    "identifier_type": ["uscc", "hkid"],
    "basis": ["declared", "established"],
    "type": ["container", "house_bill"],
}
COUNTRIES = ["CN", "HK", "US", "CA", "NO"]
LABELS = ["A1", "A12", "B2", "CNSZX"]
TEXTS = ["sample", "Samples", "gift 樣品", "樣品sample", "ＳＡＭＰＬＥ no. 1", "shoe-sample", "cap", "capacitor"]
HS = ["64", "6403", "640399", "6404", "61"]
NUMBERS = [0.0, -1.0, 0.5, 1.0, 2.0, 5.0, 12.0, 1e-310, float("inf")]
MOMENTS = [
    datetime(2026, 5, 20, 14, 30, tzinfo=UTC),
    datetime(2026, 5, 22, 22, 0, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]
TIMES = [time(0, 0), time(6, 0), time(22, 0), time(22, 30)]
DATES = [date(1970, 1, 1), date(2026, 5, 20), date(2026, 5, 21)]
REGIONS = ["north_america", "europe"]


def written(field: Field) -> list[Any]:
    return {
        Kind.COUNTRY: COUNTRIES,
        Kind.CURRENCY: ["USD", "CNY", "EUR"],
        Kind.MODE: [3.0, 5.0],
        Kind.HS: HS,
        Kind.LABEL: LABELS,
        Kind.TEXT: TEXTS,
        Kind.NUMBER: [number for number in NUMBERS if abs(number) < 1e300],
        Kind.MONEY: [number for number in NUMBERS if abs(number) < 1e300],
        Kind.FLAG: [True, False],
    }.get(field.kind) or [code for code in CODES[field.column] if code in (field.codes or list)()]


@st.composite
def conditions(draw: st.DrawFn, block: Scope) -> Condition:
    usable = [
        field for field in FIELDS.values() if block is Scope.CONSIGNMENT or (field.scope is block and not field.role)
    ]
    field = draw(st.sampled_from(usable))
    operator = draw(st.sampled_from(operators_of(field)))
    currency = None
    if operator == "missing":
        values: tuple[Any, ...] = (draw(st.booleans()),)
    elif operator == "time":
        values = tuple(draw(st.lists(st.sampled_from(TIMES), min_size=2, max_size=2, unique=True)))
    elif operator == "date":
        first, last = sorted(draw(st.tuples(st.sampled_from(DATES), st.sampled_from(DATES))))
        values = draw(st.sampled_from([(first, last), (None, last), (first, None)]))
    elif operator == "weekday":
        values = draw(several(list(WEEKDAYS)))
    elif operator == "region":
        values = draw(several(REGIONS))
    elif operator == "between":
        values = tuple(sorted(draw(st.tuples(*[st.sampled_from(written(field))] * 2))))
    elif operator in ("in", "prefix", "contains_any"):
        values = draw(several(written(field)))
    else:
        values = (draw(st.sampled_from(written(field))),)
    if field.kind is Kind.MONEY and operator != "missing":
        currency = draw(st.sampled_from(["USD", "CNY", "EUR"]))
    return Condition(field.name, operator, values, currency)


def several(values: list[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(lambda some: tuple(sorted(some)))


@st.composite
def earlier_hits(draw: st.DrawFn) -> EarlierHit:
    source = draw(st.sampled_from(list(Source)))
    kind = "brand" if source is Source.TERM else "name"
    return EarlierHit(source, draw(st.sampled_from([(), (kind,)])), draw(st.sampled_from([(), ("R1",), ("R1", "R2")])))


def trees(block: Scope = Scope.CONSIGNMENT) -> st.SearchStrategy[Tree]:
    leaf = st.one_of(conditions(block), conditions(block), conditions(block), earlier_hits())
    base: st.SearchStrategy[Any] = leaf
    if block is Scope.CONSIGNMENT:
        scopes = [scope for scope in Scope if scope is not Scope.CONSIGNMENT]
        blocks = [trees(scope).map(lambda tree, scope=scope: Within(scope, tree)) for scope in scopes]
        base = st.one_of(leaf, *blocks)
    return st.recursive(
        base,
        lambda part: st.one_of(
            st.lists(part, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
            st.lists(part, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
            part.map(Not),
        ),
        max_leaves=4,
    )


def profile(number: int, when: Tree) -> Profile:
    return Profile(
        id=f"P-{number}",
        title="",
        owner="Targeting",
        purpose="Test",
        valid_from=DAY,
        valid_until=DAY,
        channel=ControlChannel.PHYSICAL,
        priority=50,
        mandatory=False,
        sentence=(("", "A sentence."),),
        when=when,
    )


MEASURES: dict[str, list[Any]] = {
    "gross_mass_kg": [*NUMBERS, float("nan"), None],
    "net_mass_kg": [*NUMBERS, None],
    "packages": [0, 1, 3, None],
    "package_kind": [*CODES["package_kind"], None],
    "value": [*NUMBERS, None],
    "currency": ["USD", "CNY", "EUR", "XXX", "", None],
}
ITEM = {
    "hs": [*HS, "", None],
    "description": [*TEXTS, "", None],
    "brand": [*TEXTS, None],
    "origin": [*COUNTRIES, None],
    "quantity": [*NUMBERS, None],
    "unit": [*CODES["unit"], "", None],
    **MEASURES,
}
PARTY = {
    "role": ["consignor", "consignee", "carrier"],
    "name": [*TEXTS, None],
    "name_other": [*TEXTS, None],
    "identifier_type": [*CODES["identifier_type"], None],
    "identifier": [*LABELS, None],
    "address": [*TEXTS, None],
    "country": [*COUNTRIES, None],
    "phone": [*LABELS, None],
    "account": [*LABELS, None],
}
LEG = {
    "role": ["origin", "transit", "destination"],
    "country": [*COUNTRIES, None],
    "place": [*LABELS, None],
    "basis": [*CODES["basis"], None],
}
REFERENCE: dict[str, list[Any]] = {"type": CODES["type"], "value": LABELS}
CONSIGNMENT_VALUES: dict[str, list[Any]] = {
    "consignment_id": LABELS,
    "function": CODES["function"],
    "partial": [True, False],
    "administration": CODES["administration"],
    "office": [*LABELS, "", None],
    "regime": [*CODES["regime"], None],
    "mode": [3, 5, None],
    "courier": [True, False, None],
    "lodged_at": [*MOMENTS, None],
    "lodged_offset": [480, -60, None],
    "presented_at": [*MOMENTS, None],
    "presented_offset": [480, None],
    **MEASURES,
}
LISTS = {"goods": ITEM, "parties": PARTY, "route": LEG, "references": REFERENCE}


def consignments(seed: int, most: int = 40) -> pa.RecordBatch:
    """A batch of consignments that hold next to nothing sensible, all kinds of gaps among it."""
    chance = Random(seed)

    def element(values: dict[str, list[Any]]) -> dict[str, Any]:
        return {name: chance.choice(choices) for name, choices in values.items()}

    rows = []
    for number in range(chance.randint(0, most)):
        row = element(CONSIGNMENT_VALUES)
        for column, values in LISTS.items():
            row[column] = chance.choice([None, [], *[[element(values) for _ in range(size)] for size in (1, 1, 2, 3)]])
        fixed = {"source_file": "f", "source_position": str(number), "source_rows": 1, "synthetic": True}
        rows.append({**row, **fixed, "message_id": f"m{number}"})
    return pa.RecordBatch.from_pylist(rows, schema=CONSIGNMENT)


def known_before(seed: int) -> Earlier:
    """Hits of earlier screening, or none because it was not done."""
    chance = Random(seed)
    places = ["goods[1].brand", "goods[2].description", "parties[1].name", "references[3].value", "office"]
    common = {"kind": "term", "mandatory": False, "priority": 1, "manner": "exact", "text": "x"}

    def hits() -> pa.RecordBatch | None:
        if chance.random() < 0.2:
            return None
        rows = [
            {**common, "message_id": f"m{chance.randint(0, 45)}", "rule": f"R{chance.randint(1, 3)}", "field": place}
            for place in chance.choices(places, k=chance.randint(0, 40))
        ]
        return pa.RecordBatch.from_pylist(rows, schema=HIT)

    kinds = {"R1": "brand", "R2": "product", "R3": "brand"}
    return Earlier(hits(), hits(), kinds, {"R1": "name", "R2": "phone", "R3": "name"})


SEEDS = st.integers(0, 2**32)
batches = partial(st.builds, consignments, SEEDS)
earlier = partial(st.builds, known_before, SEEDS)


@settings(max_examples=150, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=8), batches(), earlier())
def test_bulk_and_scalar_agree_on_every_hit(conditions: list[Tree], batch: pa.RecordBatch, known: Earlier) -> None:
    made = [profile(number, tree) for number, tree in enumerate(conditions)]
    run = run_profiles(batch, Profiles(tuple(made), DAY, RATES), known)
    rows = batch.to_pylist()
    expected = [(row["message_id"], one.id) for row in rows for one in made if matches(one, row, RATES, known)]
    hits = run.hits.to_pydict()
    assert list(zip(hits["message_id"], hits["rule"], strict=True)) == expected
    assert run.hits.schema.equals(HIT, check_metadata=True)
    run.hits.validate(full=True)


@settings(max_examples=100, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=4), batches(), earlier(), st.integers(1, 60))
def test_a_batch_judged_in_parts_gives_the_same(
    conditions: list[Tree], batch: pa.RecordBatch, known: Earlier, at_once: int
) -> None:
    profiles = Profiles(tuple(profile(number, tree) for number, tree in enumerate(conditions)), DAY, RATES)
    whole = run_profiles(batch, profiles, known)
    with patch.object(passes, "ANSWERS_AT_ONCE", at_once):
        in_parts = run_profiles(batch, profiles, known)
    assert in_parts.hits.equals(whole.hits)
    assert in_parts.unjudged == whole.unjudged


@settings(max_examples=100, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=4), batches())
def test_what_could_not_be_judged_for_want_of_a_rate_is_counted(conditions: list[Tree], batch: pa.RecordBatch) -> None:
    made = [profile(number, tree) for number, tree in enumerate(conditions)]
    run = run_profiles(batch, Profiles(tuple(made), DAY, RATES))
    # With a rate for every currency fewer may be unknown, never more; where nothing is counted, nothing was lacking.
    for one in made:
        compares_money = any(isinstance(leaf, Condition) and leaf.currency for leaf in leaves(one.when))
        unknown = sum(judge(one.when, Case(row, RATES)) is None for row in batch.to_pylist())
        assert run.unjudged.get(one.id, 0) <= (unknown if compares_money else 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=5))
def test_a_profile_survives_its_own_text(conditions: list[Tree]) -> None:
    made = tuple(profile(number, tree) for number, tree in enumerate(conditions))
    text = dump_profiles(made)
    read, notices = Profiles.read(text.encode(), "own.yaml", DAY, RATES)
    assert read.every == made
    assert all(notice.notice for notice in notices)
    assert read.digest == Profiles(made, DAY, RATES).digest


@settings(max_examples=100, deadline=None)
@given(trees())
def test_every_condition_can_be_said_in_words(tree: Tree) -> None:
    assert as_words(tree).strip()
    assert "_" not in as_words(tree) or any(isinstance(leaf, Condition) for leaf in leaves(tree))


@settings(max_examples=100, deadline=None)
@given(trees(), batches(), earlier())
def test_every_condition_can_be_explained_on_any_consignment(tree: Tree, batch: pa.RecordBatch, known: Earlier) -> None:
    profiles = Profiles((profile(0, tree),), DAY, RATES)
    for row in batch.to_pylist():
        reasons = profiles.explain("P-0", row, known)
        assert len(reasons) == len(list(leaves(tree)))
        assert all(reason.words for reason in reasons)
