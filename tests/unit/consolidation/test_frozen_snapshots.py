"""A frozen snapshot is the same bytes everywhere, counts the same again, and betrays every change."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.consolidation import (
    Attribution,
    Count,
    DamagedSnapshot,
    Figure,
    Finality,
    Key,
    Measure,
    Record,
    Reference,
    attribute,
    differences,
    figures_of,
    freeze,
    read,
    recount,
)

AT = datetime(2023, 9, 1, 16, 30, tzinfo=UTC)
KINDS = st.sampled_from(
    [
        (Measure.ITEMS, "H87", "", ""),
        (Measure.ITEMS, "PR", "", ""),
        (Measure.VALUE, "", "STREET", "HKD"),
        (Measure.VALUE, "", "GENUINE_RETAIL", "MOP"),
        (Measure.INSPECTIONS, "", "", ""),
    ]
)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    measure, unit, basis, currency = draw(KINDS)
    amount = draw(st.decimals(min_value=0, max_value=10**15, places=2))
    return Count(measure, amount, unit, basis, currency, draw(st.sampled_from(["", "suspected"])))


@st.composite
def worlds(draw: st.DrawFn) -> list[Record]:
    return [
        Record(
            id=f"記錄-{number}",
            party=draw(st.sampled_from(["CN-GD", "HK", "MO"])),
            day=draw(st.dates()),
            counts=tuple(draw(st.lists(counts(), max_size=4))),
            references=frozenset({Reference("ucr", draw(st.sampled_from("ABC")))}),
            seized=draw(st.booleans()),
            finality=draw(st.sampled_from(list(Finality))),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


def simple(ident: str = "h1", amount: int = 10, finality: Finality = Finality.PROVISIONAL) -> Record:
    found = Count(Measure.ITEMS, Decimal(amount), unit="H87")
    return Record(ident, "HK", date(2023, 8, 24), (found,), frozenset({Reference("ucr", "U")}), True, finality)


NOBODY = Attribution({}, ())


@given(worlds())
def test_a_recount_gives_the_same_figures(records: list[Record]) -> None:
    attribution = attribute(records)
    frozen = freeze("op-1", AT, records, attribution)
    assert recount(frozen) == frozen.figures == figures_of(records, attribution)
    again = read(frozen.content, frozen.digest)
    assert again == frozen
    assert freeze("op-1", AT, records[::-1], attribution).content == frozen.content


def test_the_bytes_are_canonical_and_the_digest_is_theirs() -> None:
    frozen = freeze("op-1", AT, [simple()], NOBODY)
    table = json.loads(frozen.content)
    assert json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == frozen.content
    assert hashlib.sha256(frozen.content).hexdigest() == frozen.digest
    assert table["figures"][0]["records"] == ["h1"]
    assert table["figures"][0]["amount"] == "10"


def test_how_an_amount_is_written_and_the_zone_change_nothing() -> None:
    def with_amount(text: str) -> Record:
        return Record("h1", "HK", date(2023, 8, 24), (Count(Measure.ITEMS, Decimal(text), unit="H87"),))

    same = {freeze("op", AT, [with_amount(text)], NOBODY).digest for text in ("1000", "1E+3", "1000.00")}
    assert len(same) == 1
    there = AT.astimezone(timezone(timedelta(hours=8)))
    assert freeze("op", there, [simple()], NOBODY).digest == freeze("op", AT, [simple()], NOBODY).digest


def test_it_carries_no_references() -> None:
    assert b"ucr" not in freeze("op", AT, [simple()], NOBODY).content


def test_received_figures_are_kept_beside_and_not_counted() -> None:
    theirs = Figure(Key("MO", Measure.CASES), Decimal(2), ("m1", "m2"), as_of=date(2023, 9, 1), source="released 1")
    frozen = freeze("op", AT, [simple()], NOBODY, [theirs])
    assert frozen.received == (theirs,)
    assert all(figure.key.party == "HK" for figure in frozen.figures)


def test_other_bytes_are_refused() -> None:
    frozen = freeze("op", AT, [simple()], NOBODY)
    with pytest.raises(DamagedSnapshot, match="digest"):
        read(frozen.content.replace(b'"10"', b'"11"'), frozen.digest)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t["figures"][0].update(amount="11"),
        lambda t: t["records"][0]["counts"][0].update(amount="9"),
        lambda t: t["records"].clear(),
        lambda t: t["records"][0].update(home="g1"),
        lambda t: t["records"][0]["counts"][0].update(amount="NaN"),
        lambda t: t["records"][0]["counts"][0].update(measure="wishes"),
        lambda t: t["records"][0]["counts"][0].update(unit=""),
        lambda t: t.update(format="another"),
        lambda t: t.pop("received"),
    ],
)
def test_a_digest_of_altered_figures_does_not_help(change: object) -> None:
    table = json.loads(freeze("op", AT, [simple()], NOBODY).content)
    change(table)  # type: ignore[operator]
    content = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    with pytest.raises(DamagedSnapshot):
        read(content, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000])
def test_what_is_no_snapshot_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedSnapshot, match="not a snapshot"):
        read(content, hashlib.sha256(content).hexdigest())


def test_a_time_without_zone_and_a_record_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        freeze("op", datetime(2023, 9, 1), [simple()], NOBODY)
    with pytest.raises(ValueError, match="twice"):
        freeze("op", AT, [simple(), simple()], NOBODY)


def test_what_changed_between_two_snapshots() -> None:
    first = freeze("op", AT, [simple("h1", 10), simple("h2", 5)], NOBODY)
    later = freeze("op", AT, [simple("h1", 12), simple("h3", 5)], NOBODY)
    (change,) = differences(first, later)
    assert (change.before, change.after, change.added, change.removed) == (15, 17, ("h3",), ("h2",))
    assert differences(first, first) == ()
    final = freeze("op", AT, [simple("h1", 10, Finality.FINAL), simple("h2", 5, Finality.FINAL)], NOBODY)
    going = {change.key.finality: (change.before, change.after) for change in differences(first, final)}
    assert going == {Finality.PROVISIONAL: (15, None), Finality.FINAL: (None, 15)}
