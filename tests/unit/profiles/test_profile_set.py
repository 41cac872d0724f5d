"""Validity, hits, sentences and explanations."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from pickle import dumps, loads
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.schemas import CONSIGNMENT, HIT
from tidewaiter.screening.profiles import Profiles, Rates, as_words, run_profiles

Row = dict[str, Any]
RATES = Rates({"USD": 1.0, "CNY": 7.0})

FOOTWEAR = """profiles:
  - id: GD-1
    title: Footwear at pin-money prices
    owner: Gongbei, targeting
    purpose: Counterfeit footwear goes out at prices no maker could live on.
    valid: {from: 2026-05-01, until: 2026-06-30}
    channel: physical
    priority: 80
    mandatory: true
    sentence:
      en: "Footwear (HS {hs}) to {destination.country} at {value_per_piece} a pair"
      zh-Hant: "鞋類（{hs}）每雙{value_per_piece}"
      zh-Hans: "鞋类（{hs}）每双{value_per_piece}，共{value}"
      pt: "Calçado ({hs}) a {value_per_piece} o par, total {value}"
    when:
      all:
        - {field: regime, in: [export, transhipment]}
        - {field: destination.country, region: north_america}
        - item:
            all:
              - {field: hs, prefix: ["6403", "6404"]}
              - {field: value_per_piece, below: 5, currency: USD}
        - not: {field: courier, is: true}
  - {id: OLD, owner: A, purpose: B, valid: {from: 2025-01-01, until: 2025-12-31}, channel: documentary, priority: 1,
     sentence: Old., when: {field: regime, is: export}}
  - {id: ALL, owner: A, purpose: B, valid: {from: 2026-01-01, until: 2026-12-31}, channel: non_intrusive, priority: 2,
     sentence: Export., when: {field: regime, is: export}}
