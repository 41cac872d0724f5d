"""Mending rejects: rows that a person put right make a new run, which names the old one."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from tidewaiter.intake.encoding import Utf8Blocks
from tidewaiter.intake.reading import Source
from tidewaiter.intake.sources import find_sources
from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.targeting import policies
from tidewaiter.node.targeting.models import ScreeningRun
from tidewaiter.node.targeting.queries.rejects import Reject
from tidewaiter.node.targeting.services.files import MOST_FILES, Incoming
from tidewaiter.node.targeting.services.runs import start_run

_HEADER_BYTES = 1 << 20


def mend_rows(
    actor: Person, run: ScreeningRun, rejects: Mapping[int, Reject], mended: Mapping[int, str]
) -> ScreeningRun:
    """Start a run over the rows that were mended: ``mended`` gives the new text by the number of the reject.

    Rows of a table get the header of their file again. Raises NotAllowed, and Refused where nothing was changed or a
    row's file does not hold text.
    """
    policies.runs.require(actor, "mend", run)
    changed = {number: text for number, text in mended.items() if text.strip() and text != rejects[number].raw}
    if not changed:
        raise Refused(_("Nothing was changed yet. Mend at least one row."))
    files = list(_files(run, {number: rejects[number] for number in changed}, changed))
    return start_run(actor, files, office=run.office, capacity=run.capacity, mapping=run.mapping, mends=run)


def _files(run: ScreeningRun, rejects: Mapping[int, Reject], mended: Mapping[int, str]) -> Iterator[Incoming]:
    by_source: dict[str, list[int]] = {}
    for number, reject in rejects.items():
        by_source.setdefault(reject.source_file, []).append(number)
    sources = {source.name: source for source in find_sources([run.folder / "in"])}
    count = 0
    for name, numbers in by_source.items():
        source = sources.get(name)
        if source is None or not rejects[numbers[0]].mendable:
            raise Refused(
                _("Rows of %(name)s cannot be mended here. Upload a mended file instead.") % {"name": Path(name).name}
            )
        texts = [mended[number] for number in numbers]
        contents = texts if _is_xml(texts[0]) else ["\n".join([*_header(source, texts[0]), *texts]) + "\n"]
        for content in contents:
            count += 1
            if count > MOST_FILES:
                raise Refused(_("Mend fewer messages at a time."))
            yield ContentFile(content.encode(), name=f"mended-{count:02d}{_ending(texts[0])}")


def _is_xml(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _ending(text: str) -> str:
    first = text.lstrip("\ufeff \t\r\n")[:1]
    return ".xml" if first == "<" else ".jsonl" if first == "{" else ".csv"


def _header(source: Source, text: str) -> Iterable[str]:
    """The header of a table; nothing for JSON Lines, where each line stands alone."""
    if text.lstrip().startswith("{"):
        return []
    with source.open() as stream:
        lines = Utf8Blocks(stream).next_block(_HEADER_BYTES).decode("utf-8", "replace")
    # A header may run over several lines where a name is quoted.
    first = next(csv.reader(io.StringIO(lines)), [])
    ends = lines.find("\n")
    while ends >= 0 and next(csv.reader(io.StringIO(lines[:ends])), []) != first:
        ends = lines.find("\n", ends + 1)
    return [lines[:ends].rstrip("\r") if ends >= 0 else lines]
