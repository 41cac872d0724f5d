"""What goes onto the wire comes back equal, is what an independent reader of STIX takes, and what our schemas say."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.domain.vocabulary import ReferenceType, TransportMode
from tidewaiter.exchange.objects import (
    KINDS,
    Asked,
    Basis,
    Caveat,
    Figure,
    Handling,
    Measure,
    Operation,
    Place,
    Receipt,
    ReceiptState,
    Reference,
    Refused,
    SituationReport,
    Status,
    Subject,
    Tip,
    Tlp,
    canonical,
    digest,
    from_bytes,
    from_stix,
    identity_of,
    new_id,
    operation_from_stix,
    tip_from_stix,
    tip_to_stix,
    to_bytes,
    to_stix,
    uuid_of,
)
from tidewaiter.exchange.objects.examples import examples
from tidewaiter.exchange.objects.extension import EXTENSION, extension_objects
from tidewaiter.exchange.objects.handling import marking_objects
from tidewaiter.exchange.objects.schema import load, made

TEXT = st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=60)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


def whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@st.composite
def tips(draw: st.DrawFn) -> Tip:
    sent = whole(draw(MOMENTS))
    return Tip(
        id=new_id("indicator", draw(st.uuids(version=4))),
        author=identity_of(draw(st.sampled_from(["CN-GD", "HK", "MO", "PT"]))),
        created=sent,
        modified=sent + timedelta(milliseconds=draw(st.integers(0, 10**9))),
        handling=Handling(
            tlp=draw(st.sampled_from(Tlp)),
            caveats=tuple(draw(st.lists(st.sampled_from(Caveat), max_size=3, unique=True))),
            expires=sent + timedelta(microseconds=draw(st.integers(1, 10**12))),
        ),
        language=draw(st.sampled_from(["en", "pt", "zh-Hant", "zh-Hant-MO"])),
        title=draw(TEXT),
        what=draw(TEXT) + draw(st.sampled_from(["", "\nsecond line", "\r\nand a third"])),
        sent_at=sent,
        where=Place(administration="HK", office=draw(st.none() | st.just("HK-LMC")), words=draw(st.none() | TEXT)),
        asked=draw(st.sampled_from(Asked)),
        number=draw(st.none() | st.from_regex(r"[A-Z]{2}-[A-Z]{2}-[0-9]{4}", fullmatch=True)),
        answer_by=draw(st.none() | st.just(sent + timedelta(hours=2))),
        references=tuple(
            draw(st.lists(st.builds(Reference, kind=st.sampled_from(ReferenceType), value=TEXT), max_size=4))
        ),
        mode=draw(st.none() | st.sampled_from(TransportMode)),
        certainty=draw(st.none() | st.integers(0, 100)),
    )


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    amount = draw(st.decimals(0, 10**12, places=2))
    status = draw(st.sampled_from(Status))
    if draw(st.booleans()):
        return Figure(measure=Measure.ITEMS, amount=amount, status=status, unit="H87", records=draw(st.integers(0, 99)))
    return Figure(
        measure=Measure.VALUE, amount=amount, status=status, currency="MOP", basis=draw(st.sampled_from(Basis)),
        valued_on=draw(st.dates()), method="sum of lines",
    )  # fmt: skip


@given(tips())
def test_a_tip_comes_back_equal(tip: Tip) -> None:
    sent = to_bytes(tip)
    back = from_bytes(sent)
    assert back == tip
    assert to_bytes(back) == sent
    assert tip_from_stix(tip_to_stix(tip)) == tip


@given(st.lists(figures(), max_size=5))
def test_figures_keep_every_digit(told: list[Figure]) -> None:
    report = examples()["situation_report"]
    assert isinstance(report, SituationReport)
    changed = replace(report, figures=tuple(told))
    back = from_bytes(to_bytes(changed))
    assert back == changed
    assert isinstance(back, SituationReport)
    assert [str(one.amount) for one in back.figures] == [str(one.amount) for one in told]


@given(tips())
def test_the_schema_takes_what_we_write(tip: Tip) -> None:
    jsonschema_rs.validate(load("tip"), tip_to_stix(tip))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_has_an_example_that_comes_back(kind: str) -> None:
    told = examples()[kind]
    assert type(told) is KINDS[kind]
    assert from_bytes(to_bytes(told)) == told
    jsonschema_rs.validate(load(kind), to_stix(told))
    assert json.loads(to_bytes(told)) == to_stix(told)


def independent() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from ((kind, to_stix(told)) for kind, told in examples().items())
    yield from ((plain["id"], plain) for plain in (*extension_objects(), *marking_objects()))


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(("name", "plain"), list(independent()))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_independent_validator_takes_what_we_emit(name: str, plain: dict[str, Any], strict: bool) -> None:
    from stix2validator import ValidationOptions, validate_instance

    found = validate_instance(plain, ValidationOptions(version="2.1", strict=strict))
    assert found.is_valid, [str(error) for error in found.errors]
    assert not found.warnings, name


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_independent_library_reads_what_we_emit(kind: str) -> None:
    import stix2

    read = stix2.parse(to_stix(examples()[kind]), allow_custom=False)
    assert from_stix(json.loads(read.serialize())) == examples()[kind]


def test_the_shipped_schemas_and_examples_are_up_to_date() -> None:
    from importlib.resources import files

    folder = files("tidewaiter.exchange.objects") / "schemas"
    shipped = {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".json")}
    assert shipped == made(), "run tidewaiter.exchange.objects.schema.write()"


def test_a_receipt_says_which_version_and_what_came_of_it() -> None:
    receipt = examples()["receipt"]
    assert isinstance(receipt, Receipt)
    assert receipt.subjects[0].digest == digest(to_stix(examples()["tip"]))
    assert to_stix(receipt)["object_refs"] == [examples()["tip"].id]
    with pytest.raises(Refused, match="goes with the state rejected"):
        replace(receipt, state=ReceiptState.REJECTED, result=None)
    with pytest.raises(Refused, match="goes with the state acted_on"):
        replace(receipt, state=ReceiptState.STORED)
    with pytest.raises(Refused, match="belongs to one object"):
        replace(receipt, subjects=(*receipt.subjects, Subject(id=new_id("indicator"))))


@pytest.mark.parametrize("state", [ReceiptState.ACTED_ON, ReceiptState.UNACKNOWLEDGED, ReceiptState.STORED])
def test_a_receipt_without_a_result_travels(state: ReceiptState) -> None:
    receipt = examples()["receipt"]
    assert isinstance(receipt, Receipt)
    told = replace(receipt, state=state, result=None)
    assert from_bytes(to_bytes(told)) == told
    jsonschema_rs.validate(load("receipt"), to_stix(told))


@pytest.mark.parametrize("number", ["GD-HK-", "gd-hk-1", "GD-HK-1234567890", "GD HK 1", "GD-HK-٣"])
def test_a_number_of_no_series_is_refused(number: str) -> None:
    plain = to_stix(examples()["tip"])
    plain["extensions"][EXTENSION]["number"] = number
    with pytest.raises(Refused, match="number"):
        from_stix(plain)


def test_one_receipt_may_speak_of_a_whole_batch() -> None:
    receipt = examples()["receipt"]
    subjects = tuple(Subject(id=new_id("indicator")) for _ in range(500))
    whole_batch = replace(receipt, state=ReceiptState.STORED, result=None, subjects=subjects)
    assert from_bytes(to_bytes(whole_batch)) == whole_batch
    with pytest.raises(Refused, match="1 to 500 members"):
        to_stix(replace(whole_batch, subjects=(*subjects, Subject(id=new_id("indicator")))))


def test_a_new_version_is_later_and_keeps_its_name() -> None:
    tip = examples()["tip"]
    later = tip.new_version(tip.modified + timedelta(milliseconds=1), title="Plate corrected")
    assert (later.id, later.created) == (tip.id, tip.created)
    assert digest(to_stix(later)) != digest(to_stix(tip))
    with pytest.raises(Refused, match="later than the one before"):
        tip.new_version(tip.modified, title="Same moment")


def test_the_identity_of_an_administration_is_the_same_everywhere() -> None:
    assert identity_of("HK") == "identity--" + str(uuid_of(identity_of("HK")))
    assert len({identity_of(code) for code in ("CN-GD", "HK", "MO")}) == 3
    assert uuid_of(identity_of("HK")).version == 4


def test_figures_that_do_not_say_what_they_are_are_refused() -> None:
    with pytest.raises(Refused, match="currency: is missing"):
        Figure(measure=Measure.VALUE, amount=Decimal(1), status=Status.PROVISIONAL)
    with pytest.raises(Refused, match="unit: is missing"):
        Figure(measure=Measure.ITEMS, amount=Decimal(1), status=Status.PROVISIONAL)
    with pytest.raises(Refused, match="unit: does not belong"):
        Figure(measure=Measure.CASES, amount=Decimal(1), status=Status.PROVISIONAL, unit="H87")


def test_an_operation_is_not_read_as_a_tip() -> None:
    plain = to_stix(examples()["operation"])
    assert isinstance(operation_from_stix(plain), Operation)
    with pytest.raises(Refused, match="a tip is expected, not a operation"):
        tip_from_stix(plain)


def test_canonical_json_is_that_of_rfc_8785() -> None:
    written = (
        r'{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
        r'"string":"\u20ac$\u000F\u000aA'
        "'"
        r'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}'
    )
    expected = (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'
        "'"
        r'B\"\\\\\"/"}'
    )
    assert canonical(json.loads(written)) == expected.encode()


def test_what_is_not_ours_inside_our_object_is_left_alone() -> None:
    plain = to_stix(examples()["tip"])
    plain["labels"] = ["seen-elsewhere"]
    plain["extensions"]["extension-definition--00000000-0000-4000-8000-000000000000"] = {"anything": 1}
    assert from_stix(plain) == examples()["tip"]
