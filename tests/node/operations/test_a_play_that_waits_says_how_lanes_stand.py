"""A demonstration that waits in vain says, for each node, what is on its way and what came and was not applied."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.node.operations.conftest import Node

from tidewaiter.demo import nodes
from tidewaiter.demo.acts.counting import lanes
from tidewaiter.demo.director import Director
from tidewaiter.node.operations import services
from tidewaiter.node.partners.models import InboxBatch, InboxObject, Peer


def test_what_waits_and_what_was_refused_is_told(node: Node) -> None:
    services.plan(node.coordinator, node.entry())
    Peer.objects.filter(pk="MO").update(failures=3, last_error="ConnectionRefusedError")
    batch = InboxBatch.objects.create(peer=node.peers["CN-GD"], content=b"{}", digest="0" * 64, request_key_id="key")
    InboxObject.objects.create(
        batch=batch,
        peer=node.peers["CN-GD"], object_id="report--1", modified="2026-05-01T00:00:00Z", kind="released_figures",
        content="{}", digest="0" * 64, state="rejected", reason="missing", words="the plan is not here",
    )  # fmt: skip
    told = lanes()
    assert any(
        line.startswith("to MO: active, 3 failures in a row, last error ConnectionRefusedError") for line in told
    )
    assert any(line.startswith("to CN-GD: operation is waiting after 0 attempts") for line in told)
    assert any(line.startswith("from CN-GD: a batch of ") and " is received" in line for line in told)
    assert "from CN-GD: released_figures is rejected after 0 attempts, missing the plan is not here" in told


def test_who_waits_in_vain_reads_it(tmp_path: Path) -> None:
    class Mute(nodes.Node):
        def act(self, name: str, **_given: Any) -> Any:
            return ["to MO: stopped"] if name == "lanes" else "planned"

    made = [Mute(code, tmp_path / code, 1, "en") for code in ("CN-GD", "HK", "MO")]
    director = Director(tmp_path, made, 1, 1, lambda *_: None, date(2026, 5, 1), "", patience=0)
    with pytest.raises(nodes.DemoFailed, match=r"in vain for H-1 to be closed[^$]*HK to MO: stopped"):
        director._await_state("H-1", "closed")
