"""What a message says of the declaration that it belongs to: the few columns that joining and ordering need."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import MessageFunction, PartyRole
from tidewaiter.intake import identity
from tidewaiter.intake.versions.keys import NAMING
from tidewaiter.schemas.nested import children

__all__ = ["Name", "Naming", "namings"]

_DIGITS = re.compile(r"([0-9]+)")
_COLUMNS = (
    "message_id", "consignment_id", "function", "partial", "version", "issued_at", "administration", "source_file",
    "source_position", "source_rows", "synthetic",
)  # fmt: skip

Name = tuple[str, str]
"""An administration, and what it knows a declaration as: its consignment id, or the id that its number makes."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One message, without its content. ``row`` is its place in the batch that was given."""

    row: int
    message_id: str
    consignment_id: str
    function: str
    whole: bool
    """The message carries all that it says of the consignment: it is not partial, and it has goods."""
    version: int | None
    issued: int | None
    """Microseconds since 1970."""
    administration: str
    numbers: tuple[str, ...]
    references: tuple[str, ...]
    declarant: str | None
    source_file: str
    source_position: str
    source_rows: int
    synthetic: bool
    times: tuple[bool, bool, bool]
    """Whether the times of issue, lodgement and presentation are given."""

    @property
    def is_original(self) -> bool:
        """Whether the message is a declaration of its own."""
        return self.function == MessageFunction.ORIGINAL

    @property
    def number(self) -> Name | None:
        """The declaration number that the message bears or names, in the form of a consignment id."""
        return self.known_as[0] if self.numbers else None

    @property
    def id(self) -> Name:
        """The consignment id of the message, within its administration."""
        return (self.administration, self.consignment_id)

    @property
    def known_as(self) -> list[Name]:
        """All declaration numbers of the message, in the form of consignment ids."""
        return [
            (self.administration, identity.consignment_id(self.administration, "", declaration_number=number))
            for number in self.numbers
        ]

    @property
    def place(self) -> tuple[Any, ...]:
        """Order of the input: by file, by place in it (numbers as numbers), then by id."""
        parts = _DIGITS.split(self.source_position)
        position = tuple((int(part), "") if index % 2 else (-1, part) for index, part in enumerate(parts))
        return (self.source_file, position, self.message_id)

    @property
    def arrival(self) -> tuple[Any, ...]:
        """Order among originals: those without a time of issue, which count at any time; by that time; by place."""
        return (self.issued is not None, self.issued or 0, self.place)


def namings(messages: pa.RecordBatch) -> list[Naming]:
    """Take from messages (``schemas.CONSIGNMENT``) what joining needs."""
    columns = {name: messages.column(name) for name in _COLUMNS}
    columns["issued_at"] = columns["issued_at"].cast(pa.int64())
    values = {name: column.to_pylist() for name, column in columns.items()}
    has_goods = pc.greater(pc.fill_null(pc.list_value_length(messages.column("goods")), 0), 0).to_pylist()
    stamps = [messages.column(name).is_valid().to_pylist() for name in ("issued_at", "lodged_at", "presented_at")]
    times = list(zip(*stamps, strict=True))
    numbers, references = (_references(messages, kind) for kind in NAMING)
    declarants = _declarants(messages)
    return [
        Naming(
            row=row,
            message_id=values["message_id"][row],
            consignment_id=values["consignment_id"][row],
            function=values["function"][row],
            whole=has_goods[row] and not values["partial"][row],
            version=values["version"][row],
            issued=values["issued_at"][row],
            administration=values["administration"][row],
            numbers=numbers.get(row, ()),
            references=references.get(row, ()),
            declarant=declarants.get(row),
            source_file=values["source_file"][row],
            source_position=values["source_position"][row],
            source_rows=values["source_rows"][row] or 0,
            synthetic=values["synthetic"][row],
            times=times[row],
        )
        for row in range(messages.num_rows)
    ]


def _references(messages: pa.RecordBatch, kind: str) -> dict[int, tuple[str, ...]]:
    row, elements = children(messages, "references")
    chosen = pc.equal(elements.field("type"), kind)
    found: dict[int, list[str]] = defaultdict(list)
    for at, value in zip(
        pa.array(row).filter(chosen).to_pylist(), elements.field("value").filter(chosen).to_pylist(), strict=True
    ):
        found[at].append(value)
    return {at: tuple(values) for at, values in found.items()}


def _declarants(messages: pa.RecordBatch) -> dict[int, str]:
    """The declarant of each message that names one: by identifier, else by name."""
    row, parties = children(messages, "parties")
    chosen = pc.equal(parties.field("role"), PartyRole.DECLARANT.value)
    who = pc.coalesce(parties.field("identifier"), parties.field("name")).filter(chosen).to_pylist()
    found: dict[int, str] = {}
    for at, declarant in zip(pa.array(row).filter(chosen).to_pylist(), who, strict=True):
        if declarant is not None:
            found.setdefault(at, declarant)
    return found
