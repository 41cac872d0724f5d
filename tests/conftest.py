"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not ours to ship; the test is skipped, and says so, where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the repository")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the reasons of skipped tests for `tidewaiter test`, which says them or counts them as failures."""
    report = os.environ.get("TIDEWAITER_SKIP_REPORT")
    if report is None or hasattr(terminalreporter.config, "workerinput"):
        return
    reasons = [str(skipped.longrepr[2]) for skipped in terminalreporter.stats.get("skipped", [])]
    Path(report).write_text("".join(f"{reason}\n" for reason in reasons))
