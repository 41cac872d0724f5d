"""``python -m tidewaiter.demo.actor DIR``: works inside one node, on the word of the director.

Reads one JSON object a line, ``{"act": name, "with": {...}}``, and answers with ``{"value": ...}`` or, where the act
failed, ``{"error": words}``. What libraries print goes to standard error, which the director keeps as a log.
"""

import importlib
import json
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

_ROOMS = {
    "setting_up": (
        "add_people",
        "own_key",
        "add_neighbours",
        "add_criteria",
        "add_rights",
        "add_shifts",
    ),
    "screening": (
        "start_screening",
        "wait_for_screening",
    ),
    "controlling": (
        "work_queues",
        "visit_shops",
        "start_clock",
    ),
    "tips": (
        "send_tips",
        "arrived_tips",
        "answered_tips",
    ),
    "counting": ("undelivered", "lanes"),
    "operation": (
        "load_history",
        "plan_operation",
        "state_of",
        "lead_does",
        "agree_to",
        "give_tasks",
        "report_day",
        "release_final",
        "releases_of",
        "has_snapshot",
        "agree_to_figures",
        "has_statement",
        "print_statement",
        "outcome_of",
    ),
}
"""Acts by the module that holds them."""

ACTS = {name: room for room, names in _ROOMS.items() for name in names}


def main() -> None:
    """Do what is asked until standard input ends."""
    answers = sys.stdout
    # Only answers go to the director: a library that prints must not be mistaken for one.
    sys.stdout = sys.stderr
    from tidewaiter.node.folder import enter

    enter(Path(sys.argv[1]))
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer: dict[str, Any] = {"value": _act(asked["act"])(**asked["with"])}
        except Exception as wrong:  # noqa: BLE001 - whatever goes wrong is told to the director, which stops
            traceback.print_exc()
            answer = {"error": f"{type(wrong).__name__}: {wrong}"}
        answers.write(json.dumps(answer, default=str) + "\n")
        answers.flush()


def _act(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(importlib.import_module(f"tidewaiter.demo.acts.{ACTS[name]}"), name)
    return found


if __name__ == "__main__":
    main()
