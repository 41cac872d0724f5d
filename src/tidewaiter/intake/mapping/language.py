"""The mapping file: which column of a foreign table fills which place of a consignment, and how.

TOML, checked whole before a single row is read: a wrong key, target or option is an error that names its place.
``docs/reference/mapping.md`` describes the language for people.
"""

import tomllib
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from tidewaiter.intake.encoding import AUTO, ENCODINGS
from tidewaiter.intake.mapping.column import Column, offset_minutes
from tidewaiter.intake.mapping.targets import Kind, Target, parse_target
from tidewaiter.intake.mapping.values import convert

MASS_UNITS = {
    "kg": 1.0,
    "g": 0.001,
    "mg": 1e-6,
    "t": 1000.0,
    "lb": 0.45359237,
    "oz": 0.028349523125,
    "jin": 0.5,
    "catty": 0.60478982,
}
"""Kilograms in a unit: SI; the international pound and ounce; the market jin; the catty of Hong Kong (Cap. 68)."""
VALUE_UNITS = {"cent": 0.01}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}

_FILE_KEYS = {"encoding", "delimiter", "quote", "header", "null", "decimal", "thousands", "timezone", "dates"}
_TABLES = {"mapping", "file", "recognise", "constants", "columns", "tables", "group"}
_MAPPING_KEYS = {"name", "title", "source", "columns_are_targets"}
_COLUMN_KEYS = {"to", "dates", "timezone", "table", "keep", "factor", "unit", "split", "present", "required"}
_COLUMN_KEYS |= {"decimal", "thousands"}


class MappingError(ValueError):
    """A mapping file that is not valid. The message names the file and the place in it."""


@dataclass(frozen=True)
class Mapping:
    """A checked mapping."""

    name: str
    title: str = ""
    source: str = ""
    encoding: str = AUTO
    delimiter: str | None = None
    quote: str = '"'
    header: bool = True
    null: tuple[str, ...] = ("",)
    recognise: tuple[str, ...] = ()
    columns_are_targets: bool = False
    constants: tuple[tuple[Target, str], ...] = ()
    columns: tuple[Column, ...] = ()
    group: tuple[str, ...] = ()
    group_also: tuple[str, ...] = ()
    defaults: Column = field(default_factory=lambda: Column("", Target("", "", 1, "office")))


