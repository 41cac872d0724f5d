"""Reading the values of a condition: each is what its field takes, or a problem at its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from tidewaiter.domain.vocabulary import TransportMode
from tidewaiter.refdata import currencies, regions
from tidewaiter.screening.profiles.fields import Field, Kind
from tidewaiter.screening.profiles.nodes import Mapping, Node, Scalar, Sequence
from tidewaiter.screening.profiles.operators import DAY_NAMES, WEEKDAYS
from tidewaiter.screening.profiles.problems import Problem, closest
from tidewaiter.screening.profiles.tree import Value

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_HS = re.compile(r"\d{1,10}")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
MODES = {mode.name.lower(): int(mode) for mode in TransportMode}
"""Transport modes by the word that may be written for their digit."""


@dataclass
class Findings:
    """Collects the problems of one file."""

    file: str
    profile: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, node: Node, name: str, message: str, suggestion: str = "", *, notice: bool = False) -> None:
        """Note a problem at the place of a node."""
        self.problems.append(
            Problem(self.file, node.line, node.column, self.profile, name, message, suggestion, notice)
        )


def one_scalar(node: Node, name: str, found: Findings) -> Scalar | None:
    """The node as one written value; None, with a problem, where it is a list, a mapping or empty."""
    if not isinstance(node, Scalar):
        found.add(node, name, "One value is wanted here, not a list or a mapping.")
        return None
    if node.empty or not node.text.strip():
        found.add(node, name, "A value is missing here.")
        return None
    return node


def scalars(node: Node, name: str, found: Findings) -> list[Scalar]:
    """One value or a list of values; bad ones are noted and left out."""
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else (node,)
    if isinstance(node, Sequence) and not node.items:
        found.add(node, name, "The list is empty; no consignment could ever meet it.")
    return [item for item in (one_scalar(item, name, found) for item in items) if item is not None]


def read_flag(node: Node, name: str, found: Findings) -> bool | None:
    """``true`` or ``false`` (``yes`` and ``no`` too)."""
    scalar = one_scalar(node, name, found)
    if scalar is None:
        return None
    flag = _FLAGS.get(scalar.text.lower())
    if flag is None:
        found.add(node, name, f"'{scalar.text}' is neither true nor false.")
    return flag


def read_number(node: Node, name: str, found: Findings) -> float | None:
    """A finite decimal number."""
    scalar = one_scalar(node, name, found)
    if scalar is None:
        return None
    if not _NUMBER.fullmatch(scalar.text) or abs(float(scalar.text)) > 1e300:
        hint = "Write it without commas or units, such as 1500.5." if scalar.text[:1].isdigit() else ""
        found.add(node, name, f"'{scalar.text}' is not a number.", hint)
        return None
    return float(scalar.text)


def read_date(node: Node, name: str, found: Findings) -> date | None:
    """A date as 2026-05-01."""
    scalar = one_scalar(node, name, found)
    if scalar is None:
        return None
    try:
        if len(scalar.text) != 10:
            raise ValueError
        return date.fromisoformat(scalar.text)
    except ValueError:
        found.add(node, name, f"'{scalar.text}' is not a date.", "Write year, month and day, such as 2026-05-01.")
        return None


def read_time(node: Node, name: str, found: Findings) -> time | None:
    """A time of day as 22:00."""
    scalar = one_scalar(node, name, found)
    if scalar is None:
        return None
    parts = _TIME.fullmatch(scalar.text)
    if parts is None:
        found.add(node, name, f"'{scalar.text}' is not a time of day.", 'Write hours and minutes, such as "22:00".')
        return None
    return time(int(parts[1]), int(parts[2]))


def read_code(node: Scalar, field: Field, found: Findings) -> Value:
    """A value that ``field`` can hold; None, with a problem, for any other."""
    text = node.text.strip()
    if field.kind is Kind.MODE:
        return _mode(node, text, field, found)
    if field.kind is Kind.NUMBER:
        return read_number(node, field.name, found)
    if field.kind is Kind.FLAG:
        return read_flag(node, field.name, found)
    if field.kind is Kind.HS and not _HS.fullmatch(text):
        found.add(
            node, field.name, f"'{text}' is not an HS code: up to 10 digits are wanted.",
            f"Did you mean '{re.sub(r'[. ]', '', text)}'?" if _HS.fullmatch(re.sub(r"[. ]", "", text)) else "",
        )  # fmt: skip
        return None
    if field.codes is not None and text not in (known := field.codes()):
        words = "is not in our list of codes" if field.open_list else f"is no {field.kind} that this field can hold"
        found.add(node, field.name, f"'{text}' {words}.", closest(text, known), notice=field.open_list)
        return text if field.open_list else None
    return text


def _mode(node: Scalar, text: str, field: Field, found: Findings) -> Value:
    if text.lower() in MODES:
        return float(MODES[text.lower()])
    if text.isdecimal() and int(text) in MODES.values():
        return float(int(text))
    found.add(node, field.name, f"'{text}' is no mode of transport.", closest(text, MODES))
    return None


def read_region(node: Scalar, name: str, found: Findings) -> Value:
    """A region code of ``refdata.regions``."""
    if node.text not in regions.codes():
        found.add(node, name, f"There is no region '{node.text}'.", closest(node.text, regions.codes()))
        return None
    return node.text


def read_weekday(node: Scalar, name: str, found: Findings) -> Value:
    """A day of the week in English, by its first three letters or in full."""
    word = node.text.strip().lower()
    for day, full in zip(WEEKDAYS, DAY_NAMES, strict=True):
        if word in (day, full.lower()):
            return day
    found.add(node, name, f"'{node.text}' is no day of the week.", f"Use one of: {', '.join(WEEKDAYS)}.")
    return None


def read_currency(node: Node, name: str, found: Findings) -> str | None:
    """An ISO 4217 code."""
    scalar = one_scalar(node, name, found)
    if scalar is None:
        return None
    if scalar.text not in currencies.codes():
        near = closest(scalar.text, currencies.codes())
        found.add(node, name, f"'{scalar.text}' is no ISO 4217 currency.", near)
        return None
    return scalar.text


def window(node: Node, name: str, found: Findings) -> tuple[Node | None, Node | None] | None:
    """The two ends of a window ``{from:, until:}``; None, with a problem, where it is none."""
    if not isinstance(node, Mapping):
        found.add(node, name, "A window is wanted here: {from: ..., until: ...}.")
        return None
    for key, _ in node.entries:
        if key.text not in ("from", "until"):
            found.add(key, name, f"A window has no '{key.text}'.", closest(key.text, ("from", "until")))
    for key in node.repeated:
        found.add(key, name, f"'{key.text}' is given twice.")
    if node.get("from") is None and node.get("until") is None:
        found.add(node, name, "The window has neither 'from' nor 'until'.")
        return None
    return node.get("from"), node.get("until")
