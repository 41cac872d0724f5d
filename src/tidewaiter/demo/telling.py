"""What the demonstration tells at its end: figures for machines; addresses, sign-ins and first steps for people."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.demo.director import Director
from tidewaiter.demo.nodes import Node
from tidewaiter.demo.script import period

FIRST_STEPS = (
    "Sign in to Hong Kong as liaison: a tip waits at the duty desk. Acknowledge it, and Guangdong sees it.",
    "Sign in to Hong Kong as officer.air: take a line of the queue, record a control, with or without a find.",
    "Open the board on all three nodes as coordinator: every control moves it.",
)


def for_machines(director: Director) -> dict[str, Any]:
    """The result by administration, of the operation that was closed; with how long each stage took."""
    code = period("first").code
    return {
        "synthetic": True,
        "seed": director.seed,
        "rows": director.rows,
        "operation": code,
        "administrations": {node.administration: _result(node, code) for node in director.nodes},
        "undelivered": director.undelivered(),
        "statement_files": director.statement,
        "seconds": director.seconds,
    }


def _result(node: Node, code: str) -> dict[str, Any]:
    told: dict[str, Any] = node.act("outcome_of", code=code)
    tips = told["tips"]
    return {**told, "tips": {"by_state": tips["by_state"], "delivery": _times(tips["delivery_seconds"])}}


def _times(seconds: Sequence[float]) -> dict[str, float | int | None]:
    """How long delivery took, in seconds: the middle, the slowest hundredth, the slowest."""
    if not seconds:
        return {"count": 0, "p50": None, "p99": None, "max": None}
    ordered = sorted(seconds)
    slow = ordered[min(len(ordered) - 1, round(0.99 * (len(ordered) - 1)))]
    return {"count": len(ordered), "p50": round(statistics.median(ordered), 3), "p99": slow, "max": ordered[-1]}


def sign_ins(people: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Rows for people of one node: username, role, office."""
    return [[one["username"], one["roles"].replace("_", " "), one["office"]] for one in people]
