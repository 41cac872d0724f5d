"""Figures as tables: a column a unit, a group of rows a stage; what is unlike stands apart and says why."""

from collections.abc import Callable, Collection, Iterable, Sequence

from tidewaiter.consolidation import Figure, Finality, Key, Measure, Sum, Total, total
from tidewaiter.domain.machines import SEIZURE_STAGE
from tidewaiter.reports.document import Cell, Group, NoTotal, Table
from tidewaiter.reports.words import Writer, basis_name, place_name, stage_name, unit_head, word

Link = Callable[[Key], str]
"""The address of the records that a figure counts; empty where there is none to give. A key without a party is that of
a sum: its address shows each party's part."""

ACTIVITY = {
    Measure.INSPECTIONS: "col_controls",
    Measure.FINDS: "col_finds",
    Measure.SEIZURES: "col_seizures",
    Measure.ARRESTS: "col_arrests",
}
_NONE = "–"


def key_of_sum(one: Sum) -> Key:
    """The key of a sum: that of its figures without the party."""
    return Key(one.party, one.measure, one.unit, one.basis, one.currency, one.stage, one.finality)


def no_link(_key: Key) -> str:
    """Lead nowhere: what is printed has no links."""
    return ""


class Tables:
    """The tables of some figures. ``parties`` are all that take part, in order; ``missing`` those without a report."""

    def __init__(
        self,
        figures: Iterable[Figure],
        parties: Sequence[str],
        language: str,
        writer: Writer,
        *,
        missing: Collection[str] = (),
        link: Link = no_link,
    ) -> None:
        self.figures = tuple(figures)
        self.totals = {one.measure: one for one in total(self.figures)}
        self._parties, self._missing = tuple(parties), frozenset(missing)
        self._language, self._writer, self._link = language, writer, link

    def activity(self) -> Table | None:
        """Controls, finds, seizures and arrests by party; provisional and final ones in columns of their own."""
        columns = [
            (measure, finality)
            for measure in ACTIVITY
            for finality in Finality
            if any(one.finality is finality for one in self._sums(measure))
        ]
        if not columns:
            return None
        by_key = {(one.key.party, one.key.measure, one.key.finality): one for one in self.figures}
        rows = [
            self._row(party, [by_key.get((party, measure, finality)) for measure, finality in columns])
            for party in self._parties
        ]
        foot = [self._number_of_sum(measure, finality) for measure, finality in columns]
        heads = [self._head(measure, finality) for measure, finality in columns]
        return self._table("activity", heads, [Group("", tuple(rows), (self._together(), *foot))])

    def quantities(self) -> Table | None:
        """Items: a column a unit, and rows apart by stage and finality."""
        found = self._sums(Measure.ITEMS)
        if not found:
            return None
        units = sorted({one.unit for one in found}, key=_unit_order)
        groups = []
        for stage, finality in sorted({(one.stage, one.finality) for one in found}, key=_kind_order):
            by_key = {
                (one.key.party, one.key.unit): one
                for one in self.figures
                if one.key.measure is Measure.ITEMS and (one.key.stage, one.key.finality) == (stage, finality)
            }
            rows = tuple(
                self._row(party, [by_key.get((party, unit)) for unit in units])
                for party in self._parties
                if party in self._missing or any((party, unit) in by_key for unit in units)
            )
            sums = [one for one in found if (one.stage, one.finality) == (stage, finality)]
            foot = tuple(self._unit_total([one for one in sums if one.unit == unit]) for unit in units)
            groups.append(Group(self._kind(stage, finality), rows, (self._together(), *foot)))
        heads = [Cell(unit_head(unit, self._language), figures=True) for unit in units]
        return self._table("quantities", heads, groups)

    def values(self) -> Table | None:
        """Values: a row a party, basis, currency and stage. A total stands there only where all are alike."""
        held = [one for one in self.figures if one.key.measure is Measure.VALUE]
        if not held:
            return None
        order = {party: place for place, party in enumerate(self._parties)}
        rows = [
            (
                Cell(place_name(one.key.party, self._language), party=one.key.party),
                Cell(basis_name(one.key.basis, self._language), basis=one.key.basis),
                Cell(self._kind(one.key.stage, one.key.finality)),
                self._money(one),
            )
            for one in sorted(held, key=lambda one: (order.get(one.key.party, 99), one.key))
        ]
        rows += [
            (
                Cell(place_name(party, self._language), party=party),
                Cell(_NONE),
                Cell(_NONE),
                Cell(word("not_reported", self._language), figures=True, missing=True),
            )
            for party in self._parties
            if party in self._missing
        ]
        whole = self.totals[Measure.VALUE]
        foot: tuple[Cell | NoTotal, ...]
        if whole.single is None:
            foot = (self._together(), NoTotal(self.why_apart(whole), 3))
        else:
            amount = self._writer.money(whole.single.amount, whole.single.currency, self._language)
            foot = (
                self._together(),
                Cell(""),
                Cell(""),
                Cell(amount, link=self._link(key_of_sum(whole.single)), figures=True),
            )
        heads = [
            Cell(word("basis", self._language)),
            Cell(word("stage", self._language)),
            Cell(word("amount", self._language), figures=True),
        ]
        return self._table("values", heads, [Group("", tuple(rows), foot)])

    def why_apart(self, whole: Total) -> str:
        """Why there is no total, in words."""
        return word("no_total", self._language, reason=whole.why_apart(self._language))

    def _sums(self, measure: Measure) -> tuple[Sum, ...]:
        return self.totals[measure].sums if measure in self.totals else ()

    def _row(self, party: str, figures: Sequence[Figure | None]) -> tuple[Cell, ...]:
        name = Cell(place_name(party, self._language), party=party)
        if party in self._missing:
            words = word("not_reported", self._language)
            return (name, *(Cell(words, figures=True, missing=True) for _ in figures))
        return (name, *(self._cell(one) for one in figures))

    def _cell(self, figure: Figure | None) -> Cell:
        if figure is None:
            return Cell(_NONE, figures=True)
        text = self._writer.number(figure.amount, self._language, table=True)
        return Cell(text, link=self._link(figure.key), figures=True)

    def _money(self, figure: Figure) -> Cell:
        text = self._writer.money(figure.amount, figure.key.currency, self._language)
        return Cell(text, link=self._link(figure.key), figures=True)

    def _unit_total(self, sums: Sequence[Sum]) -> Cell:
        """The total of one unit; units that nobody stated are alike within one party only."""
        if len(sums) != 1:
            return Cell("≠" if sums else _NONE, figures=True)
        text = self._writer.number(sums[0].amount, self._language, table=True)
        return Cell(text, link=self._link(key_of_sum(sums[0])), figures=True)

    def _number_of_sum(self, measure: Measure, finality: Finality) -> Cell:
        return self._unit_total([one for one in self._sums(measure) if one.finality is finality])

    def _head(self, measure: Measure, finality: Finality) -> Cell:
        text = word(ACTIVITY[measure], self._language)
        several = len({one.finality for one in self._sums(measure)}) > 1
        before, after = ("（", "）") if self._language.startswith("zh") else (" (", ")")
        mark = f"{before}{word(f'{finality}_figures', self._language)}{after}" if several else ""
        return Cell(text + mark, figures=True)

    def _kind(self, stage: str, finality: Finality) -> str:
        mark = "，" if self._language.startswith("zh") else ", "
        stage_words = [stage_name(stage, self._language)] if stage else []
        return mark.join([*stage_words, word(finality.value, self._language)])

    def _together(self) -> Cell:
        return Cell(word("together", self._language))

    def _table(self, caption: str, heads: Sequence[Cell], groups: Sequence[Group]) -> Table:
        words = word(caption, self._language)
        return Table(words, (Cell(word("party", self._language)), *heads), tuple(groups))


_UNITS = ("H87", "PR", "SET", "KGM")


def _kind_order(kind: tuple[str, Finality]) -> tuple[int, Finality]:
    """Stages in the order of the life of a seizure."""
    stage, finality = kind
    return (SEIZURE_STAGE.states.index(stage) if stage in SEIZURE_STAGE.states else -1, finality)


def _unit_order(unit: str) -> tuple[int, str]:
    return (_UNITS.index(unit) if unit in _UNITS else len(_UNITS), unit)
