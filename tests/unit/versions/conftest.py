"""Messages that we wrote ourselves, as rows."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from tidewaiter.intake.identity import consignment_id
from tidewaiter.schemas import CONSIGNMENT

Row = dict[str, Any]

_PARTY = ("role", "name", "name_other", "identifier_type", "identifier", "address", "country", "phone", "account")
_LEG = ("sequence", "role", "country", "place", "basis")
_ITEM = tuple(field.name for field in CONSIGNMENT.field("goods").type.value_type)


def at(hour: int) -> datetime:
    """A moment of the day on which everything here happens."""
    return datetime(2026, 5, 4, hour, tzinfo=UTC)


def party(role: str, **given: Any) -> Row:
    return dict.fromkeys(_PARTY) | {"role": role} | given


def leg(role: str, country: str, sequence: int | None) -> Row:
    return dict.fromkeys(_LEG) | {"role": role, "country": country, "sequence": sequence}


def item(sequence: int | None, **given: Any) -> Row:
    return dict.fromkeys(_ITEM) | {"sequence": sequence} | given


def message(
    name: str,
    function: str = "original",
    *,
    number: str | None = None,
    reference: str | None = None,
    declarant: str | None = None,
    bill: str | None = None,
    hour: int | None = None,
    **given: Any,
) -> Row:
    """A row of ``schemas.CONSIGNMENT``; only what is given is set, and the ids are those that readers make."""
    references = [("declaration_number", number), ("functional_reference", reference), ("house_bill", bill)]
    row: Row = dict.fromkeys(CONSIGNMENT.names)
    administration = given.get("administration", "HK")
    row |= {
        "message_id": name,
        "consignment_id": consignment_id(
            administration,
            name,
            declaration_number=number,
            functional_reference=reference,
            declarant=declarant,
            transport=("house_bill", bill) if bill else None,
        ),
        "function": function,
        "partial": function in ("amendment", "cancellation"),
        "issued_at": None if hour is None else at(hour),
        "administration": administration,
        "references": [{"type": kind, "value": value} for kind, value in references if value],
        "route": [],
        "parties": [party("declarant", identifier=declarant)] if declarant else [],
        "goods": [],
        "flags": [],
        "source_file": "made.csv",
        "source_position": name,
        "source_rows": 1,
        "synthetic": True,
    }
    return row | given


def table(*rows: Row) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=CONSIGNMENT)


@pytest.fixture(scope="session")
def make() -> Callable[..., Row]:
    return message


@pytest.fixture(scope="session")
def rows() -> Callable[..., pa.Table]:
    return table


@pytest.fixture(scope="session")
def parts() -> dict[str, Callable[..., Any]]:
    return {"party": party, "leg": leg, "item": item, "at": at}