def parse_mapping(text: str, origin: str) -> Mapping:
    """Read and check a mapping; ``origin`` names it in errors. Raises `MappingError`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{origin}: not valid TOML: {error}") from error
    return _Checker(origin).mapping(raw)


class _Checker:
    """Turns the parsed TOML into a `Mapping`, or says what is wrong and where."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def mapping(self, raw: dict[str, Any]) -> Mapping:
        self._only(raw, _TABLES, "the file")
        about = self._table(raw, "mapping")
        self._only(about, _MAPPING_KEYS, "[mapping]")
        name = self._text(about.get("name"), "[mapping] name")
        file = self._table(raw, "file")
        self._only(file, _FILE_KEYS, "[file]")
        defaults = self._column("", {**file, "to": "office"}, Column("", Target("", "", 1, "office")), {}, "[file]")
        tables = {key: self._code_table(key, value) for key, value in self._table(raw, "tables").items()}
        columns = self._columns(self._table(raw, "columns"), defaults, tables)
        constants = self._constants(self._table(raw, "constants"))
        targets_only = about.get("columns_are_targets", False) is True
        if not columns and not targets_only:
            raise self._error("[columns]", "maps no column")
        group = self._table(raw, "group")
        self._only(group, {"by", "also"}, "[group]")
        recognise = self._table(raw, "recognise")
        self._only(recognise, {"header"}, "[recognise]")
        return Mapping(
            name=name,
            title=str(about.get("title", "")),
            source=str(about.get("source", "")),
            encoding=self._encoding(file.get("encoding", AUTO)),
            delimiter=self._delimiter(file.get("delimiter")),
            quote=self._one_character(file.get("quote", '"'), "[file] quote"),
            header=file.get("header", True) is not False,
            null=("", *self._texts(file.get("null", []), "[file] null")),
            recognise=self._texts(recognise.get("header", []), "[recognise] header"),
            columns_are_targets=targets_only,
            constants=constants,
            columns=columns,
            group=self._texts(group.get("by", []), "[group] by"),
            group_also=self._texts(group.get("also", []), "[group] also"),
            defaults=defaults,
        )

    def _columns(self, raw: dict[str, Any], defaults: Column, tables: dict[str, dict[str, str]]) -> tuple[Column, ...]:
        columns: list[Column] = []
        taken: dict[str, str] = {}
        for source, value in raw.items():
            for spec in value if isinstance(value, list) else [value]:
                place = f'[columns] "{source}"'
                options = {"to": spec} if isinstance(spec, str) else spec
                if not isinstance(options, dict):
                    raise self._error(place, "needs a target or a table of options")
                self._only(options, _COLUMN_KEYS, place)
                column = self._column(source, options, defaults, tables, place)
                if column.target.text in taken:
                    words = f'"{column.target.text}" is filled from "{taken[column.target.text]}" already'
                    raise self._error(place, words)
                taken[column.target.text] = source
                columns.append(column)
        return tuple(columns)

    def _column(
        self, source: str, raw: dict[str, Any], defaults: Column, tables: dict[str, dict[str, str]], place: str
    ) -> Column:
        target = self._target(raw.get("to"), place)
        table = raw.get("table")
        if table is not None and table not in tables:
            raise self._error(place, f"there is no [tables.{table}]")
        dates = raw.get("dates", list(defaults.dates))
        if table is not None:
            self._converts([code for code in tables[table].values() if code], Column("", target), f"[tables.{table}]")
        return Column(
            source=source,
            target=target,
            required=raw.get("required", True) is not False,
            dates=self._texts([dates] if isinstance(dates, str) else dates, f"{place} dates"),
            timezone=self._timezone(raw.get("timezone", defaults.timezone), place),
            table=tables[table] if table is not None else None,
            keep=raw.get("keep", False) is True,
            factor=self._factor(raw, target, place),
            split=self._text(raw["split"], f"{place} split") if "split" in raw else None,
            present=raw.get("present", False) is True,
            decimal=self._one_character(raw.get("decimal", defaults.decimal), f"{place} decimal"),
            thousands=self._one_character(raw.get("thousands", defaults.thousands), f"{place} thousands"),
        )

    def _factor(self, raw: dict[str, Any], target: Target, place: str) -> float:
        factor = raw.get("factor", 1.0)
        if isinstance(factor, bool) or not isinstance(factor, int | float) or factor == 0:
            raise self._error(place, "factor must be a number that is not zero")
        unit = raw.get("unit")
        known = MASS_UNITS if target.field.endswith("_kg") else VALUE_UNITS if target.field == "value" else {}
        if unit is not None and unit not in known:
            options = ", ".join(known) or "none for this target"
            raise self._error(place, f'unknown unit "{unit}" (known: {options})')
        if (factor != 1.0 or unit is not None) and target.kind is not Kind.NUMBER:
            raise self._error(place, f'"{target.text}" takes no number, so no factor or unit')
        return float(factor) * (known[unit] if unit is not None else 1.0)

    def _constants(self, raw: dict[str, Any], prefix: str = "") -> tuple[tuple[Target, str], ...]:
        """Constants may be written flat, with the dots in quotes, or as nested tables."""
        found: list[tuple[Target, str]] = []
        for key, value in raw.items():
            path = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict):
                found += self._constants(value, path)
            else:
                shown = str(value).lower() if isinstance(value, bool) else str(value)
                column = Column("", self._target(path, "[constants]"))
                self._converts([shown], column, f"[constants] {path}")
                found.append((column.target, shown))
        return tuple(found)

    def _converts(self, values: list[str], column: Column, place: str) -> None:
        bad = convert(pl.Series(values, dtype=pl.String), column).bad
        if bad.any():
            wrong = ", ".join(f'"{value}"' for value, is_bad in zip(values, bad, strict=True) if is_bad)
            raise self._error(place, f'{wrong} cannot stand in "{column.target.text}"')

    def _code_table(self, key: str, raw: Any) -> dict[str, str]:
        if not isinstance(raw, dict) or not all(isinstance(value, str | int) for value in raw.values()):
            raise self._error(f"[tables.{key}]", "must be a table of codes, each with its translation")
        return {code: str(value) for code, value in raw.items()}

    def _target(self, raw: Any, place: str) -> Target:
        target = parse_target(raw) if isinstance(raw, str) else None
        if target is None:
            raise self._error(place, f'"{raw}" is no target')
        return target

    def _timezone(self, raw: Any, place: str) -> str | None:
        if raw is None:
            return None
        zone = self._text(raw, f"{place} timezone")
        if offset_minutes(zone) is None:
            try:
                ZoneInfo(zone)
            except (ZoneInfoNotFoundError, ValueError, OSError) as error:
                words = f'"{zone}" is no time zone; write a name such as Asia/Hong_Kong or an offset such as +08:00'
                raise self._error(place, words) from error
        return zone

    def _encoding(self, raw: Any) -> str:
        if raw not in ENCODINGS:
            raise self._error("[file] encoding", f'unknown "{raw}" (known: {", ".join(ENCODINGS)})')
        return str(raw)

    def _delimiter(self, raw: Any) -> str | None:
        if raw is None or raw == AUTO:
            return None
        found = DELIMITERS.get(str(raw), str(raw))
        if len(found) != 1 or not found.isascii():
            raise self._error("[file] delimiter", "must be one ASCII character, or one of " + ", ".join(DELIMITERS))
        return found

    def _one_character(self, raw: Any, place: str) -> str:
        if not isinstance(raw, str) or len(raw) > 1 or not raw.isascii():
            raise self._error(place, "must be one ASCII character, or empty for none")
        return raw

    def _table(self, raw: dict[str, Any], key: str) -> dict[str, Any]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            raise self._error(f"[{key}]", "must be a table")
        return value

    def _texts(self, raw: Any, place: str) -> tuple[str, ...]:
        if not isinstance(raw, list) or not all(isinstance(value, str) for value in raw):
            raise self._error(place, "must be a list of texts")
        return tuple(raw)

    def _text(self, raw: Any, place: str) -> str:
        if not isinstance(raw, str) or not raw:
            raise self._error(place, "must be a text")
        return raw

    def _only(self, raw: dict[str, Any], known: set[str], place: str) -> None:
        for key in raw:
            if key not in known:
                raise self._error(place, f'unknown key "{key}" (known: {", ".join(sorted(known))})')

    def _error(self, place: str, words: str) -> MappingError:
        return MappingError(f"{self._origin}: {place}: {words}")
