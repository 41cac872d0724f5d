"""Every address of joint operations and the board, by every role: default deny."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.node.operations.conftest import Node
from tests.visiting import sign_in

from tidewaiter.node.board import urls as board_urls
from tidewaiter.node.operations import services
from tidewaiter.node.operations import urls as operations_urls
from tidewaiter.node.operations.models import Operation

READ = {"officer", "elsewhere", "small", "analyst", "case", "intelligence", "auditor", "coordinator"}
STEER = {"coordinator"}
REPORT = {"officer", "elsewhere", "small", "case", "coordinator"}
MATRIX: dict[str, set[str]] = {
    "operations:operations": READ, "operations:new": STEER, "operations:history": READ, "operations:history_csv": READ,
    "operations:report": READ, "operations:report_pdf": READ, "operations:statement": READ,
    "operations:statement_pdf": READ, "operations:statement_csv": READ,
    "operations:statement_number": READ, "operations:operation": READ,
    "operations:amend": STEER, "operations:agree": STEER, "operations:refuse": STEER, "operations:start": STEER,
    "operations:end": STEER, "operations:cancel": STEER, "operations:release": STEER, "operations:final": STEER,
    "operations:freeze": STEER, "operations:accept": STEER, "operations:reject": STEER, "operations:publish": STEER,
    "operations:task": {"small", "coordinator"}, "operations:office_report": REPORT,
    "operations:situation_report": STEER, "board:board": READ, "board:tables": READ, "board:operation": READ,
    "board:tables_of": READ, "board:csv": READ, "board:figure": READ, "board:figure_now": READ,
}  # fmt: skip
FIGURE = "HK.inspections._._._._.final"


def _addresses() -> Iterator[str]:
    for urls in (operations_urls, board_urls):
        for one in urls.urlpatterns:
            assert isinstance(one, URLPattern)
            yield f"{urls.app_name}:{one.name}"


def test_every_address_stands_in_the_matrix() -> None:
    assert set(_addresses()) == {*MATRIX, "operations:acknowledge"}


def _closed(node: Node) -> tuple[Operation, dict[str, list[Any]]]:
    operation = node.running()
    node.control(operation)
    report = services.release_report(node.coordinator, operation, operation.starts_on)
    services.end(node.coordinator, operation)
    services.release_figures(node.coordinator, operation, final=True)
    for code in ("CN-GD", "MO"):
        node.came(code, node.figures(code, operation, final=True))
    snapshot = services.freeze(node.coordinator, operation)
    subject = {"id": snapshot.object_id, "modified": snapshot.modified, "digest": snapshot.object_digest}
    for code in ("CN-GD", "MO"):
        node.came(code, node.said(code, operation, **subject))
    operation.refresh_from_db()
    statement = services.publish_statement(node.coordinator, operation)
    parts = {"report": [report.pk], "statement": [statement.pk], "figure": [operation.pk, FIGURE], "now": [FIGURE]}
    return operation, parts


def _arguments(name: str, operation: Operation, parts: dict[str, list[Any]]) -> list[Any]:
    bare = name.partition(":")[2]
    if bare in {"operations", "new", "history", "history_csv", "board", "tables"}:
        return []
    if bare in {"report", "report_pdf"}:
        return parts["report"]
    if bare == "statement_number":
        return [*parts["statement"], "tips_sent"]
    if bare.startswith("statement"):
        return parts["statement"]
    return parts["now"] if bare == "figure_now" else parts["figure"] if bare == "figure" else [operation.pk]


def test_each_role_opens_what_the_policy_says(node: Node) -> None:
    operation, parts = _closed(node)
    wrong = []
    for name, person in node.people.items():
        client = sign_in(person)
        for address, allowed in MATRIX.items():
            status = client.get(reverse(address, args=_arguments(address, operation, parts))).status_code
            if (status == 200) != (name in allowed) or status not in {200, 403, 404}:
                wrong.append((name, address, status))
    assert not wrong


def test_nobody_opens_anything_without_signing_in(node: Node) -> None:
    operation, parts = _closed(node)
    for address in MATRIX:
        answer = Client().get(reverse(address, args=_arguments(address, operation, parts)))
        assert answer.status_code == 302, address


def test_a_deed_is_not_done_by_who_may_not(node: Node) -> None:
    operation = node.running()
    for name in ("officer", "small", "analyst", "auditor", "administrator"):
        client = sign_in(node.people[name])
        assert client.post(reverse("operations:end", args=[operation.pk])).status_code in {403, 404}
    operation.refresh_from_db()
    assert operation.state == "running"


@pytest.mark.parametrize("name", ["start", "cancel", "publish", "freeze"])
def test_a_deed_in_the_wrong_state_says_so_and_keeps_the_words(node: Node, name: str) -> None:
    operation = node.running()
    client = sign_in(node.coordinator)
    answer = client.post(reverse(f"operations:{name}", args=[operation.pk]), {"words": "because of the weather"})
    assert answer.status_code == 422
    assert "because of the weather" in answer.content.decode()


def test_a_plan_with_faults_keeps_what_was_typed(node: Node) -> None:
    client = sign_in(node.coordinator)
    answer = client.post(reverse("operations:new"), {"code": "A B", "name_en": "Ebb Tide", "participants": ["MO"]})
    assert answer.status_code == 422
    assert 'value="Ebb Tide"' in answer.content.decode()
