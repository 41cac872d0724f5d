"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing about whether it is right. CI looks at the same examples each time; at home
# they are new ones, and what is found is kept as an explicit example.
settings.register_profile(
    "tidewaiter", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("tidewaiter")

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
