"""The end: final figures of all, a snapshot that counts again, the yes of each, a statement in four languages."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections, transaction
from tests.node.operations.conftest import Node

from tidewaiter import consolidation, reports
from tidewaiter.exchange import objects as wire
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.operations import services
from tidewaiter.node.operations.models import Operation, Snapshot, Statement
from tidewaiter.node.operations.queries import statements, tally
from tidewaiter.node.operations.queries.figures import by_key

Sent = Callable[[str], list[dict[str, Any]]]


def _ended(node: Node) -> Operation:
    operation = node.running()
    node.control(operation)
    node.seizure(
        operation, [("840", "PR", "suspected"), ("3", "H87", "seized")], [("9600.10", "HKD", "STREET")], arrests=1
    )
    return services.end(node.coordinator, operation)


def _frozen(node: Node) -> tuple[Operation, Snapshot]:
    operation = _ended(node)
    services.release_figures(node.coordinator, operation, final=True)
    for code in ("CN-GD", "MO"):
        node.came(code, node.figures(code, operation, final=True))
    return operation, services.freeze(node.coordinator, operation)


def _closed(node: Node) -> tuple[Operation, Statement]:
    operation, snapshot = _frozen(node)
    for code in ("CN-GD", "MO"):
        subject = {"id": snapshot.object_id, "modified": snapshot.modified, "digest": snapshot.object_digest}
        node.came(code, node.said(code, operation, **subject))
    operation.refresh_from_db()
    return operation, services.publish_statement(node.coordinator, operation)


def test_nothing_is_frozen_while_a_party_is_missing(node: Node) -> None:
    operation = _ended(node)
    services.release_figures(node.coordinator, operation, final=True)
    node.came("CN-GD", node.figures("CN-GD", operation, final=True))
    node.came("MO", node.figures("MO", operation))
    with pytest.raises(Refused, match="MO"):
        services.freeze(node.coordinator, operation)


def test_what_changed_since_the_release_is_released_first(node: Node) -> None:
    operation = _ended(node)
    services.release_figures(node.coordinator, operation, final=True)
    for code in ("CN-GD", "MO"):
        node.came(code, node.figures(code, operation, final=True))
    node.control(operation)
    with pytest.raises(Refused):
        services.freeze(node.coordinator, operation)
    services.release_figures(node.coordinator, operation, final=True)
    services.freeze(node.coordinator, operation)


def test_the_snapshot_counts_again_to_the_same(node: Node) -> None:
    operation, snapshot = _frozen(node)
    held = consolidation.read(bytes(snapshot.content), snapshot.digest)
    assert consolidation.recount(held) == held.figures
    assert by_key(held.figures) == by_key(one.figure for one in tally.count(operation).figures())
    assert {one.key.party for one in held.received} == {"CN-GD", "MO"}


def test_records_stay_at_home(node: Node, sent: Sent) -> None:
    _operation, snapshot = _frozen(node)
    [told] = sent("snapshot")
    held = consolidation.read(bytes(snapshot.content), snapshot.digest)
    for one in held.records:
        assert one.id.partition(":")[2] not in str(told)
    assert snapshot.digest in str(told)


def test_it_closes_when_all_have_agreed_to_these_figures(node: Node) -> None:
    operation, snapshot = _frozen(node)
    subject = {"id": snapshot.object_id, "modified": snapshot.modified, "digest": snapshot.object_digest}
    node.came("CN-GD", node.said("CN-GD", operation, **subject))
    node.came("MO", node.said("MO", operation, **{**subject, "digest": "0" * 64}))
    operation.refresh_from_db()
    assert operation.state == "closing"
    with pytest.raises(Refused):
        services.publish_statement(node.coordinator, operation)
    node.came("MO", node.said("MO", operation, **subject))
    operation.refresh_from_db()
    assert operation.state == "closed"


@pytest.mark.django_db(transaction=True)
def test_two_that_agree_at_the_same_moment_close_it(node: Node) -> None:
    operation, snapshot = _frozen(node)
    subject = {"id": snapshot.object_id, "modified": snapshot.modified, "digest": snapshot.object_digest}
    written, done = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            node.came("CN-GD", node.said("CN-GD", operation, **subject))
            written.set()
            # Long enough for the second to pass, if nothing holds it back.
            done.wait(1)
        connections.close_all()

    def second() -> None:
        written.wait()
        node.came("MO", node.said("MO", operation, **subject))
        done.set()
        connections.close_all()

    threads = [threading.Thread(target=one) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    operation.refresh_from_db()
    assert operation.state == "closed"


def test_a_party_agrees_only_to_figures_that_it_holds(node: Node) -> None:
    operation = _ended(node)
    Operation.objects.filter(pk=operation.pk).update(lead="CN-GD")
    told = wire.Snapshot(
        id=wire.new_id("report"), **_head("CN-GD"), operation=operation.object_id, title="P1", at=wire.now(),
        number="P1", status=wire.Status.CONFIRMED,
        records=(
            wire.Records(kind="content", count=3, digest="a" * 64),
            wire.Records(kind="released_figures/MO", count=3, digest="b" * 64),
        ),
    )  # fmt: skip
    node.came("CN-GD", told)
    snapshot = Snapshot.objects.get()
    with pytest.raises(Refused, match="MO"):
        services.answer_snapshot(node.coordinator, snapshot, agreed=True)
    services.answer_snapshot(node.coordinator, snapshot, agreed=False, words="figures of Macao are missing")
    with pytest.raises(wire.Refused):
        node.came("MO", replace(told, id=wire.new_id("report"), author=wire.identity_of("MO")))


def _head(sender: str) -> dict[str, Any]:
    moment = wire.now()
    return {
        "author": wire.identity_of(sender), "created": moment, "modified": moment,
        "handling": wire.Handling(tlp=wire.Tlp.AMBER),
    }  # fmt: skip


def test_the_statement_holds_the_same_figures_in_every_language(node: Node) -> None:
    _operation, statement = _closed(node)
    told = statements.value_of(statement)
    found = {}
    for language in ("en", "zh-Hant", "zh-Hans", "pt", "zh-Hant-MO"):
        paper = reports.statement_document(told, language, statements.WRITER)
        found[language] = [
            re.sub(r"\D", "", cell.text)
            for block in paper.blocks
            if isinstance(block, reports.Table)
            for group in block.groups
            for row in (*group.rows, group.foot)
            for cell in row
            if isinstance(cell, reports.Cell) and cell.figures
        ]
    assert "960010" in found["en"]
    assert all(held == found["en"] for held in found.values())
    assert set(statement.texts) == {"en", "zh-Hant", "zh-Hans", "pt"}


def test_the_statement_does_not_change_with_later_figures(node: Node) -> None:
    operation, statement = _closed(node)
    before = statements.texts_of(statement)
    node.came("CN-GD", node.figures("CN-GD", operation, figures=()))
    assert statements.texts_of(statement) == before


def test_the_statement_counts_what_all_reported(node: Node) -> None:
    _operation, statement = _closed(node)
    told = statements.value_of(statement)
    counted = by_key(told.figures)
    assert counted["inspections", "", "", "", ""] == 2 + 90 + 90
    assert counted["items", "PR", "", "", "suspected"] == 840 + 1200 + 1200
    assert told.tips == reports.Tips(10, 8, 6)
    assert told.sampled == reports.Sampled(20, 2)
