"""The joint statement of an operation: what was done and found, in one language, each figure as it was counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tidewaiter.consolidation import Figure, Finality, Measure, Sum, Total
from tidewaiter.refdata import regions
from tidewaiter.reports.document import Block, Document, Heading, Notes, Paragraph, Run
from tidewaiter.reports.tables import Link, Tables, key_of_sum, no_link
from tidewaiter.reports.words import Writer, between, joined, party_name, place_name, word

Other = Callable[[str], str]
"""The address of what stands behind a number that no figure holds: ``drawn``, ``drawn_finds``, ``tips_sent``,
``tips_acknowledged``, ``tips_acted_on``; empty where there is none to give."""


def no_address(_name: str) -> str:
    """Lead nowhere."""
    return ""


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


def statement_document(
    told: Statement, language: str, writer: Writer, link: Link = no_link, other: Other = no_address
) -> Document:
    """Put ``told`` into words. ``link`` leads from a figure to the records that it counts, ``other`` from the other
    numbers."""
    parties = joined([place_name(code, language) for code in told.parties], language)
    tables = Tables(told.figures, told.parties, language, writer, missing=told.missing, link=link)
    blocks: list[Block] = [Paragraph((Run(_opening(told, parties, language, writer)),), lead=True)]
    blocks += _sentences(told, tables, language, writer, (link, other))
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


def _sentences(
    told: Statement, tables: Tables, language: str, writer: Writer, links: tuple[Link, Other]
) -> list[Block]:
    """The figures in running text, each in bold and leading to its records; what could not be added stands sum by
    sum."""

    link, other = links

    def of(measure: Measure) -> _Amount:
        return _amount(tables.totals.get(measure), language, writer, link)

    def told_as(count: int, name: str) -> _Amount:
        return _Amount((Run(writer.number(count, language), strong=True, link=other(name)),), is_one=count == 1)

    sentences: list[tuple[Run, ...]] = []
    if Measure.INSPECTIONS in tables.totals:
        amounts = {one.value: of(one) for one in (Measure.INSPECTIONS, Measure.FINDS, Measure.NO_FINDS)}
        sentences.append(_filled("controls", language, amounts))
    if told.sampled is not None:
        drawn = {
            "drawn": told_as(told.sampled.drawn, "drawn"),
            "found": told_as(told.sampled.found, "drawn_finds"),
        }
        sentences.append(_filled("random", language, drawn))
    for measure, key in ((Measure.SEIZURES, "seizures"), (Measure.ARRESTS, "arrests")):
        if measure in tables.totals:
            sentences.append(_filled(key, language, {key: of(measure)}))
    if told.tips is not None:
        sent = {"sent": told.tips.sent, "acknowledged": told.tips.acknowledged, "acted_on": told.tips.acted_on}
        sentences.append(
            _filled("tips", language, {name: told_as(count, f"tips_{name}") for name, count in sent.items()})
        )
    space = () if language.startswith("zh") else (Run(" "),)
    runs = [run for sentence in sentences for run in (*sentence, *space)]
    return [Paragraph(tuple(runs))] if runs else []


@dataclass(frozen=True, slots=True)
class _Amount:
    """A figure as it stands in a sentence, and whether the sentence speaks of one thing."""

    runs: tuple[Run, ...]
    is_one: bool = False


def _amount(whole: Total | None, language: str, writer: Writer, link: Link) -> _Amount:
    if whole is None:
        return _Amount((Run(writer.number(Decimal(0), language), strong=True),))

    def run(one: Sum) -> Run:
        return Run(writer.number(one.amount, language), strong=True, link=link(key_of_sum(one)))

    if whole.single is not None:
        return _Amount((run(whole.single),), is_one=whole.single.amount == 1)
    marks = ("（", "）") if language.startswith("zh") else (" (", ")")
    runs: list[Run] = []
    for place, one in enumerate(whole.sums):
        runs += [Run(between(place, len(whole.sums), language))] if place else []
        runs += [run(one), Run(f"{marks[0]}{word(f'{one.finality}_figures', language)}{marks[1]}", strong=True)]
    return _Amount(tuple(runs))


def _filled(key: str, language: str, values: Mapping[str, _Amount]) -> tuple[Run, ...]:
    """The sentence of ``key`` as runs, with the runs of each value in its place. The first value is what the sentence
    counts: where it is one, the sentence is that of one."""
    is_one = next(iter(values.values())).is_one
    text = word(key, language, count=1 if is_one else None, **{name: f"\x00{name}\x00" for name in values})
    runs: list[Run] = []
    for place, part in enumerate(text.split("\x00")):
        if place % 2:
            runs += values[part].runs
        elif part:
            runs.append(Run(part))
    return tuple(runs)


def _notes(told: Statement, language: str, writer: Writer) -> list[str]:
    lines = [word("note_suspected", language)]
    if any(one.key.finality is Finality.PROVISIONAL for one in told.figures):
        lines.append(word("note_provisional", language))
    if told.missing:
        missing = joined([place_name(code, language) for code in told.missing], language)
        lines.append(word("note_missing", language, parties=missing))
    if told.twice:
        lines.append(word("note_twice", language, count=told.twice, records=writer.number(told.twice, language)))
    at = writer.moment(told.frozen_at, language)
    line = word("note_snapshot", language, number=told.snapshot, at=at, digest=told.digest)
    if told.agreed:
        agreed = joined([place_name(code, language) for code in told.agreed], language)
        end = word("agreed", language, parties=agreed)
        comma, stop = ("，", "。") if language.startswith("zh") else (", ", ".")
        line = line.removesuffix(stop) + comma + end + stop
    lines.append(line)
    return lines
