"""The honest traffic: the right schema, valid identifiers with rare slips, names in many spellings, known codes."""

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from stdnum import iso6346
from stdnum.cn import uscc

from tidewaiter.intake.versions import resolve
from tidewaiter.refdata import hs, offices, places
from tidewaiter.schemas import CONSIGNMENT, INSPECTION
from tidewaiter.simulation import World, generate_day
from tidewaiter.simulation.brands import BRANDS, SURFACES, surfaces
from tidewaiter.simulation.catalogue import PRODUCTS
from tidewaiter.simulation.places import CHANNELS
from tidewaiter.simulation.routes import build as build_routes


@pytest.fixture(scope="module")
def messages(small_world: World) -> pa.RecordBatch:
    return pa.concat_batches([generate_day(small_world, day).consignments for day in range(12)])


@pytest.fixture(scope="module")
def rows(messages: pa.RecordBatch) -> list[dict[str, Any]]:
    return list(messages.to_pylist())


def _share(found: int, of: int) -> float:
    return found / of


def test_batches_follow_the_schemas(small_world: World, messages: pa.RecordBatch) -> None:
    messages.validate(full=True)
    assert messages.schema.equals(CONSIGNMENT)
    inspections = generate_day(small_world, 3).inspections
    inspections.validate(full=True)
    assert inspections.schema.equals(INSPECTION)
    assert messages.num_rows == 6_000
    for name in ("message_id", "consignment_id", "function", "partial", "synthetic", "source_rows"):
        assert messages.column(name).null_count == 0
    assert len(pc.unique(messages.column("message_id"))) == messages.num_rows


def _references(rows: list[dict[str, Any]], kind: str) -> list[str]:
    return [r["value"] for row in rows for r in row["references"] or () if r["type"] == kind]


def test_check_digits_hold_but_for_slips(rows: list[dict[str, Any]]) -> None:
    containers = _references(rows, "container")
    assert 0.97 < _share(sum(map(iso6346.is_valid, containers)), len(containers)) <= 1
    waybills = _references(rows, "air_waybill")
    right = sum(int(one[4:11]) % 7 == int(one[11]) for one in waybills)
    assert 0.985 < _share(right, len(waybills)) < 1
    codes = [p["identifier"] for row in rows for p in row["parties"] or () if p["identifier_type"] == "uscc"]
    assert all(map(uscc.is_valid, codes))


def test_most_traffic_is_parcels_and_all_regimes_occur(rows: list[dict[str, Any]]) -> None:
    originals = [row for row in rows if row["function"] == "original"]
    parcels = sum(bool(row["courier"]) or row["regime"] == "postal" for row in originals)
    assert 0.65 < _share(parcels, len(originals)) < 0.85
    assert {row["regime"] for row in originals} >= {
        "import", "export", "re_export", "transhipment", "transit", "cross_border_e_commerce", "market_procurement",
        "postal", "passenger",
    }  # fmt: skip
    assert {row["administration"] for row in originals} == {"CN-GD", "HK", "MO"}


def test_descriptions_stand_in_four_languages(rows: list[dict[str, Any]]) -> None:
    words = " ".join(item["description"] or "" for row in rows for item in row["goods"] or ())
    for word in ("运动鞋", "手袋", "sports shoes", "sapatilhas", "compatible with", "适用于"):
        assert word in words


def test_one_name_in_several_spellings(small_world: World) -> None:
    table = small_world.traders
    forms = [table.forms[form * table.size + 3].as_py() for form in range(7)]
    assert len(set(forms)) >= 6
    assert any(not one.isascii() for one in forms)


def test_noise_is_there_and_rare(rows: list[dict[str, Any]]) -> None:
    functions = Counter(row["function"] for row in rows)
    assert 0.01 < _share(functions["amendment"], len(rows)) < 0.05
    assert functions["cancellation"] and functions["report"]
    known = {row["consignment_id"] for row in rows if row["function"] == "original"}
    orphans = [row for row in rows if row["consignment_id"] not in known]
    assert 0 < len(orphans) < 0.01 * len(rows)
    assert {row["function"] for row in orphans} <= {"report", "amendment"}
    numbers = Counter(row["consignment_id"] for row in rows if row["function"] == "original")
    assert any(count == 2 for count in numbers.values())
    first = {row["consignment_id"]: row["issued_at"] for row in reversed(rows) if row["function"] == "original"}
    assert all(
        r["issued_at"] > first[r["consignment_id"]] for r in rows if r["partial"] and r["consignment_id"] in first
    )


def test_a_partial_message_carries_only_what_changes(rows: list[dict[str, Any]]) -> None:
    partial = [row for row in rows if row["partial"]]
    assert partial
    assert all(row["goods"] is None and row["parties"] is None and row["value"] is None for row in partial)
    assert all([one["type"] for one in row["references"]] == ["declaration_number"] for row in partial)


def test_intake_joins_what_follows_to_its_declaration(messages: pa.RecordBatch) -> None:
    found = resolve(messages)
    states = Counter(found.states.column("state").to_pylist())
    known = set(messages.filter(pc.equal(messages.column("function"), "original")).column("consignment_id").to_pylist())
    orphans = sum(one not in known for one in messages.column("consignment_id").to_pylist())
    assert orphans <= states["waiting"] <= orphans + 3
    assert states["superseded"] and states["cancelled"] and states["duplicate"]


def test_impossible_values_occur_in_a_larger_world(messages: pa.RecordBatch) -> None:
    masses = messages.column("gross_mass_kg").drop_null()
    assert 0 < pc.sum(pc.less(masses, 0)).as_py() < 0.005 * len(masses)


def test_codes_are_those_of_the_reference_data() -> None:
    assert {channel.office for channel in CHANNELS} <= {office.code for office in offices.offices()}
    assert {code for product in PRODUCTS for code in product.hs} <= set(hs.codes())
    assert {place for place in build_routes().place.to_pylist() if place} <= set(places.codes())


def test_a_brand_is_written_in_as_many_ways_as_there_are_names_for_them() -> None:
    written = {surface for brand in BRANDS for surface in surfaces(brand)}
    assert all(len(surfaces(brand)) == len(SURFACES) for brand in BRANDS)
    assert len(written) > 0.85 * len(BRANDS) * len(SURFACES)
    assert len({brand.latin for brand in BRANDS}) == len(BRANDS) <= 70
