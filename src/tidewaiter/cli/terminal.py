"""What a person sees in the terminal: progress while it works, a summary at the end."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Update = Callable[[str, int, int], None]
"""Takes the stage in words, and how much of how much of it is done."""


def console() -> Console:
    """Give the console for people. It writes to standard error, so that standard output stays for results."""
    return Console(stderr=True, highlight=False)


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Update]:
    """Show a bar while the block runs; nothing where ``quiet`` is set or nobody watches a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(bar_width=36),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=console(), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def update(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=max(1, total))
            bar.update(tasks[stage], completed=done if total else 1, total=max(1, total))

        yield update
