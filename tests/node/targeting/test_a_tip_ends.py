"""A tip that is recalled or out of time leaves the queue; a tip on a lorry speaks of each bill that it carries."""

from collections.abc import Callable

import polars as pl
import pytest
from django.utils import translation
from tests.node.targeting.test_tips_in_the_queue import expect

from tidewaiter.domain.machines import QUEUE_ITEM
from tidewaiter.domain.state_machine import WrongState
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.targeting import lake, policies, services
from tidewaiter.node.targeting.ended_in_words import why_ended, why_released
from tidewaiter.node.targeting.models import QueueReference, ScreeningRun, SelectedConsignment

Line = Callable[..., SelectedConsignment]
Staff = Callable[..., Person]


def _end(tip: str = "GD-HK-0931", source: str = "CN-GD") -> int:
    return services.end_tip(tip, source, reason=f"{tip}: recalled")


def _two_on_a_lorry(line: Line) -> list[SelectedConsignment]:
    found = [line("AB1234", priority=40), line("AB1234", priority=30)]
    QueueReference.objects.bulk_create(
        [QueueReference(item=one, kind="plate", key=key) for one in found for key in _keys("AB1234")],
        ignore_conflicts=True,
    )
    return found


def _keys(plate: str) -> set[str]:
    from tidewaiter.node.targeting.references import keys_of

    return {key for _kind, key in keys_of([("plate", plate)])}


def test_what_the_tip_alone_announced_goes(offices: None) -> None:
    item = expect(None, "粤Z·K417港")
    assert _end(source="MO") == 0
    assert _end() == 1
    item.refresh_from_db()
    assert (item.state, item.release_reason) == ("released", "GD-HK-0931: recalled")
    assert AuditRow.objects.filter(verb="targeting.withdraw", object_id=str(item.pk)).count() == 1
    assert _end() == 0


def test_what_somebody_has_taken_stays_in_hand(staff: Staff) -> None:
    officer = staff("officer", Role.OFFICER, "HK-HZMB")
    item = services.take(officer, expect(None, "粤Z·K417港"))
    assert _end() == 0
    item.refresh_from_db()
    assert (item.state, item.taken_by) == ("taken", officer)


def test_a_tip_lifts_every_bill_of_the_lorry_and_its_end_leaves_their_own_reasons(line: Line, offices: None) -> None:
    both = _two_on_a_lorry(line)
    reason = {"kind": "profile", "rule": "p", "source": "", "mark": "", "priority": 40, "texts": {"en": "Shoes."}}
    SelectedConsignment.objects.update(reasons=[reason], kinds="|profile|")
    expect(None, "AB1234")
    for one in both:
        one.refresh_from_db()
        assert (one.tip, one.priority, one.kinds) == ("GD-HK-0931", 100, "|tip|profile|")
    assert _end() == 2
    for one in both:
        one.refresh_from_db()
        assert (one.state, one.tip, one.priority, one.kinds) == ("waiting", "", 40, "|profile|")


def test_nobody_withdraws_by_hand(staff: Staff) -> None:
    item = expect(None, "粤Z·K417港")
    for role in (Role.OFFICER, Role.ANALYST, Role.COORDINATOR):
        assert not policies.queue.may(staff(f"one-{role}", role, "HK-HZMB"), "withdraw", item)
    with pytest.raises(WrongState):
        QUEUE_ITEM.apply("waiting", "withdraw", reason="")


def test_each_bill_of_a_lorry_in_the_lake_gets_a_line(done_run: ScreeningRun) -> None:
    root = lake.open_index(done_run).root
    declared = pl.read_parquet(
        str(root / "consignment" / "administration=HK" / "**" / "*.parquet"), hive_partitioning=False
    )
    plates: dict[str, dict[str, dict[str, object]]] = {}
    for row in declared.to_dicts():
        for one in row["references"]:
            if one["type"] == "plate":
                plates.setdefault(one["value"], {})[row["consignment_id"]] = row
    plate, rows = max(plates.items(), key=lambda held: len(held[1]))
    first = next(iter(rows.values()))
    item = services.expect(
        None, office=Office.objects.get(pk="HK-HZMB"), references=[("plate", plate)], tip="GD-3", source="CN-GD",
        sentence={"en": "Look at it."}, due_at=first["presented_at"] or first["lodged_at"],
    )  # fmt: skip
    # All of the world's days lie near one another, so that every bill of this plate is meant.
    with_tip = {
        one.consignment_id
        for one in SelectedConsignment.objects.current().filter(tip="GD-3")
        if any(reason["kind"] == "tip" for reason in one.reasons)
    }
    assert item.tip == "GD-3"
    selected = set(SelectedConsignment.objects.filter(consignment_id__in=rows).values_list("consignment_id", flat=True))
    assert with_tip
    assert with_tip == (selected or set(rows))


@pytest.mark.parametrize(
    ("state", "language", "words"),
    [
        ("recalled", "en", "The tip GD-HK-0931 was recalled by its sender."),
        ("recalled", "zh-hant", "傳送方已撤回線報GD-HK-0931。"),
        ("recalled", "zh-hans", "发送方已撤回线索GD-HK-0931。"),
        ("expired", "pt", "Expirou o prazo da informação pontual GD-HK-0931."),
        ("expired", "zh-hant-mo", "線報GD-HK-0931已屆滿。"),
    ],
)
def test_why_it_left_the_queue_is_told_in_the_readers_language(state: str, language: str, words: str) -> None:
    kept = why_ended(state, "GD-HK-0931")
    with translation.override(language):
        assert why_released(kept) == words
        assert why_released("Papers in order.") == "Papers in order."
