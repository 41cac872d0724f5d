"""How many controls an office can make on a day."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

COLUMNS = ("administration", "office", "day", "capacity")
LARGEST = 2**31 - 1

_Key = tuple[str, str, str]
"""Administration, office and ISO day as a capacity file writes them; ``*`` stands for all."""
_ANY = "*"


class CapacityError(ValueError):
    """A capacity that cannot be used; the message says where it stands and what to do."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """Controls by administration, office and local day.

    An exact line goes before one with ``*``: first the administration counts, then the office, then the day.
    """

    rules: Mapping[_Key, int]

    @classmethod
    def uniform(cls, controls: int) -> Self:
        """Give every office the same number of controls each day. Raises CapacityError for a negative number."""
        return cls({(_ANY, _ANY, _ANY): _number(str(controls), "the capacity")})

    @classmethod
    def load(cls, path: str | Path, *, default: int | None = None) -> Self:
        """Read a capacity file: CSV in UTF-8 with the columns administration, office, day (ISO) and capacity.

        ``*`` in one of the first three stands for all. An empty office or day stands for consignments that name none.
        ``default`` serves the offices and days that no line covers. Raises CapacityError with file, line and column.
        """
        rules: dict[_Key, int] = {}
        lines: dict[_Key, int] = {}
        for line, cells in _lines(Path(path)):
            administration, office, day, controls = cells
            where = f"{path}, line {line}"
            if not administration:
                raise CapacityError(f"{where}, column administration: empty; name the administration, or * for all")
            key = (administration, office, _day(day, where))
            if key in rules:
                raise CapacityError(f"{where}: the same office and day stand in line {lines[key]}; keep one of the two")
            rules[key] = _number(controls, f"{where}, column capacity")
            lines[key] = line
        if default is not None:
            rules.setdefault((_ANY, _ANY, _ANY), _number(str(default), "the default capacity"))
        return cls(rules)

    def of(self, administration: str, office: str, day: date | None) -> int | None:
        """Give the controls of one office and day; None where no line covers it."""
        iso = day.isoformat() if day else ""
        for one in (administration, _ANY):
            for two in (office, _ANY):
                for three in (iso, _ANY):
                    found = self.rules.get((one, two, three))
                    if found is not None:
                        return found
        return None

    @property
    def largest(self) -> int:
        """The largest capacity of any office and day."""
        return max(self.rules.values(), default=0)


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    """The trimmed cells of each line in the order of ``COLUMNS``, with the number of the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CapacityError(f"{path}: not UTF-8 at byte {error.start}; save the file as CSV in UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if sorted(head) != sorted(COLUMNS):
            raise CapacityError(
                f"{path}, line 1: the columns are {', '.join(head) or 'missing'}; they must be {', '.join(COLUMNS)}"
            )
        places = [head.index(column) for column in COLUMNS]
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(COLUMNS):
                raise CapacityError(f"{path}, line {reader.line_num}: {len(cells)} cells where {len(COLUMNS)} are due")
            yield reader.line_num, [cells[place].strip() for place in places]
    except csv.Error as error:
        raise CapacityError(f"{path}, line {reader.line_num}: not readable as CSV ({error})") from error


def _day(text: str, where: str) -> str:
    if text in {"", _ANY}:
        return text
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CapacityError(
            f"{where}, column day: {text!r} is no date; write it as 2026-05-01, or * for all"
        ) from error


def _number(text: str, where: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise CapacityError(f"{where}: {text!r} is not a number of controls; write a whole number, 0 or more")
    if len(text) > 10 or int(text) > LARGEST:
        raise CapacityError(f"{where}: {text} is more than {LARGEST}")
    return int(text)
