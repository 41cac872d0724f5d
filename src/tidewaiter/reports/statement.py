"""The joint statement of an operation: what was done and found, in one language, each figure as it was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tidewaiter.consolidation import Figure, Finality, Measure, Total
from tidewaiter.refdata import regions
from tidewaiter.reports.document import Block, Document, Heading, Notes, Paragraph, Run
from tidewaiter.reports.tables import Link, Tables, no_link
from tidewaiter.reports.words import Writer, joined, party_name, place_name, word


@dataclass(frozen=True, slots=True)
class Tips:
    """Tips that the parties sent one another."""

    sent: int
    acknowledged: int
    acted_on: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """Controls that chance alone chose, and how many of them led to a find."""

    drawn: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a statement says. ``names`` is the operation's name by language; ``parties`` are codes, the lead first.

    ``figures`` are those of all parties, each under its party's key. ``missing`` are parties without figures; ``twice``
    counts records that came from a tip between the parties. ``snapshot``, ``frozen_at`` and ``digest`` name the frozen
    figures; ``agreed`` are the parties that agreed to them. ``tips`` and ``sampled`` are left out where not known.
    """

    names: Mapping[str, str]
    number: str
    first: date
    last: date
    parties: tuple[str, ...]
    regions: tuple[str, ...]
    figures: tuple[Figure, ...]
    snapshot: str
    frozen_at: datetime
    digest: str
    agreed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    tips: Tips | None = None
    sampled: Sampled | None = None
    twice: int = 0
    handling: str = "clear"
    synthetic: bool = False

    def name(self, language: str) -> str:
        """The operation's name in ``language``, else in English, else any."""
        fallback = self.names.get("zh-Hant") if language == "zh-Hant-MO" else None
        return self.names.get(language) or fallback or self.names.get("en") or next(iter(self.names.values()))


def statement_document(told: Statement, language: str, writer: Writer, link: Link = no_link) -> Document:
    """Put ``told`` into words. ``link`` leads from a figure to the records that it counts."""
    parties = joined([place_name(code, language) for code in told.parties], language)
    tables = Tables(told.figures, told.parties, language, writer, missing=told.missing, link=link)
    blocks: list[Block] = [Paragraph((Run(_opening(told, parties, language, writer)),), lead=True)]
    blocks += _sentences(told, tables, language, writer, link)
    activity, quantities = tables.activity(), tables.quantities()
    if activity or quantities:
        blocks.append(Heading(word("quantities", language)))
        blocks += [table for table in (activity, quantities) if table]
    blocks.append(Heading(word("values", language)))
    values = tables.values()
    blocks.append(Paragraph((Run(word("values_apart" if values else "no_values", language)),)))
    blocks += [values] if values else []
    blocks.append(Notes(tuple(_notes(told, language, writer))))
    return Document(
        language=language,
        kind=word("statement", language),
        title=word("title", language, name=told.name(language)),
        subtitle=f"{word('statement', language)} {told.number} · {writer.moment(told.frozen_at, language)}",
        parties=told.parties,
        party_names=tuple(party_name(code, language) for code in told.parties),
        handling=told.handling,
        blocks=tuple(blocks),
        synthetic=word("synthetic", language) if told.synthetic else "",
    )


def _opening(told: Statement, parties: str, language: str, writer: Writer) -> str:
    text = word("opening", language, parties=parties, period=writer.period(told.first, told.last, language))
    if not told.regions:
        return text
    named = joined([regions.name(code, language) for code in told.regions], language)
    space = "" if language.startswith("zh") else " "
    return text + space + word("destinations", language, regions=named)


def _sentences(told: Statement, tables: Tables, language: str, writer: Writer, link: Link) -> list[Block]:
    """The figures in running text, each in bold; what could not be added is said sum by sum."""
    sentences: list[tuple[Run, ...]] = []
    if Measure.INSPECTIONS in tables.totals:
        amounts = {
            measure.value: _amount(tables.totals.get(measure), language, writer)
            for measure in (Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS)
        }
        sentences.append(_filled("controls", language, amounts))
    if told.sampled is not None:
        drawn = {"drawn": told.sampled.drawn, "found": told.sampled.found}
        sentences.append(_filled("random", language, {k: writer.number(v, language) for k, v in drawn.items()}))
    for measure, key in ((Measure.SEIZURES, "seizures"), (Measure.ARRESTS, "arrests")):
        if measure in tables.totals:
            sentences.append(_filled(key, language, {key: _amount(tables.totals[measure], language, writer)}))
    if told.tips is not None:
        sent = {"sent": told.tips.sent, "acknowledged": told.tips.acknowledged, "acted_on": told.tips.acted_on}
        sentences.append(_filled("tips", language, {k: writer.number(v, language) for k, v in sent.items()}))
    space = () if language.startswith("zh") else (Run(" "),)
    runs = [run for sentence in sentences for run in (*sentence, *space)]
    return [Paragraph(tuple(runs))] if runs else []


def _amount(whole: Total | None, language: str, writer: Writer) -> str:
    if whole is None:
        return writer.number(Decimal(0), language)
    if whole.single is not None:
        return writer.number(whole.single.amount, language)
    marks = ("（", "）") if language.startswith("zh") else (" (", ")")
    parts = [
        f"{writer.number(one.amount, language)}{marks[0]}{word(one.finality.value, language)}{marks[1]}"
        for one in whole.sums
    ]
    return joined(parts, language)


def _filled(key: str, language: str, values: Mapping[str, str]) -> tuple[Run, ...]:
    """The sentence of ``key`` as runs, with each filled-in value in bold."""
    text = word(key, language, **{name: f"\x00{value}\x00" for name, value in values.items()})
    return tuple(Run(part, strong=bool(place % 2)) for place, part in enumerate(text.split("\x00")) if part)


def _notes(told: Statement, language: str, writer: Writer) -> list[str]:
    lines = [word("note_suspected", language)]
    if any(one.key.finality is Finality.PROVISIONAL for one in told.figures):
        lines.append(word("note_provisional", language))
    if told.missing:
        missing = joined([place_name(code, language) for code in told.missing], language)
        lines.append(word("note_missing", language, parties=missing))
    if told.twice:
        lines.append(word("note_twice", language, count=writer.number(told.twice, language)))
    at = writer.moment(told.frozen_at, language)
    line = word("note_snapshot", language, number=told.snapshot, at=at, digest=told.digest)
    if told.agreed:
        agreed = joined([place_name(code, language) for code in told.agreed], language)
        end = word("agreed", language, parties=agreed)
        comma, stop = ("，", "。") if language.startswith("zh") else (", ", ".")
        line = line.removesuffix(stop) + comma + end + stop
    lines.append(line)
    return lines
