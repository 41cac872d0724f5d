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

ACTS = {
    "add_people": "setting_up",
    "own_key": "setting_up",
    "add_neighbours": "setting_up",
    "add_criteria": "setting_up",
    "add_rights": "setting_up",
    "add_shifts": "setting_up",
    "start_screening": "screening",
    "wait_for_screening": "screening",
    "work_queues": "controlling",
    "visit_shops": "controlling",
    "send_tips": "tips",
    "arrived_tips": "tips",
    "answer_tips": "tips",
    "undelivered": "counting",
    "counts": "counting",
}
"""Acts by name, each with the module that holds it."""


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
