"""A statement as a value: the same figures in every language and output, unlike things apart, the same bytes."""

import csv
import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tidewaiter import reports
from tidewaiter.consolidation import Figure, Finality, Key, Measure
from tidewaiter.node.operations.writing import PageWriter
from tidewaiter.reports import fonts

WRITER = PageWriter()
LANGUAGES = ("en", "zh-Hant", "zh-Hans", "zh-Hant-MO", "pt")


def figure(party: str, measure: Measure, amount: str, **more: str) -> Figure:
    return Figure(Key(party, measure, **more), Decimal(amount))  # type: ignore[arg-type]


FIGURES = (
    figure("HK", Measure.INSPECTIONS, "1984"),
    figure("MO", Measure.INSPECTIONS, "318"),
    figure("HK", Measure.ITEMS, "5604", unit="PR", stage="suspected"),
    figure("MO", Measure.ITEMS, "22", unit="PR", stage="suspected"),
    figure("HK", Measure.ITEMS, "132", unit="PR", stage="seized"),
    figure("HK", Measure.ITEMS, "7", unit="KGM", stage="suspected"),
    figure("HK", Measure.VALUE, "13420000", basis="STREET", currency="HKD", stage="suspected"),
    figure("MO", Measure.VALUE, "1611800", basis="GENUINE_RETAIL", currency="MOP", stage="suspected"),
)


def statement(*figures: Figure, missing: tuple[str, ...] = ()) -> reports.Statement:
    return reports.Statement(
        names={"en": "Slack Water", "zh-Hant": "平潮"}, number="3", first=date(2026, 11, 16), last=date(2026, 11, 27),
        parties=("HK", "MO"), regions=("europe",), figures=figures, snapshot="P1", digest="ab" * 32, missing=missing,
        frozen_at=datetime(2026, 11, 28, 9, tzinfo=UTC),
    )  # fmt: skip


def tables(language: str, *figures: Figure, missing: tuple[str, ...] = ()) -> list[reports.Table]:
    paper = reports.statement_document(statement(*figures, missing=missing), language, WRITER)
    return [block for block in paper.blocks if isinstance(block, reports.Table)]


def digits(table: reports.Table) -> list[str]:
    return [
        re.sub(r"\D", "", cell.text)
        for group in table.groups
        for row in (*group.rows, group.foot)
        for cell in row
        if isinstance(cell, reports.Cell) and cell.figures
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_holds_the_same_figures(language: str) -> None:
    english = [digits(table) for table in tables("en", *FIGURES)]
    assert [digits(table) for table in tables(language, *FIGURES)] == english
    assert ["5604", "22"][0] in english[1]


def test_stages_are_added_apart() -> None:
    items = tables("en", *FIGURES)[1]
    assert [group.title for group in items.groups] == ["Suspected, provisional", "Formally seized, provisional"]
    totals = [[cell.text for cell in group.foot if isinstance(cell, reports.Cell)] for group in items.groups]
    assert totals == [["Together", "5,626", "7"], ["Together", "132", "–"]]


def test_unlike_values_have_a_reason_and_no_total() -> None:
    [end] = [cell for cell in tables("en", *FIGURES)[-1].groups[0].foot if isinstance(cell, reports.NoTotal)]
    assert end.reason == "no total: 2 currencies, 2 value bases"


def test_like_values_have_their_total() -> None:
    again = figure("MO", Measure.VALUE, "80", basis="STREET", currency="HKD", stage="suspected")
    foot = tables("en", FIGURES[6], again)[-1].groups[0].foot
    assert [cell.text for cell in foot if isinstance(cell, reports.Cell)][-1] == "HKD\u00a013,420,080.00"


def test_a_missing_party_is_said_and_not_a_nought() -> None:
    activity = tables("en", FIGURES[0], missing=("MO",))[0]
    macao = activity.groups[0].rows[1]
    assert [cell.text for cell in macao] == ["Macao", "not reported"]
    assert macao[1].missing


def test_provisional_and_final_are_not_added() -> None:
    final = Figure(Key("MO", Measure.SEIZURES, finality=Finality.FINAL), Decimal(3))
    activity = tables("en", figure("HK", Measure.SEIZURES, "2"), final)[0]
    assert [cell.text for cell in activity.columns][1:] == ["Seizures (provisional)", "Seizures (final)"]


def test_the_same_input_gives_the_same_bytes() -> None:
    told = statement(*FIGURES)
    made = {reports.as_pdf(reports.statement_document(told, "zh-Hant", WRITER), told.frozen_at) for _ in range(2)}
    [pdf] = made
    assert pdf.startswith(b"%PDF")


def test_nothing_of_a_text_is_read_as_markup() -> None:
    told = statement(*FIGURES)
    named = reports.Statement(**{**_fields(told), "names": {"en": '#read("/etc/passwd") $x$ *b* <a>'}})
    paper = reports.statement_document(named, "en", WRITER)
    assert '#read("/etc/passwd")' in paper.title
    assert reports.as_pdf(paper, told.frozen_at).startswith(b"%PDF")


def _fields(told: reports.Statement) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__dataclass_fields__}


