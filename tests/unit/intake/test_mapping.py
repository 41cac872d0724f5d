"""The mapping language: what it says, and how a mistake in it is named."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.intake.mapping import MappingError, load_mapping, parse_mapping, shipped_mappings
from tidewaiter.intake.mapping.column import Column
from tidewaiter.intake.mapping.targets import all_targets, parse_target
from tidewaiter.intake.mapping.values import convert

Load = Callable[..., Any]


def column(target: str, **options: Any) -> Column:
    found = parse_target(target)
    assert found is not None
    return Column("x", found, **options)


def converted(target: str, *cells: str | None, **options: Any) -> list[Any]:
    return convert(pl.Series(cells, dtype=pl.String), column(target, **options)).value.to_list()


def test_every_target_reads_back() -> None:
    targets = all_targets()
    assert len({target.text for target in targets}) == len(targets)
    assert [parse_target(target.text) for target in targets] == targets
    assert all(target.kind for target in targets)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "goods",
        "goods.colour",
        "parties.consignor",
        "parties.friend.name",
        "references.plate.0",
        "references.plate.100",
        "route.origin.2",
        "goods.2.hs",
        "message_id",
        "references",
        "parties.driver.x.name",
        "goods.hs.x",
        "references.plate.value",
    ],
)
def test_what_is_no_target(text: str) -> None:
    assert parse_target(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_target_or_none(text: str) -> None:
    target = parse_target(text)
    assert target is None or parse_target(target.text) == target


def test_numbers() -> None:
    assert converted("gross_mass_kg", "1", "-2.5", "1e3", " ", "x", "NaN", "inf", None) == [
        1,
        -2.5,
        1000,
        None,
        None,
        None,
        None,
        None,
    ]
    assert converted("value", "1.234,5", "1,5", decimal=",", thousands=".") == [1234.5, 1.5]
    assert converted("value", "1.5", decimal=",") == [None]
    assert converted("goods.net_mass_kg", "2500", factor=0.001) == [2.5]
    assert converted("packages", "3", "3.0", "3.5", "3000000000") == [3, 3, None, None]
    assert converted("mode", "4", "9", "10", "-1") == [4, 9, None, None]


def test_codes_and_words() -> None:
    assert converted("goods.hs", "6403.99 00", "64", "6", "64O3", "12345678901") == ["64039900", "64", None, None, None]
    assert converted("route.origin.place", "cn szx") == ["CNSZX"]
    assert converted("regime", "Export", "smuggling") == ["export", None]
    assert converted("courier", "Yes", "0", "是", "não", "perhaps") == [True, False, True, False, None]
    table = {"S": "1", "-": ""}
    values = convert(pl.Series(["S", "-", "X", None]), column("mode", table=table))
    assert values.value.to_list() == [1, None, None, None]
    assert values.bad.to_list() == [False, False, True, False]
    assert converted("office", "A", "B", table={"A": "Airport"}, keep=True) == ["Airport", "B"]


def test_times_and_their_offsets() -> None:
    def both(*cells: str, **options: Any) -> list[tuple[Any, Any]]:
        values = convert(pl.Series(cells), column("lodged_at", **options))
        assert values.offset is not None
        return list(zip(values.value.to_list(), values.offset.to_list(), strict=True))

    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert both("2026-07-01T12:00:00Z", "2026-07-01 12:00") == [(noon, None), (noon, None)]
    assert both("2026-07-01T20:00:00+08:00", "2026-07-01T20:00", timezone="+08:00") == [(noon, 480), (noon, 480)]
    assert both("2026-07-01 13:00", "2026-12-01 12:00", timezone="Europe/Lisbon")[0] == (noon, 60)
    assert both("2026-12-01 12:00", timezone="Europe/Lisbon")[0][1] == 0
    assert both("2026-03-29 01:30", timezone="Europe/Lisbon") == [(None, None)]  # the clocks skip it
    assert (
        both("01/07/2026", "20260701", dates=("%d/%m/%Y", "%Y%m%d"), timezone="Asia/Macau")
        == [(datetime(2026, 6, 30, 16, tzinfo=UTC), 480)] * 2
    )
    impossible = [
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "2026-07-01T12:00:00+99:99",
        "yesterday",
        "2026-07-01T25:00",
    ]
    assert both(*impossible) == [(None, None)] * len(impossible)


@settings(max_examples=200, deadline=None)
@given(
    cells=st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=5),
    at=st.integers(0, 10_000),
)
def test_any_cell_converts_or_is_marked(cells: list[str | None], at: int) -> None:
    targets = all_targets()
    target = targets[at % len(targets)]
    values = convert(pl.Series(cells, dtype=pl.String), Column("x", target, timezone="Asia/Hong_Kong"))
    assert len(values.value) == len(values.bad) == len(cells)
    assert not values.bad.is_null().any()
    for cell, value, bad in zip(cells, values.value.to_list(), values.bad, strict=True):
        assert bad == (cell is not None and value is None)


BASE = '[mapping]\nname = "m"\n[columns]\na = "goods.hs"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[mapping", "not valid TOML"),
        ("[mapping]\n[columns]\na = 'goods.hs'", "[mapping] name"),
        ('[mapping]\nname = "m"', "[columns]: maps no column"),
        (BASE + "b = 'goods.colour'", '"goods.colour" is no target'),
        (BASE + "b = 'goods.hs'", '"goods.hs" is filled from "a" already'),
        (BASE + "b = { to = 'mode', table = 'modes' }", "there is no [tables.modes]"),
        (BASE + "b = { to = 'mode', tabel = 'modes' }", 'unknown key "tabel"'),
        (BASE + "b = { to = 'office', unit = 'g' }", 'unknown unit "g"'),
        (BASE + "b = { to = 'gross_mass_kg', unit = 'stone' }", 'unknown unit "stone"'),
        (BASE + "b = { to = 'mode', factor = 2 }", "takes no number"),
        (BASE + "b = { to = 'value', factor = 0 }", "not zero"),
        (BASE + "b = 3", "needs a target"),
        (BASE + "[file]\nencoding = 'klingon'", 'unknown "klingon"'),
        (BASE + "[file]\ntimezone = 'Mars/Olympus'", "is no time zone"),
        (BASE + "[file]\ntimezone = '../../etc/passwd'", "is no time zone"),
        (BASE + "[file]\ndelimiter = '::'", "one ASCII character"),
        (BASE + "[file]\nnull = 'x'", "must be a list of texts"),
        (BASE + "[constants]\nregime = 'smuggling'", '"smuggling" cannot stand in "regime"'),
        (BASE + "b = { to = 'mode', table = 't' }\n[tables.t]\nS = 'sea'", '"sea" cannot stand in "mode"'),
        (BASE + "[extra]", 'unknown key "extra"'),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, words: str) -> None:
    with pytest.raises(MappingError) as error:
        parse_mapping(text, "mine.toml")
    assert str(error.value).startswith("mine.toml: ")
    assert words in str(error.value)


def test_the_shipped_mappings_are_valid_and_found_by_name() -> None:
    assert set(shipped_mappings()) == {"customs-declarations", "tidewaiter"}
    assert load_mapping("tidewaiter").columns_are_targets
    with pytest.raises(MappingError, match="tidewaiter"):
        load_mapping("no-such")


FULL = """
[mapping]
name = "manifest"
[file]
encoding = "big5"
delimiter = "semicolon"
null = ["NIL", "-"]
decimal = ","
timezone = "Asia/Hong_Kong"
dates = ["%d/%m/%Y %H:%M", "iso"]
[constants]
administration = "HK"
regime = "transhipment"
route.origin.country = "CN"
parties.consignor.country = "CN"
[columns]
"提單" = "references.house_bill"
"櫃號" = { to = "references.container", split = "/" }
"時間" = "lodged_at"
"付貨人" = "parties.consignor.name"
"收貨人" = "parties.consignee.name"
"克" = { to = "goods.gross_mass_kg", unit = "g" }
"仙" = [{ to = "goods.value", unit = "cent" }, { to = "inspection.severity", table = "s", required = false }]
"貨名" = "goods.description"
"結果" = { to = "inspection.finding", table = "finding" }
"可無" = { to = "office", required = false }
"更改" = { to = "function", table = "function" }
[tables.s]
"100" = "ordinary"
[tables.finding]
Y = "find"
N = "no_find"
[tables.function]
A = "amendment"
C = "cancellation"
[group]
by = ["提單"]
"""


def test_a_mapping_with_everything(load_bytes: Load, tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(FULL, encoding="utf-8")
    rows = [
        "提單;櫃號;時間;付貨人;收貨人;克;仙;貨名;結果;更改",
        "H1;C1/C2;01/05/2026 08:00;陳大文;-;1500,5;100;球鞋;Y;NIL",
        "H1;C2;01/05/2026 08:00;陳大文;-;500;200;手袋;NIL;NIL",
        "H2;-;2026-05-02;NIL;某公司;x;;手錶;N;A",
    ]
    loaded = load_bytes("\r\n".join(rows).encode("big5"), mapping=str(tmp_path / "m.toml"))
    first, second = loaded.consignments
    assert (loaded.read, loaded.accepted, loaded.rejects) == (3, 3, [])
    assert [reference["value"] for reference in first["references"]] == ["H1", "C1", "C2"]
    assert first["lodged_at"] == datetime(2026, 5, 1, tzinfo=UTC) and first["lodged_offset"] == 480
    assert [(party["role"], party["name"], party["country"]) for party in first["parties"]] == [
        ("consignor", "陳大文", "CN")
    ]
    assert [(item["gross_mass_kg"], item["value"]) for item in first["goods"]] == [(1.5005, 1.0), (0.5, 2.0)]
    assert [leg["country"] for leg in first["route"]] == ["CN"]
    assert (second["function"], second["regime"]) == ("amendment", "transhipment")
    assert [party["role"] for party in second["parties"]] == ["consignee"]
    assert {"code": "unreadable_number", "field": "goods[1].gross_mass_kg"} in second["flags"]
    assert [(row["consignment_id"], row["finding"], row["severity"]) for row in loaded.inspections] == [
        ("HK:house_bill:H1", "find", "ordinary"),
        ("HK:house_bill:H2", "no_find", None),
    ]


def test_columns_by_position_without_a_header(load_bytes: Load, tmp_path: Path) -> None:
    text = BASE.replace('a = "goods.hs"', '1 = "references.plate"\n3 = "goods.hs"')
    text += "[file]\nheader = false\n[constants]\nadministration = 'HK'\n"
    (tmp_path / "m.toml").write_text(text)
    loaded = load_bytes(b"AB1234,x,6403\nCD5678,y,6404\n", mapping=str(tmp_path / "m.toml"))
    assert [(row["goods"][0]["hs"], row["source_position"]) for row in loaded.consignments] == [
        ("6403", "1"),
        ("6404", "2"),
    ]
