"""The daily situation report of one administration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tidewaiter.consolidation import Figure, Finality
from tidewaiter.reports.document import Block, Document, Heading, Notes, Paragraph, Run
from tidewaiter.reports.tables import Link, Tables, no_link
from tidewaiter.reports.words import Writer, joined, party_name, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One administration's day up to the cut-off hour.

    ``offices`` is how many were tasked, ``missing`` the names (by language) of those that have not reported. ``words``
    are the author's own and stay in the language in which they were written.
    """

    names: Mapping[str, str]
    number: str
    party: str
    day: date
    cut_off: datetime
    figures: tuple[Figure, ...]
    words: str = ""
    offices: int = 0
    missing: tuple[Mapping[str, str], ...] = ()
    handling: str = "amber"
    synthetic: bool = False


def situation_document(told: Situation, language: str, writer: Writer, link: Link = no_link) -> Document:
    """Put ``told`` into words."""
    tables = Tables(told.figures, (told.party,), language, writer, link=link)
    blocks: list[Block] = [
        Paragraph((Run(word("cut_off", language, at=writer.moment(told.cut_off, language))),), lead=True)
    ]
    if told.words:
        blocks.append(Paragraph((Run(told.words),)))
    found = [table for table in (tables.activity(), tables.quantities(), tables.values()) if table]
    for table in found:
        blocks += [Heading(table.caption), table]
    if not found:
        blocks.append(Paragraph((Run(word("nothing", language)),)))
    blocks.append(Notes(tuple(_notes(told, language, writer))))
    fallback = "zh-Hant" if language == "zh-Hant-MO" else "en"
    name = told.names.get(language) or told.names.get(fallback) or next(iter(told.names.values()))
    return Document(
        language=language,
        kind=word("situation_report", language),
        title=word("title_situation", language, name=name, day=writer.day(told.day, language)),
        subtitle=f"{word('situation_report', language)} {told.number}",
        parties=(told.party,),
        party_names=(party_name(told.party, language),),
        handling=told.handling,
        blocks=tuple(blocks),
        synthetic=word("synthetic", language) if told.synthetic else "",
    )


def _notes(told: Situation, language: str, writer: Writer) -> list[str]:
    lines = [word("note_suspected", language)]
    if any(one.key.finality is Finality.PROVISIONAL for one in told.figures):
        lines.append(word("note_provisional", language))
    if told.missing:
        names = [one.get(language) or one.get("en") or next(iter(one.values())) for one in told.missing]
        lines.append(word("offices_missing", language, offices=joined(names, language)))
    elif told.offices:
        lines.append(word("offices_all", language, count=told.offices, offices=writer.number(told.offices, language)))
    return lines
