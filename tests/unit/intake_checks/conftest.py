"""A sound declaration to spoil, and short code lists so that these tests do not hang on the real ones."""

import datetime

import pyarrow as pa
import pytest

from tidewaiter.intake.checks import check, code_lists
from tidewaiter.schemas import CONSIGNMENT

MOMENT = datetime.datetime(2026, 5, 1, 9, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def short_lists(monkeypatch):
    """Replace the code lists by short ones."""
    for module, name, codes in (
        (code_lists.countries, "codes", {"CN", "HK", "MO", "DE"}),
        (code_lists.currencies, "codes", {"CNY", "HKD"}),
        (code_lists.places, "codes", {"HKHKG", "CNSZX"}),
        (code_lists.units, "units", {"H87", "PR"}),
        (code_lists.units, "packages", {"CT"}),
        (code_lists.hs, "codes", {"640399"}),
        (code_lists.hs, "headings", {"6403"}),
        (code_lists.hs, "chapters", {"64"}),
    ):
        monkeypatch.setattr(module, name, lambda codes=frozenset(codes): codes)


@pytest.fixture
def item():
    """A goods item without a doubt."""
    return {
        "sequence": 1,
        "hs": "640399",
        "description": "leather boots",
        "origin": "CN",
        "quantity": 10.0,
        "unit": "PR",
        "value": 900.0,
        "currency": "CNY",
        "gross_mass_kg": 12.0,
        "net_mass_kg": 10.0,
        "packages": 1,
        "package_kind": "CT",
    }


@pytest.fixture
def declaration(item):
    """A consignment without a doubt."""
    return {
        "message_id": "m1",
        "consignment_id": "c1",
        "function": "original",
        "partial": False,
        "issued_at": MOMENT,
        "administration": "HK",
        "office": "HKG1",
        "regime": "import",
        "mode": 4,
        "lodged_at": MOMENT,
        "presented_at": MOMENT,
        "references": [
            {"type": "declaration_number", "value": "D1"},
            {"type": "container", "value": "CSQU3054383"},
            {"type": "vessel", "value": "MV JADE LANTERN"},
        ],
        "route": [
            {"sequence": 1, "role": "departure", "country": "CN", "place": "CNSZX"},
            {"sequence": 2, "role": "destination", "country": "HK", "place": "HKHKG"},
        ],
        "parties": [
            {"role": "consignor", "identifier_type": "uscc", "identifier": "91350100M000100Y43", "country": "CN"},
            {"role": "consignee", "identifier_type": "hkid", "identifier": "A123456(3)", "country": "HK"},
            {"role": "declarant"},
        ],
        "goods": [item],
        "gross_mass_kg": 12.0,
        "net_mass_kg": 10.0,
        "packages": 1,
        "package_kind": "CT",
        "value": 900.0,
        "currency": "CNY",
        "flags": None,
        "source_file": "own.csv",
        "source_position": "2",
        "source_rows": 1,
        "synthetic": True,
    }


@pytest.fixture
def batch_of():
    """Make a batch of declarations."""
    return lambda *rows: pa.RecordBatch.from_pylist(list(rows), schema=CONSIGNMENT)


@pytest.fixture
def flags_of(batch_of):
    """Check one declaration and give its flags as ``code:field``."""

    def flags(row):
        checked = check(batch_of(row))
        return [f"{flag['code']}:{flag['field']}" for flag in checked.column("flags")[0].as_py() or []]

    return flags
