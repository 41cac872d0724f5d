"""The fields that a condition may name, derived from the consignment's schema.

``FIELDS`` maps canonical names to fields: ``regime`` of the consignment, ``item.hs`` of a goods item, ``party.name``,
``leg.place``, ``reference.value``, and shorthands that stand for the elements of one role: ``destination.country``,
``consignor.phone``.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from tidewaiter.domain import vocabulary
from tidewaiter.refdata import countries, currencies, units
from tidewaiter.schemas import CONSIGNMENT, GOODS_ITEM, PARTY, REFERENCE, ROUTE_LEG
from tidewaiter.screening.profiles.tree import Scope


class Kind(StrEnum):
    """What a field holds; decides the operators that it takes."""

    CODE = "code"
    COUNTRY = "country"
    CURRENCY = "currency"
    MODE = "mode"
    HS = "hs"
    LABEL = "label"
    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    FLAG = "flag"
    MOMENT = "moment"


STRING_KINDS = frozenset({Kind.CODE, Kind.COUNTRY, Kind.CURRENCY, Kind.HS, Kind.LABEL, Kind.TEXT})
"""Kinds that are stored as text."""

LIST_COLUMN = {Scope.ITEM: "goods", Scope.PARTY: "parties", Scope.LEG: "route", Scope.REFERENCE: "references"}
"""The list column of the schema that holds the elements of a scope."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a condition may name."""

    name: str
    scope: Scope
    column: str
    """Column of the schema (of its struct, in a list), or name of a derived value of `derived`."""
    kind: Kind
    meaning: str
    unit: str = ""
    role: str = ""
    """Role of the elements that the shorthand stands for; empty for all elements."""
    codes: Callable[[], Collection[str]] | None = None
    """The codes that may be written; None where any may."""
    open_list: bool = False
    """True where a code outside ``codes`` is possible: it is noticed, not refused."""
    derived: bool = False


_WORDS = {
    vocabulary.MessageFunction: "MessageFunction",
    vocabulary.Regime: "Regime",
    vocabulary.PartyRole: "PartyRole",
    vocabulary.IdentifierType: "IdentifierType",
    vocabulary.RouteRole: "RouteRole",
    vocabulary.RouteBasis: "RouteBasis",
    vocabulary.ReferenceType: "ReferenceType",
}
_VOCABULARY = {name: tuple(member.value for member in words) for words, name in _WORDS.items()}

_KINDS: dict[str, tuple[Kind, Callable[[], Collection[str]] | None, bool]] = {
    "administration": (
        Kind.CODE,
        lambda: {*map(str, vocabulary.Administration), *countries.codes()},
        True,
    ),
    "currency": (Kind.CURRENCY, currencies.codes, False),
    "package_kind": (Kind.CODE, units.packages, True),
    "unit": (Kind.CODE, units.units, True),
    "hs": (Kind.HS, None, False),
    "origin": (Kind.COUNTRY, countries.codes, False),
    "country": (Kind.COUNTRY, countries.codes, False),
    "description": (Kind.TEXT, None, False),
    "brand": (Kind.TEXT, None, False),
    "name": (Kind.TEXT, None, False),
    "name_other": (Kind.TEXT, None, False),
    "address": (Kind.TEXT, None, False),
}
"""Kind of a text column by its name; one whose meaning names a vocabulary takes its codes, any other is a label."""

_LEFT_OUT = frozenset(
    {"message_id", "version", "issued_at", "sequence", "source_file", "source_position", "source_rows", "synthetic"}
)
"""Columns about the message and its source, not about the consignment."""

_DERIVED: tuple[tuple[str, Kind, str, str], ...] = (
    ("value_per_kg", Kind.MONEY, "value by net mass, by gross mass where no net mass is stated", "money per kg"),
    ("value_per_piece", Kind.MONEY, "value by number of pieces", "money per piece"),
    ("kg_per_piece", Kind.NUMBER, "net mass, or gross mass where no net mass is stated, by number of pieces", "kg"),
    ("kg_per_package", Kind.NUMBER, "gross mass, or net mass where no gross mass is stated, by packages", "kg"),
    ("pieces", Kind.NUMBER, "number of pieces, from quantity and unit; pairs and sets count one", "pieces"),
)
"""Values worked out from others, on the consignment and on each goods item."""

