"""Totals: alike things are added, and for the rest it is said why not."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from tidewaiter.consolidation.figures import UNSTATED, Figure, Finality, Measure, Qualifier
from tidewaiter.refdata.languages import column

_ASPECTS = (
    ("currencies", "currency"),
    ("bases", "basis"),
    ("units", "unit"),
    ("stages", "stage"),
    ("finalities", "finality"),
)


class CountedTwice(ValueError):
    """A record stands in two figures of one sum. ``records`` are its ids; attribute the records before adding."""

    def __init__(self, measure: Measure, records: Sequence[str]) -> None:
        self.records = tuple(records)
        shown = ", ".join(records[:5])
        super().__init__(f"{measure}: {len(records)} records would be counted twice ({shown}). Nothing was added.")


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for standing apart: ``code`` such as ``currencies``, and the differing values (``HKD``, ``MOP``)."""

    code: str
    values: tuple[str, ...]

    def text(self, language: str) -> str:
        """The ground in words, such as *3 currencies*. Raises UnknownCode for an unknown language."""
        column(language)
        words = _words()[self.code]
        return words.get(language, words["zh-Hant"]).format(count=len(self.values))


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures that are alike, added. ``party`` is empty unless only figures of this one party could be added."""

    measure: Measure
    unit: str
    basis: str
    currency: str
    stage: str
    finality: Finality
    party: str
    amount: Decimal
    qualifier: Qualifier
    figures: tuple[Figure, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Those whose figures it adds."""
        return tuple(sorted({figure.key.party for figure in self.figures}))

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records that it counts."""
        return tuple(sorted(record for figure in self.figures for record in figure.records))


@dataclass(frozen=True, slots=True)
class Total:
    """All sums of one measure. Where there are several, ``reasons`` say why they stand apart."""

    measure: Measure
    sums: tuple[Sum, ...]
    reasons: tuple[Reason, ...]

    @property
    def single(self) -> Sum | None:
        """The one sum, where everything was alike."""
        return self.sums[0] if len(self.sums) == 1 else None

    def why_apart(self, language: str) -> str:
        """The reasons in words, such as *3 currencies, 4 value bases*; empty where all was added."""
        mark = "、" if language.startswith("zh") else ", "
        return mark.join(reason.text(language) for reason in self.reasons)


def total(figures: Iterable[Figure]) -> tuple[Total, ...]:
    """Add what is alike, measure by measure, in the order of ``Measure``.

    Alike are figures of one measure, unit, value basis, currency, stage and finality. What was published without unit
    or basis is alike within one party only: nobody knows that two unstated bases are the same. Raises CountedTwice
    where a record stands in two figures of one sum.
    """
    by_measure: dict[Measure, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.key.measure, []).append(figure)
    return tuple(_total(measure, by_measure[measure]) for measure in Measure if measure in by_measure)


def _total(measure: Measure, figures: Sequence[Figure]) -> Total:
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for figure in figures:
        key = figure.key
        party = key.party if UNSTATED in (key.unit, key.basis) else ""
        aspects = (key.currency, key.basis, key.unit, key.stage, key.finality.value, party)
        groups.setdefault(aspects, []).append(figure)
    sums = tuple(_sum(measure, groups[aspects], party=aspects[-1]) for aspects in sorted(groups))
    return Total(measure, sums, _reasons(sums))


def _sum(measure: Measure, figures: Sequence[Figure], *, party: str) -> Sum:
    seen: set[str] = set()
    twice: list[str] = []
    for record in (record for figure in figures for record in figure.records):
        (twice.append if record in seen else seen.add)(record)
    if twice:
        raise CountedTwice(measure, sorted(set(twice)))
    key = figures[0].key
    return Sum(
        measure=measure,
        unit=key.unit,
        basis=key.basis,
        currency=key.currency,
        stage=key.stage,
        finality=key.finality,
        party=party,
        amount=sum((figure.amount for figure in figures), Decimal(0)),
        qualifier=_qualifier({figure.qualifier for figure in figures}),
        figures=tuple(figures),
    )


def _qualifier(found: set[Qualifier]) -> Qualifier:
    """A sum is no more exact than its parts: *about* outweighs *unstated*, then *over*, then *exact*."""
    weakest = (Qualifier.ABOUT, Qualifier.UNSTATED, Qualifier.OVER)
    return next((qualifier for qualifier in weakest if qualifier in found), Qualifier.EXACT)


def _reasons(sums: Sequence[Sum]) -> tuple[Reason, ...]:
    found = []
    for code, aspect in _ASPECTS:
        values = tuple(sorted({str(getattr(one, aspect)) for one in sums}))
        if len(values) > 1:
            found.append(Reason(code, values))
    parties = tuple(sorted({one.party for one in sums if one.party}))
    if len(parties) > 1 and not found:
        found.append(Reason("parties", parties))
    return tuple(found)


@cache
def _words() -> dict[str, dict[str, str]]:
    text = files("tidewaiter.consolidation").joinpath("data", "reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
