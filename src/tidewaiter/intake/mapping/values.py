"""Turn the text of a column into values, in bulk.

A text that does not convert gives a null and is marked, so that the consignment keeps its other values and says which
one is doubtful. Nothing here raises on content.
"""

from dataclasses import dataclass

import polars as pl

from tidewaiter.intake.mapping.column import Column, offset_minutes
from tidewaiter.intake.mapping.targets import WORDS, Kind

YES = ("true", "yes", "y", "1", "t", "是", "sim", "s")
NO = ("false", "no", "n", "0", "f", "否", "não", "nao")
ISO_FORMATS = ("%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")
_ISO_OFFSET = r"\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})$"

WIDEST_OFFSET = 14 * 60
YEARS = (1900, 2199)
"""A date outside these is a slip of the pen."""

UNREADABLE = {
    Kind.NUMBER: "unreadable_number",
    Kind.INTEGER: "unreadable_number",
    Kind.MODE: "unknown_code",
    Kind.WORD: "unknown_code",
    Kind.HS: "unreadable_code",
    Kind.YES_NO: "unreadable_yes_no",
    Kind.STAMP: "unreadable_date",
}
"""Flag of a text that does not convert, by the kind of value that was asked for."""


@dataclass(frozen=True)
class Values:
    """A converted column: ``present`` where the cell held a text, ``bad`` where it did not convert, with the ``flag``.

    ``offset`` has the minutes from UTC beside a stamp.
    """

    value: pl.Series
    present: pl.Series
    bad: pl.Series
    flag: str
    offset: pl.Series | None = None


def cleaned(text: pl.Series, null: tuple[str, ...]) -> pl.Series:
    """Trim a text column, and make null the words that stand for nothing."""
    trimmed = text.str.strip_chars()
    return trimmed.set(trimmed.is_in(list(null)), None)


def convert(text: pl.Series, column: Column) -> Values:
    """Convert a cleaned text column for its target."""
    present = text.is_not_null()
    if column.present:
        return Values(present, present, pl.repeat(value=False, n=len(text), eager=True), "")
    kind = column.target.kind
    coded, flag = text, UNREADABLE.get(kind, "unknown_code")
    if column.table is not None:
        coded = _translated(text, column)
        # A code that the table translates to nothing says that there is no value.
        present = present & (coded != "").fill_null(value=True)
        coded = coded.set(coded == "", None)
        flag = "unknown_code"
    offset: pl.Series | None = None
    match kind:
        case Kind.NUMBER:
            value = numbers(coded, column)
        case Kind.INTEGER:
            value = integers(coded, column, column.target.bits)
        case Kind.MODE:
            value = integers(coded, column, 8)
            value = value.set(~value.is_between(0, 9), None)
        case Kind.YES_NO:
            value = yes_no(coded)
        case Kind.STAMP:
            value, offset = stamps(coded, column)
        case Kind.WORD:
            lower = coded.str.to_lowercase()
            value = lower.set(~lower.is_in(list(WORDS[column.target.field])), None)
        case Kind.HS:
            digits = coded.str.replace_all(r"[.\s-]", "")
            value = digits.set(~digits.str.contains(r"^[0-9]{2,10}$"), None)
        case Kind.CODE:
            value = coded.str.to_uppercase().str.replace_all(r"\s", "")
        case Kind.TEXT:
            value = coded
    return Values(value, present, present & value.is_null(), flag, offset)


def numbers(text: pl.Series, column: Column) -> pl.Series:
    """Read decimal numbers; what is no finite number is null."""
    if column.thousands:
        text = text.str.replace_all(column.thousands, "", literal=True)
    if column.decimal != ".":
        # A point would now be read as the decimal mark: it is none.
        text = text.set(text.str.contains(".", literal=True), None)
        text = text.str.replace(column.decimal, ".", literal=True)
    value = text.cast(pl.Float64, strict=False)
    value = value.set(~value.is_finite(), None)
    return value * column.factor if column.factor != 1.0 else value


def integers(text: pl.Series, column: Column, bits: int) -> pl.Series:
    """Read whole numbers, also written as ``12.0``; what does not fit the size is null."""
    number = numbers(text, column)
    whole = number.set((number != number.round()) | (number.abs() >= 2 ** (bits - 1)), None)
    return whole.cast({8: pl.Int8, 16: pl.Int16, 32: pl.Int32}[bits])


def yes_no(text: pl.Series) -> pl.Series:
    """Read yes and no in the four languages, and as digits."""
    words = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
    return text.str.to_lowercase().replace_strict(words, default=None, return_dtype=pl.Boolean)


def stamps(text: pl.Series, column: Column) -> tuple[pl.Series, pl.Series]:
    """Read times as UTC, with the offset of their place in minutes.

    An offset written in the cell counts first, then the column's time zone; without either the time is taken as UTC and
    its offset is null. ``Z`` gives no offset: it says UTC, not where. A local time that a clock change skips is null;
    one that occurs twice is the earlier.
    """
    names = [name for name in column.dates if name != "iso"]
    iso = "iso" in column.dates
    frame = pl.DataFrame({"text": text})
    written = pl.col("text").str.extract(_ISO_OFFSET if iso else r"(Z|[+-]\d{2}:?\d{2})$")
    if not iso and not any("%z" in name for name in names):
        written = pl.lit(None, dtype=pl.String)
    frame = frame.with_columns(written=written)
    frame = frame.with_columns(
        bare=pl.when(pl.col("written").is_null())
        .then("text")
        .otherwise(pl.col("text").str.replace(r"\s*(Z|[+-]\d{2}:?\d{2})$", ""))
    )
    formats = [name.replace("%z", "").strip() for name in names] + list(ISO_FORMATS if iso else ())
    local = pl.Series([], dtype=pl.Datetime("us")).extend_constant(None, len(text))
    for form in formats:
        missing = local.is_null() & frame["bare"].is_not_null()
        if not missing.any():
            break
        local = local.zip_with(~missing, frame["bare"].str.to_datetime(form, time_unit="us", strict=False))
    return _in_utc(local, frame["written"], column.timezone)


def _in_utc(local: pl.Series, written: pl.Series, zone: str | None) -> tuple[pl.Series, pl.Series]:
    hours = written.str.slice(1, 2).cast(pl.Int32, strict=False)
    minutes = hours * 60 + written.str.slice(-2).cast(pl.Int32, strict=False)
    explicit = minutes.zip_with(written.str.starts_with("+").fill_null(value=True), -minutes)
    offset = explicit
    if zone is not None:
        of_place = _offsets(local, zone)
        offset = explicit.zip_with(written.is_not_null(), of_place)
        local = local.set(of_place.is_null() & written.is_null(), None)
    local = local.set((offset.abs() > WIDEST_OFFSET) | ~local.dt.year().is_between(*YEARS), None)
    shift = (offset.fill_null(0).cast(pl.Int64) * 60_000_000).cast(pl.Duration("us"))
    stamp = (local - shift).dt.replace_time_zone("UTC")
    return stamp, offset.cast(pl.Int16).set(stamp.is_null(), None)


def _offsets(local: pl.Series, zone: str) -> pl.Series:
    fixed = offset_minutes(zone)
    if fixed is not None:
        return pl.Series([fixed], dtype=pl.Int32).new_from_index(0, len(local))
    there = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    utc = there.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    return (local - utc).dt.total_minutes().cast(pl.Int32)


def _translated(text: pl.Series, column: Column) -> pl.Series:
    table = column.table or {}
    if column.keep:
        return text.replace(table)
    return text.replace_strict(table, default=None, return_dtype=pl.String) if table else text