def test_missing_fonts_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "DEBIAN", ())
    with pytest.raises(reports.FontsMissing, match="fonts-noto-cjk"):
        reports.chinese_fonts([tmp_path])


def test_csv_holds_each_figure_with_what_it_is() -> None:
    rows = list(csv.DictReader(io.StringIO(reports.figures_csv(FIGURES))))
    assert len(rows) == len(FIGURES)
    assert rows[6]["amount"] == "13420000"
    assert (rows[6]["currency"], rows[6]["basis"], rows[6]["stage"]) == ("HKD", "STREET", "suspected")


def said(language: str, *figures: Figure, **more: object) -> list[reports.Run]:
    told = reports.Statement(**{**_fields(statement(*figures)), **more})  # type: ignore[arg-type]
    paper = reports.statement_document(told, language, WRITER, lambda key: f"/{key.measure}/{key.finality}/")
    return [run for block in paper.blocks[1:2] if isinstance(block, reports.Paragraph) for run in block.runs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_running_text_lead_to_their_records(language: str) -> None:
    found = (figure("HK", Measure.FINDS, "12"), figure("HK", Measure.SEIZURES, "9"), figure("MO", Measure.ARRESTS, "2"))
    linked = {(run.text, run.link) for run in said(language, *FIGURES, *found) if run.link}
    assert {link for _text, link in linked} == {
        f"/{name}/provisional/" for name in ("inspections", "finds", "seizures", "arrests")
    }
    assert ("9", "/seizures/provisional/") in linked


def test_sums_that_stand_apart_lead_each_to_their_own_records() -> None:
    final = Figure(Key("MO", Measure.SEIZURES, finality=Finality.FINAL), Decimal(3))
    runs = said("zh-Hant", figure("HK", Measure.SEIZURES, "2"), final)
    assert "".join(run.text for run in runs) == "共檢獲3（最終）及2（暫定）宗。"
    assert [run.link for run in runs if run.link] == ["/seizures/final/", "/seizures/provisional/"]


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("en", "1", "1 person was arrested."),
        ("en", "2", "2 persons were arrested."),
        ("pt", "1", "Foi detida 1 pessoa."),
        ("pt", "2", "Foram detidas 2 pessoas."),
        ("zh-Hant", "1", "共拘捕1人。"),
        ("zh-Hans", "1", "共抓获涉案人员1名。"),
        ("zh-Hant-MO", "1", "共拘留1人。"),
    ],
)
def test_one_is_said_as_one(language: str, number: str, words: str) -> None:
    runs = said(language, figure("HK", Measure.ARRESTS, number))
    assert "".join(run.text for run in runs).strip() == words


def test_one_of_each_is_said_as_one() -> None:
    one = said("en", figure("HK", Measure.INSPECTIONS, "1"), sampled=reports.Sampled(1, 0), tips=reports.Tips(1, 1, 0))
    text = "".join(run.text for run in one)
    assert "1 control was carried out" in text
    assert "1 was drawn at random" in text
    assert "1 tip (" in text


def test_numbers_that_no_figure_holds_lead_to_what_stands_behind_them() -> None:
    told = reports.Statement(
        **{**_fields(statement(*FIGURES)), "sampled": reports.Sampled(5, 2), "tips": reports.Tips(9, 8, 7)}
    )
    paper = reports.statement_document(told, "pt", WRITER, other=lambda name: f"/{name}/")
    runs = [run for block in paper.blocks if isinstance(block, reports.Paragraph) for run in block.runs]
    assert {(run.text, run.link) for run in runs if run.link} == {
        ("5", "/drawn/"),
        ("2", "/drawn_finds/"),
        ("9", "/tips_sent/"),
        ("8", "/tips_acknowledged/"),
        ("7", "/tips_acted_on/"),
    }
