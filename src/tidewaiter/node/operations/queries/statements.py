"""The statement and the situation report as values, from what the snapshot names; the same on every node."""

from django.conf import settings

from tidewaiter import reports
from tidewaiter.node.operations.exchanged import figures_in
from tidewaiter.node.operations.models import Operation, ReleasedFigures, SituationReport, SnapshotAgreement, Statement
from tidewaiter.node.operations.queries.figures import PartyFigures, released_figures
from tidewaiter.node.operations.queries.reporting import missing_offices, tasked_offices
from tidewaiter.node.operations.writing import PageWriter
from tidewaiter.refdata import regions

WRITER = PageWriter()
LANGUAGES = ("en", "zh-Hant", "zh-Hans", "pt")


def frozen_figures(statement: Statement) -> list[PartyFigures]:
    """The figures of each party as the snapshot names them: by digest, never the latest."""
    operation = statement.operation
    held = {(one.administration, one.digest): one for one in ReleasedFigures.objects.filter(operation=operation)}
    return [
        released_figures(
            operation,
            one.administration,
            held.get((one.administration, statement.snapshot.released.get(one.administration, ""))),
        )
        for one in operation.parties.all()
        if one.role != "observer"
    ]


def value_of(statement: Statement) -> reports.Statement:
    """What the statement says, in no language yet."""
    operation, snapshot = statement.operation, statement.snapshot
    parties = frozen_figures(statement)
    agreed = SnapshotAgreement.objects.filter(
        snapshot_object=snapshot.object_id, snapshot_digest=snapshot.object_digest, agreed=True
    ).values_list("administration", flat=True)
    order = [one.party for one in parties]
    drawn, found = sum(one.drawn.inspections for one in parties), sum(one.drawn.finds for one in parties)
    return reports.Statement(
        names=operation.names,
        number=statement.number,
        first=operation.starts_on,
        last=operation.ends_on,
        parties=tuple(order),
        regions=_regions(operation),
        figures=tuple(figure for one in parties for figure in one.figures),
        snapshot=snapshot.number,
        frozen_at=snapshot.frozen_at.astimezone(operation.zone),
        digest=snapshot.digest,
        agreed=tuple(sorted(agreed, key=order.index)),
        missing=tuple(one.party for one in parties if one.as_of is None),
        tips=_tips(parties),
        sampled=reports.Sampled(drawn, found) if drawn else None,
        handling="clear",
        synthetic=settings.CONFIG.synthetic == "yes",
    )


def _regions(operation: Operation) -> tuple[str, ...]:
    named = {code for lane in operation.lanes.all() for code in lane.regions}
    return tuple(code for code in regions.codes() if code in named)


def _tips(parties: list[PartyFigures]) -> reports.Tips | None:
    """All that were sent, each counted by its sender; None where nobody said."""
    sums = [sum(one.extras.get(name, 0) for one in parties) for name in _TIPS]
    return reports.Tips(*sums) if any(_TIPS[0] in one.extras for one in parties) else None


_TIPS = ("tips_sent", "tips_acknowledged", "tips_acted_on")


def texts_of(statement: Statement) -> dict[str, str]:
    """The statement as plain text in the four languages, as it is exchanged."""
    told = value_of(statement)
    return {language: reports.as_text(reports.statement_document(told, language, WRITER)) for language in LANGUAGES}


def situation_of(report: SituationReport) -> reports.Situation:
    """A situation report of an administration, in no language yet."""
    operation = report.operation
    counted = figures_in(report.administration, report.figures, report.controls, report.day)
    is_own = report.administration == settings.CONFIG.administration
    return reports.Situation(
        names=operation.names,
        number=f"{operation.code} {report.day.isoformat()} {report.administration}",
        party=report.administration,
        day=report.day,
        cut_off=report.cut_off.astimezone(operation.zone),
        figures=tuple(one.figure for one in counted),
        words=report.words,
        offices=len(tasked_offices(operation)) if is_own else 0,
        missing=tuple(_names(office) for office in missing_offices(operation, report.day)) if is_own else (),
        handling=operation.tlp,
        synthetic=settings.CONFIG.synthetic == "yes",
    )


def _names(office: object) -> dict[str, str]:
    codes = {"en": "en", "zh-Hant": "zh-hant", "zh-Hans": "zh-hans", "pt": "pt", "zh-Hant-MO": "zh-hant-mo"}
    return {tag: office.named(code) for tag, code in codes.items()}  # type: ignore[attr-defined]
