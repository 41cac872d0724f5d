"""The places of a consignment that a column may fill, and what kind of value each takes.

A target is written with dots: ``lodged_at``, ``goods.hs``, ``references.house_bill``, ``parties.consignor.name``,
``route.destination.country``, ``inspection.finding``. A number after the kind tells several of one kind apart:
``references.container.2``, ``parties.notify.2.name``, ``route.transit.2.country``.
"""

from dataclasses import dataclass
from enum import Enum, auto, unique

from tidewaiter.domain import vocabulary as v
from tidewaiter.schemas import CONSIGNMENT, GOODS_ITEM, INSPECTION, PARTY, ROUTE_LEG


@unique
class Kind(Enum):
    """How the text of a cell becomes a value."""

    TEXT = auto()
    CODE = auto()
    """Upper-case code, without blanks."""
    HS = auto()
    """Digits; dots, blanks and hyphens between them are dropped."""
    NUMBER = auto()
    INTEGER = auto()
    MODE = auto()
    """UN/ECE Recommendation 19, one digit."""
    YES_NO = auto()
    STAMP = auto()
    WORD = auto()
    """One of a closed list of words."""


HIGHEST_NUMBER = 99
"""Highest number that tells several of one kind apart."""

SECTIONS = ("references", "parties", "route", "goods", "inspection")

_KINDS = {
    "regime": Kind.WORD,
    "function": Kind.WORD,
    "identifier_type": Kind.WORD,
    "basis": Kind.WORD,
    "finding": Kind.WORD,
    "channel": Kind.WORD,
    "severity": Kind.WORD,
    "mode": Kind.MODE,
    "hs": Kind.HS,
    "administration": Kind.CODE,
    "country": Kind.CODE,
    "origin": Kind.CODE,
    "place": Kind.CODE,
    "currency": Kind.CODE,
    "unit": Kind.CODE,
    "package_kind": Kind.CODE,
}
_BY_ARROW = {"double": Kind.NUMBER, "bool": Kind.YES_NO, "string": Kind.TEXT}

WORDS: dict[str, tuple[str, ...]] = {
    "regime": tuple(v.Regime),
    "function": tuple(v.MessageFunction),
    "identifier_type": tuple(v.IdentifierType),
    "basis": tuple(v.RouteBasis),
    "finding": tuple(v.Finding),
    "channel": tuple(v.ControlChannel),
    "severity": ("critical", "ordinary"),
}
"""The closed list of each field of kind WORD."""

_NOT_TARGETS = {
    "message_id",
    "source_file",
    "source_position",
    "source_rows",
    "references",
    "route",
    "parties",
    "goods",
}
_TOP = [field.name for field in CONSIGNMENT if field.name not in _NOT_TARGETS | {"flags"}]
_FIELDS = {
    "parties": [field.name for field in PARTY if field.name != "role"],
    "route": [field.name for field in ROUTE_LEG if field.name not in ("role", "sequence")],
    "goods": [field.name for field in GOODS_ITEM],
    "inspection": ["office", "inspected_at", "channel", "finding", "severity"],
}
_ROLES: dict[str, tuple[str, ...]] = {
    "references": tuple(v.ReferenceType),
    "parties": tuple(v.PartyRole),
    "route": tuple(v.RouteRole),
}


@dataclass(frozen=True)
class Target:
    """A place to fill. ``role`` is the type of a reference or the role of a party or leg; empty elsewhere."""

    section: str
    role: str
    number: int
    field: str

    @property
    def text(self) -> str:
        """The target as it is written."""
        number = str(self.number) if self.number > 1 else ""
        field = "" if self.section == "references" else self.field
        return ".".join(part for part in (self.section, self.role, number, field) if part)

    @property
    def rank(self) -> tuple[int, int, str]:
        """Order in which references, parties and legs stand in their lists."""
        return _ROLES[self.section].index(self.role), self.number, self.field

    @property
    def kind(self) -> Kind:
        """How a text becomes a value for this place."""
        if self.section == "references":
            return Kind.TEXT
        if self.field in _KINDS:
            return _KINDS[self.field]
        arrow = self._arrow_type()
        if arrow.startswith("timestamp"):
            return Kind.STAMP
        return Kind.INTEGER if arrow.startswith("int") else _BY_ARROW[arrow]

    @property
    def bits(self) -> int:
        """Size of an integer."""
        return int(self._arrow_type().removeprefix("int"))

    def _arrow_type(self) -> str:
        holders = {"parties": PARTY, "route": ROUTE_LEG, "goods": GOODS_ITEM, "inspection": INSPECTION}
        return str(holders.get(self.section, CONSIGNMENT).field(self.field).type)


def parse_target(text: str) -> Target | None:
    """Read a target; None where the text is not one."""
    parts = text.split(".")
    section = parts[0]
    if section not in SECTIONS:
        return Target("", "", 1, text) if text in _TOP else None
    if section in ("goods", "inspection"):
        return Target(section, "", 1, parts[1]) if len(parts) == 2 and parts[1] in _FIELDS[section] else None
    if len(parts) < 2 or parts[1] not in _ROLES[section]:
        return None
    rest = parts[2:]
    number = 1
    if rest and rest[0].isascii() and rest[0].isdigit() and len(rest[0]) <= 2:
        number = int(rest.pop(0))
    field = "value" if section == "references" else rest.pop(0) if rest else ""
    known = section == "references" or field in _FIELDS[section]
    return Target(section, parts[1], number, field) if known and not rest and 1 <= number <= HIGHEST_NUMBER else None


def all_targets() -> list[Target]:
    """List every target once, without numbers, in the order of the schema."""
    targets = [Target("", "", 1, name) for name in _TOP]
    targets += [Target("references", role, 1, "value") for role in _ROLES["references"]]
    for section in ("route", "parties"):
        targets += [Target(section, role, 1, name) for role in _ROLES[section] for name in _FIELDS[section]]
    for section in ("goods", "inspection"):
        targets += [Target(section, "", 1, name) for name in _FIELDS[section]]
    return targets