_ITEM_COUNT = Field(
    "item_count", Scope.CONSIGNMENT, "item_count", Kind.NUMBER, "number of goods items", "items", derived=True
)

_LEG_COLUMNS = ("country", "place")
_PARTY_COLUMNS = ("country", "name", "name_other", "identifier", "identifier_type", "address", "phone", "account")


def _field(scope: Scope, column: pa.Field) -> Field | None:
    meaning = (column.metadata or {}).get(b"meaning", b"").decode()
    name = column.name if scope is Scope.CONSIGNMENT else f"{scope}.{column.name}"
    if column.name in _LEFT_OUT or column.name.endswith("_offset") or pa.types.is_nested(column.type):
        return None
    kind, open_list = Kind.LABEL, False
    codes: Callable[[], Collection[str]] | None = None
    unit = ""
    if pa.types.is_timestamp(column.type):
        kind, meaning, unit = Kind.MOMENT, f"{meaning}; compared in the local time of that place", "local time"
    elif pa.types.is_boolean(column.type):
        kind = Kind.FLAG
    elif column.name == "mode":
        kind = Kind.MODE
    elif column.name == "value" and scope is not Scope.REFERENCE:
        kind, unit = Kind.MONEY, "money"
    elif not pa.types.is_string(column.type):
        kind, unit = Kind.NUMBER, "kg" if column.name.endswith("_kg") else ""
    elif meaning in _VOCABULARY:
        words = _VOCABULARY[meaning]
        kind, codes = Kind.CODE, lambda: words
    elif column.name in _KINDS:
        kind, codes, open_list = _KINDS[column.name]
    return Field(name, scope, column.name, kind, meaning, unit, codes=codes, open_list=open_list)


def _declared() -> Iterator[Field]:
    structs = {Scope.ITEM: GOODS_ITEM, Scope.PARTY: PARTY, Scope.LEG: ROUTE_LEG, Scope.REFERENCE: REFERENCE}
    for column in CONSIGNMENT:
        if (made := _field(Scope.CONSIGNMENT, column)) is not None:
            yield made
    for scope, struct in structs.items():
        for column in struct:
            if (made := _field(scope, column)) is not None:
                yield made


def _all_fields() -> dict[str, Field]:
    fields = {field.name: field for field in _declared()}
    fields[_ITEM_COUNT.name] = _ITEM_COUNT
    for column, kind, meaning, unit in _DERIVED:
        for scope, prefix in ((Scope.CONSIGNMENT, ""), (Scope.ITEM, "item.")):
            fields[prefix + column] = Field(prefix + column, scope, column, kind, meaning, unit, derived=True)
    roles = ((Scope.LEG, vocabulary.RouteRole, _LEG_COLUMNS), (Scope.PARTY, vocabulary.PartyRole, _PARTY_COLUMNS))
    for scope, vocabulary_of_roles, columns in roles:
        for role in vocabulary_of_roles:
            for column in columns:
                base = fields[f"{scope}.{column}"]
                name = f"{role}.{column}"
                fields[name] = Field(
                    name,
                    scope,
                    column,
                    base.kind,
                    f"{base.meaning}, of the {role} {scope}",
                    role=role,
                    codes=base.codes,
                )
    return fields


FIELDS: dict[str, Field] = _all_fields()
"""All fields by canonical name."""


def find(name: str, block: Scope) -> Field | None:
    """Find the field that ``name`` means inside ``block`` (CONSIGNMENT: outside any block).

    Inside a block a bare name is a field of its element. Outside, it is one of the consignment or, where the
    consignment has none of that name, of any goods item.
    """
    if block is not Scope.CONSIGNMENT:
        return FIELDS.get(f"{block}.{name}") or FIELDS.get(name)
    return FIELDS.get(name) or FIELDS.get(f"{Scope.ITEM}.{name}")


def names(block: Scope) -> list[str]:
    """The names that may be written inside ``block``, for suggestions."""
    prefix = f"{block}."
    if block is Scope.CONSIGNMENT:
        items = [name.removeprefix("item.") for name in FIELDS if name.startswith("item.")]
        return [*FIELDS, *items]
    return [name.removeprefix(prefix) for name in FIELDS if name.startswith(prefix)]
