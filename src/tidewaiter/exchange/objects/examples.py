"""One invented object of each kind: for the documentation, and for tests of both sides."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from tidewaiter.domain.vocabulary import ControlChannel, ReferenceType, TransportMode
from tidewaiter.exchange.objects.administration import AdministrationIdentity
from tidewaiter.exchange.objects.canonical import digest
from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.figures import Basis, Figure, Measure, Stage
from tidewaiter.exchange.objects.handling import Caveat, Handling, Tlp
from tidewaiter.exchange.objects.identifiers import identity_of, new_id
from tidewaiter.exchange.objects.operation import FocusLane, Operation, Participant, Phase, Role, Tasking
from tidewaiter.exchange.objects.parts import Controls, Place, Reference, Status, Subject
from tidewaiter.exchange.objects.receipt import (
    Instruction,
    Outcome,
    Recall,
    RecallReason,
    Receipt,
    ReceiptState,
    Result,
)
from tidewaiter.exchange.objects.reports import (
    Agreement,
    Records,
    ReleasedFigures,
    SituationReport,
    Snapshot,
    Statement,
)
from tidewaiter.exchange.objects.stix import to_stix
from tidewaiter.exchange.objects.tip import Asked, Tip

_AT = datetime(2026, 5, 4, 1, 30, tzinfo=UTC)
_FIRST, _LAST = date(2026, 5, 4), date(2026, 5, 15)
_WITHIN = Handling(tlp=Tlp.AMBER_STRICT)
_NAMES = {"en": "Tide 7", "zh-Hant": "潮汐七號", "zh-Hans": "潮汐七号", "pt": "Maré 7"}


@cache
def examples() -> dict[str, Exchanged]:
    """One object of each kind, by the name of the kind."""
    told = (*_people_and_tips(), *_operation(), *_reports())
    return {one.kind: one for one in told}


def _shared(stix_type: str, number: int, author: str, minutes: int = 0) -> dict[str, Any]:
    at = _AT + timedelta(minutes=minutes)
    key = UUID(f"7f4f6a1e-0000-4000-8000-{number:012d}")
    return {
        "id": new_id(stix_type, key),
        "author": identity_of(author),
        "created": at,
        "modified": at,
        "handling": _WITHIN,
    }


def _people_and_tips() -> tuple[Exchanged, ...]:
    macao = AdministrationIdentity(
        **_shared("identity", 1, "MO") | {"id": identity_of("MO"), "handling": Handling(tlp=Tlp.GREEN)},
        code="MO",
        names={"en": "Macao Customs", "zh-Hant": "澳門海關", "zh-Hans": "澳门海关", "pt": "Alfândega de Macau"},
    )
    tip = Tip(
        **_shared("indicator", 2, "CN-GD")
        | {"handling": Handling(tlp=Tlp.RED, caveats=(Caveat.LEAD_ONLY,), expires=_AT + timedelta(hours=36))},
        title="Lorry with sports shoes, expected tonight",
        what="120 cartons declared as plain shoes; the same exporter was found twice in April with marks of Norvane.",
        sent_at=_AT,
        where=Place(administration="HK", office="HK-LMC", words="goods lane"),
        asked=Asked.CONTROL,
        number="GD-HK-0931",
        expected_from=_AT + timedelta(hours=10),
        expected_until=_AT + timedelta(hours=14),
        answer_by=_AT + timedelta(hours=24),
        references=(
            Reference(kind=ReferenceType.PLATE, value="ZZ 0007"),
            Reference(kind=ReferenceType.HOUSE_BILL, value="INV-EXAMPLE-120"),
        ),
        mode=TransportMode.ROAD,
        categories=("footwear",),
        brands=("Norvane",),
        certainty=70,
        operation=new_id("grouping", UUID("7f4f6a1e-0000-4000-8000-000000000005")),
    )
    receipt = Receipt(
        **_shared("note", 3, "HK", 900),
        state=ReceiptState.ACTED_ON,
        subjects=(Subject.of(tip, digest(to_stix(tip))),),
        reached_at=_AT + timedelta(hours=15),
        words="Stopped at the goods lane; the marks were on 90 cartons.",
        office="HK-LMC",
        result=Result(
            outcome=Outcome.FIND,
            acted_at=_AT + timedelta(hours=14),
            office="HK-LMC",
            reference="CASE-2026-0117",
            figures=(_items("1080", Stage.DETAINED, 1),),
            credited=identity_of("CN-GD"),
        ),
    )
    recall = Recall(
        **_shared("note", 4, "CN-GD", 2000),
        subjects=(Subject(id=tip.id),),
        reason=RecallReason.SOURCE_AT_RISK,
        instruction=Instruction.DELETE,
        words="Please stop using this tip and delete it; the source would be known.",
    )
    return macao, tip, receipt, recall


def _operation() -> tuple[Exchanged, ...]:
    operation = Operation(
        **_shared("grouping", 5, "CN-GD"),
        code="TIDE-7",
        names=_NAMES,
        objective={"en": "Counterfeit goods to North America and Europe by courier, lorry and river container."},
        phase=Phase.RUNNING,
        starts_on=_FIRST,
        ends_on=_LAST,
        cut_off="18:00",
        utc_offset="+08:00",
        participants=(
            Participant(administration="CN-GD", role=Role.LEAD),
            Participant(administration="HK"),
            Participant(administration="MO"),
        ),
        lanes=(
            FocusLane(
                code="courier-north-america",
                names={"en": "Courier parcels to North America"},
                regions=("north_america",),
                modes=(TransportMode.AIR,),
                courier=True,
                categories=("footwear", "watches"),
                profile="{all: [{field: courier, is: true}, {field: destination.country, region: north_america}]}",
            ),
        ),
        capacity_percent=20,
    )
    tasking = Tasking(
        **_shared("course-of-action", 6, "HK"),
        operation=operation.id,
        administration="HK",
        office="HK-LMC",
        title="Lorries with footwear, nights",
        instructions="Control ten lorries a night from the focus lanes; record each control, also without a find.",
        starts_on=_FIRST,
        ends_on=_LAST,
        lanes=("courier-north-america",),
        controls_a_day=10,
        report_by=_AT + timedelta(hours=9),
    )
    return operation, tasking


def _reports() -> tuple[Exchanged, ...]:
    operation = new_id("grouping", UUID("7f4f6a1e-0000-4000-8000-000000000005"))
    day = SituationReport(
        **_shared("report", 7, "HK", 520),
        operation=operation,
        title="TIDE-7, Hong Kong, 4 May 2026",
        at=_AT + timedelta(minutes=520),
        day=_FIRST,
        cut_off=datetime(2026, 5, 4, 10, tzinfo=UTC),
        status=Status.PROVISIONAL,
        figures=(_items("1080", Stage.DETAINED, 1),),
        controls=(_controls(),),
    )
    snapshot = Snapshot(
        **_shared("report", 8, "HK", 20_000),
        operation=operation,
        title="TIDE-7, Hong Kong, first snapshot",
        at=_AT + timedelta(minutes=20_000),
        number="P1",
        status=Status.PROVISIONAL,
        records=(Records(kind="seizure", count=17, digest=digest(["seizure", 17])),),
        figures=(_items("23000", Stage.SEIZED, 17),),
    )
    released = ReleasedFigures(
        **_shared("report", 9, "HK", 20_010),
        operation=operation,
        title="TIDE-7, Hong Kong, figures of the operation",
        at=_AT + timedelta(minutes=20_010),
        starts_on=_FIRST,
        ends_on=_LAST,
        status=Status.PROVISIONAL,
        figures=(
            _items("23000", Stage.SEIZED, 17),
            Figure(
                measure=Measure.VALUE,
                amount=Decimal("16000000.00"),
                status=Status.PROVISIONAL,
                currency="HKD",
                basis=Basis.GENUINE_RETAIL,
                valued_on=_LAST,
                method="sum of seizure lines",
                stage=Stage.SEIZED,
                records=17,
            ),
        ),
        controls=(_controls(),),
        snapshot=snapshot.id,
    )
    statement = Statement(
        **_shared("report", 10, "CN-GD", 20_100),
        operation=operation,
        title="Results of TIDE-7",
        at=_AT + timedelta(minutes=20_100),
        texts={"en": "Customs of the three places detained goods in 17 cases.", "pt": "As alfândegas retiveram…"},
        snapshots=(snapshot.id,),
        figures=(_items("23000", Stage.SEIZED, 17),),
    )
    agreement = Agreement(
        **_shared("opinion", 11, "MO", 20_200), subject=Subject.of(statement, digest(to_stix(statement))), agreed=True
    )
    return day, snapshot, released, statement, agreement


def _items(amount: str, stage: Stage, records: int) -> Figure:
    return Figure(
        measure=Measure.ITEMS,
        amount=Decimal(amount),
        status=Status.PROVISIONAL,
        unit="H87",
        stage=stage,
        category="footwear",
        records=records,
    )


def _controls() -> Controls:
    return Controls(
        inspections=42,
        finds=3,
        no_finds=38,
        not_inspectable=1,
        lane="courier-north-america",
        day=_FIRST,
        channel=ControlChannel.PHYSICAL,
    )
