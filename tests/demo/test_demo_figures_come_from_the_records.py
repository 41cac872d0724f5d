"""What the demonstration tells is what stands in the three databases, counted again by hand-written SQL."""

import sqlite3
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.demo.conftest import ADMINISTRATIONS, Played, figures, play

pytestmark = pytest.mark.slow

_COUNTED = """
    c.operation_id = :operation and c.status not in ('draft', 'void') and c.state <> 'void'
    and l.voided_at is null and l.stage <> 'returned'
"""


def ask(played: Played, administration: str, sql: str) -> list[Any]:
    """Rows of a node's database, for the operation that was told of."""
    path = played.folder / administration.lower() / "db.sqlite3"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        code = played.told["operation"]
        [operation] = database.execute("select id from operations_operation where code = ?", [code]).fetchone()
        return database.execute(sql, {"operation": operation, "code": code}).fetchall()


def recounted(played: Played, administration: str) -> dict[tuple[str, ...], Decimal]:
    """Figures by measure, unit, basis, currency and stage, from the rows alone."""
    sums: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for (finding,) in ask(
        played, administration, "select finding from casework_control where operation_id = :operation"
    ):
        sums["inspections", "", "", "", ""] += 1
        if finding in {"find", "no_find"}:
            sums[finding + "s", "", "", "", ""] += 1
    lines = f"""select l.quantity, l.unit, l.stage, c.id from casework_seizureline l
        join casework_case c on c.id = l.case_id where {_COUNTED}"""
    cases = set()
    for quantity, unit, stage, case in ask(played, administration, lines):
        sums["items", unit, "", "", stage] += Decimal(str(quantity))
        cases.add(case)
    sums["seizures", "", "", "", ""] += len(cases)
    values = f"""select v.amount, v.basis, v.currency, l.stage from casework_linevalue v
        join casework_seizureline l on l.id = v.line_id join casework_case c on c.id = l.case_id
        where v.voided_at is null and {_COUNTED}"""
    for amount, basis, currency, stage in ask(played, administration, values):
        sums["value", "", basis, currency, stage] += Decimal(str(amount)).quantize(Decimal("0.01"))
    return {key: amount for key, amount in sums.items() if amount}


def stated(played: Played, administration: str, party: str) -> dict[tuple[str, ...], Decimal]:
    """Figures of a party as the statement on one node has them, final and provisional together."""
    sums: defaultdict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for one in played.told["administrations"][administration]["statement"]["figures"]:
        if one["party"] == party and one["measure"] not in {"lines", "arrests"}:
            key = (one["measure"], one["unit"], one["basis"], one["currency"], one["stage"])
            sums[key] += Decimal(one["amount"])
    return {key: amount for key, amount in sums.items() if amount}


@pytest.mark.parametrize("party", ADMINISTRATIONS)
def test_the_statement_says_what_the_records_say(played: Played, party: str) -> None:
    counted = recounted(played, party)
    assert counted["inspections", "", "", "", ""] > 0
    for reader in ADMINISTRATIONS:
        assert stated(played, reader, party) == counted, f"as {reader} has it"


@pytest.mark.parametrize("party", ADMINISTRATIONS)
def test_each_administration_tells_all_that_is_asked(played: Played, party: str) -> None:
    told = played.told["administrations"][party]
    assert told["consignments"] > 0
    assert told["selections"] > 0
    assert told["inspections"] == told["finds"] + told["no_finds"] + not_inspectable(played, party)
    assert told["undelivered"] == 0
    assert set(told["tips"]) == {"by_state", "delivery"}
    assert {"items", "values", "seizures", "statement"} <= set(told)


def not_inspectable(played: Played, party: str) -> int:
    """Controls that could not be carried out."""
    sql = "select count(*) from casework_control where operation_id = :operation and finding = 'not_inspectable'"
    return int(ask(played, party, sql)[0][0])


def test_nothing_is_on_its_way_and_nothing_was_refused(played: Played) -> None:
    assert played.told["undelivered"] == 0
    for administration in ADMINISTRATIONS:
        sql = "select state, count(*) from partners_delivery group by state"
        assert {state for state, _ in ask(played, administration, sql)} == {"stored"}


def test_tips_travelled_and_were_answered(played: Played) -> None:
    tips = [told["tips"] for told in played.told["administrations"].values()]
    assert sum(one["delivery"]["count"] for one in tips) > 0
    assert sum(one["by_state"].get("answered", 0) for one in tips) > 0


def test_the_visitor_comes_into_the_middle_of_work(played: Played) -> None:
    for administration in ADMINISTRATIONS:
        [[waiting]] = ask(
            played, administration,
            "select count(*) from targeting_selectedconsignment where state = 'waiting' and superseded_by_id is null",
        )  # fmt: skip
        assert waiting > 0, administration
        [[running]] = ask(
            played, administration, "select count(*) from operations_operation where state = 'running' and :code <> ''"
        )
        assert running == 1
    [[unanswered]] = ask(
        played, "HK", "select count(*) from intelligence_tip where direction = 'in' and state = 'delivered'"
    )
    assert unanswered == 1
    [[clocks]] = ask(played, "CN-GD", "select count(*) from casework_caseclock where stopped = 0")
    assert clocks >= 1


def test_everything_says_that_it_is_synthetic(played: Played) -> None:
    assert played.told["synthetic"] is True
    for administration in ADMINISTRATIONS:
        settings = (played.folder / administration.lower() / "node.env").read_text(encoding="utf-8")
        assert "TIDEWAITER_SYNTHETIC=yes" in settings


def test_the_statement_is_there_in_four_languages(played: Played) -> None:
    files = played.told["statement_files"]
    for language in ("en", "zh-Hant", "zh-Hans", "pt"):
        assert Path(files[language]).stat().st_size > 0


def test_the_same_seed_gives_the_same_figures(played: Played, tmp_path: Path) -> None:
    again = play(tmp_path / "again")
    for party in ADMINISTRATIONS:
        assert figures(again.told, party) == figures(played.told, party), party
