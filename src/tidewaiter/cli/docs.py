"""``tidewaiter docs``: write the pages that are made from the code."""

import argparse
import io
import os
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the command."""
    parser = commands.add_parser(
        "docs",
        help="write the reference pages that are made from the code",
        description="Write the pages of docs/reference that are made from the code. The tests check them.",
    )
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Write every generated page."""
    for name, make in pages().items():
        (ROOT / name).write_text(make(), encoding="utf-8")
        print(name)
    return 0


def pages() -> dict[str, Callable[[], str]]:
    """Give the generated pages by path, each with the function that makes it."""
    from tidewaiter.domain.machines.reference import machines_markdown
    from tidewaiter.exchange.objects.reference import objects_markdown
    from tidewaiter.intake.wco.reference import wco_markdown
    from tidewaiter.lake.reference import tables_markdown
    from tidewaiter.node.settings_page import settings_markdown
    from tidewaiter.refdata.reference import lists_markdown
    from tidewaiter.screening.profiles import reference_markdown

    return {
        "docs/reference/commands.md": commands_markdown,
        "docs/reference/exchange-objects.md": objects_markdown,
        "docs/reference/node-settings.md": settings_markdown,
        "docs/reference/profile-language.md": reference_markdown,
        "docs/reference/refdata.md": lists_markdown,
        "docs/reference/state-machines.md": machines_markdown,
        "docs/reference/tables.md": tables_markdown,
        "docs/reference/wco-data-model.md": wco_markdown,
    }


def commands_markdown() -> str:
    """Give the page docs/reference/commands.md: the help of each command."""
    from tidewaiter.cli.main import COMMANDS, main

    lines = ["# Commands", "", "Made from the code by `./tw docs`; do not edit by hand.", ""]
    os.environ["COLUMNS"] = "110"
    for name in COMMANDS:
        text = io.StringIO()
        with redirect_stdout(text):
            try:
                main([name, "--help"])
            except SystemExit as done:
                if done.code:
                    raise
        lines += [f"## {name}", "", "```text", text.getvalue().rstrip(), "```", ""]
    return "\n".join(lines)
