"""A tip makes or lifts a line, even before anybody has declared the consignment."""

from collections.abc import Callable

import pytest

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.live.models import Event
from tidewaiter.node.targeting import services
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.queries.filters import Choice

Line = Callable[..., SelectedConsignment]
Staff = Callable[..., Person]


def expect(actor: Person | None, plate: str, tip: str = "GD-HK-0931") -> SelectedConsignment:
    """A tip about a lorry at the bridge."""
    return services.expect(
        actor, office=Office.objects.get(pk="HK-HZMB"), references=[("plate", plate)], tip=tip, source="CN-GD",
        sentence={"en": "Shoes behind the second row.", "zh-Hans": "第二排后有鞋。"}, mode=3,
    )  # fmt: skip


def test_a_lorry_that_nobody_declared_waits_at_the_head_once(staff: Staff, line: Line) -> None:
    officer = staff("officer", Role.OFFICER, "HK-HZMB")
    line("OTHER", priority=99)
    first = expect(None, "粤Z·K417港")
    assert expect(None, "粵Z K417港").pk == first.pk
    assert [one.reference for one in Choice().lines(officer)] == ["粤Z·K417港", "OTHER"]
    assert SelectedConsignment.objects.count() == 2
    assert Event.objects.filter(topic="queue").exists()


def test_a_line_that_waits_is_lifted_and_keeps_its_reasons(line: Line, offices: None) -> None:
    item = line("WX2208", priority=10)
    lifted = expect(None, "wx 2208")
    assert lifted.pk == item.pk or item.keys.count() == 0


def test_a_released_lorry_comes_back(done_run: ScreeningRun, analyst: Person) -> None:
    item = SelectedConsignment.objects.filter(run=done_run, reference_type="plate").first()
    assert item is not None
    services.release(analyst, services.take(analyst, item), reason="seen")
    back = expect(None, item.reference)
    assert (back.pk, back.state, back.tip, back.reasons[0]["kind"]) == (item.pk, "waiting", "GD-HK-0931", "tip")
    assert len(back.reasons) > 1


def test_a_declaration_in_the_lake_is_found_for_the_tip(done_run: ScreeningRun, analyst: Person) -> None:
    from tidewaiter.node.targeting import lake

    chosen = set(SelectedConsignment.objects.values_list("consignment_id", flat=True))
    index = lake.open_index(done_run)
    root = index.root
    import polars as pl

    rows = pl.read_parquet(
        str(root / "consignment" / "administration=HK" / "**" / "*.parquet"), hive_partitioning=False
    ).filter(~pl.col("consignment_id").is_in(list(chosen)))
    row = next(one for one in rows.to_dicts() if any(r["type"] == "plate" for r in one["references"]))
    plate = next(r["value"] for r in row["references"] if r["type"] == "plate")
    day = row["presented_at"] or row["lodged_at"]
    item = services.expect(
        None, office=Office.objects.get(pk="HK-HZMB"), references=[("plate", plate)], tip="GD-2", source="CN-GD",
        sentence={"en": "Look at it."}, due_at=day,
    )  # fmt: skip
    assert item.run == done_run
    assert item.message_id


def test_only_the_desk_may_expect(staff: Staff, offices: None) -> None:
    with pytest.raises(NotAllowed):
        expect(staff("officer", Role.OFFICER, "HK-HZMB"), "AB1234")
    assert expect(staff("liaison", Role.INTELLIGENCE, "HK"), "AB1234").tip == "GD-HK-0931"