"""


@pytest.fixture
def profiles() -> Profiles:
    return Profiles.read(FOOTWEAR.encode(), "profiles.yaml", date(2026, 5, 20), RATES)[0]


@pytest.fixture
def shoes(consignment: Callable[..., Row]) -> Row:
    return consignment(
        regime="export",
        courier=False,
        value=12345.6,
        currency="CNY",
        lodged_at=datetime(2026, 5, 20, 15, tzinfo=UTC),
        lodged_offset=480,
        route=[{"role": "destination", "country": "US"}],
        goods=[
            {"hs": "610910", "quantity": 1.0, "unit": "H87", "value": 9.0, "currency": "CNY"},
            {"hs": "640399", "quantity": 10.0, "unit": "PR", "value": 300.0, "currency": "CNY"},
        ],
    )


def test_a_profile_outside_its_validity_rests_and_says_so() -> None:
    for day, running in ((date(2025, 12, 31), ["OLD"]), (date(2026, 5, 1), ["GD-1", "ALL"]), (date(2027, 1, 1), [])):
        profiles, notices = Profiles.read(FOOTWEAR.encode(), "profiles.yaml", day, RATES)
        assert [profile.id for profile in profiles.running] == running
        resting = {profile.id for profile in profiles.resting}
        assert resting == {notice.profile for notice in notices}
        assert all(notice.notice and f"does not run on {day}" in notice.message for notice in notices)


def test_hits_follow_the_batch_and_the_file(profiles: Profiles, shoes: Row) -> None:
    other = {**shoes, "message_id": "m2", "route": None}
    none = {**shoes, "message_id": "m3", "regime": "import"}
    batch = pa.RecordBatch.from_pylist([other, shoes, none], schema=CONSIGNMENT)
    hits = run_profiles(batch, profiles).hits
    assert hits.schema.equals(HIT, check_metadata=True)
    rows = hits.to_pylist()
    assert [(row["message_id"], row["rule"]) for row in rows] == [("m2", "ALL"), ("m1", "GD-1"), ("m1", "ALL")]
    assert rows[1] == {
        "message_id": "m1",
        "kind": "profile",
        "rule": "GD-1",
        "mandatory": True,
        "priority": 80,
        "channel": "physical",
        "manner": "rule",
        "field": "regime, destination.country, item.hs, item.value_per_piece, courier",
        "text": "",
        "start": None,
        "end": None,
    }


def test_an_empty_batch_and_an_empty_file_give_no_hits(profiles: Profiles, shoes: Row) -> None:
    assert run_profiles(pa.RecordBatch.from_pylist([], schema=CONSIGNMENT), profiles).hits.num_rows == 0
    none, notices = Profiles.read(b"profiles: []\n", "profiles.yaml", date(2026, 5, 20))
    assert notices == []
    assert run_profiles(pa.RecordBatch.from_pylist([shoes], schema=CONSIGNMENT), none).hits.num_rows == 0


def test_the_sentence_is_filled_in_from_the_item_that_decided(profiles: Profiles, shoes: Row) -> None:
    assert profiles.describe("GD-1", "en", shoes) == "Footwear (HS 640399) to US at 4.29 USD a pair"
    assert profiles.describe("GD-1", "zh-Hant-MO", shoes) == "鞋類（640399）每雙4.29 USD"
    assert profiles.describe("GD-1", "zh-Hans", shoes) == "鞋类（640399）每双4.29 USD，共12345.60 CNY"
    assert profiles.describe("GD-1", "pt", shoes) == "Calçado (640399) a 4,29 USD o par, total 12\u00a0345,60 CNY"
    assert profiles.describe("ALL", "pt", shoes) == "Export."
    assert profiles.describe("GD-1", "en") == "Footwear (HS {hs}) to {destination.country} at {value_per_piece} a pair"


def test_what_is_missing_is_called_not_stated(profiles: Profiles, consignment: Callable[..., Row]) -> None:
    assert (
        profiles.describe("GD-1", "en", consignment()) == "Footwear (HS not stated) to not stated at not stated a pair"
    )
    assert "沒有申報" in profiles.describe("GD-1", "zh-Hant-MO", consignment())
    assert "não declarado" in profiles.describe("GD-1", "pt", consignment())


def test_every_condition_is_explained_with_its_value(profiles: Profiles, shoes: Row) -> None:
    reasons = profiles.explain("GD-1", shoes)
    assert [(reason.met, reason.value, reason.field) for reason in reasons] == [
        (True, "export", "regime"),
        (True, "US", "route[1].country"),
        (True, "640399", "goods[2].hs"),
        (True, "4.29 USD", "goods[2].value_per_piece"),
        (True, "no", "courier"),
    ]
    assert str(reasons[3]) == "yes: value per piece is below 5 USD (here: 4.29 USD)"
    assert str(reasons[4]) == "yes: not (courier is yes) (here: no)"


def test_a_condition_in_words(profiles: Profiles) -> None:
    assert as_words(profiles.by_id["GD-1"].when) == (
        "regime is export or transhipment and country of destination is in North America and one goods item meets all "
        "of this: (HS code begins with 6403 or 6404 and value per piece is below 5 USD) and not (courier is yes)"
    )


def test_the_digest_follows_the_meaning_and_not_the_layout(profiles: Profiles) -> None:
    def digest(text: str) -> str:
        return Profiles.read(text.encode(), "other.yaml", date(2026, 5, 20), RATES)[0].digest

    assert (
        digest(FOOTWEAR.replace("[export, transhipment]", "[transhipment, 'export']") + "# a note\n") == profiles.digest
    )
    assert digest(FOOTWEAR.replace("below: 5", "below: 6")) != profiles.digest
    assert digest(FOOTWEAR.replace("priority: 80", "priority: 81")) != profiles.digest


def test_profiles_travel_to_other_processes(profiles: Profiles, shoes: Row) -> None:
    batch = pa.RecordBatch.from_pylist([shoes], schema=CONSIGNMENT)
    here = run_profiles(batch, profiles).hits
    assert run_profiles(batch, loads(dumps(profiles))).hits.equals(here)


def test_a_profile_whose_currency_has_no_rate_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "profiles.yaml"
    path.write_text(FOOTWEAR, encoding="utf-8")
    _, notices = Profiles.load(path, date(2026, 5, 20))
    assert any("The rates hold no USD" in notice.message and notice.profile == "GD-1" for notice in notices)
