"""Rates of exchange: how an amount in one currency compares with a threshold in another."""

import csv
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tidewaiter.refdata import currencies
from tidewaiter.screening.profiles.problems import Problem, ProfileErrors, closest

COLUMNS = ("currency", "per_usd", "date", "source")


@dataclass(frozen=True)
class Rates:
    """Units of each currency per US dollar, on one day."""

    per_usd: Mapping[str, float] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    """The day of each rate."""

    @classmethod
    def load(cls, path: Path, as_of: date | None = None) -> "Rates":
        """Read rates.csv: columns currency (ISO 4217), per_usd, date (ISO 8601), source; others are not looked at.

        Of several rates of a currency the latest not after ``as_of`` counts (without ``as_of``, the latest of all);
        where all are later, the earliest. Raises ProfileErrors with every problem of the file.
        """
        problems: list[Problem] = []
        found: dict[str, list[tuple[date, float]]] = {}
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            words = "The file is not UTF-8 text. Save it as UTF-8."
            raise ProfileErrors([Problem(str(path), 0, 0, "", "", words)]) from error
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            words = f"The rates lack the column {', '.join(missing)}."
            raise ProfileErrors([Problem(str(path), 1, 1, "", missing[0], words)])
        for row in reader:
            _read_row(row, reader.line_num, str(path), found, problems)
        if problems:
            raise ProfileErrors(problems)
        chosen = {currency: _choose(dated, as_of) for currency, dated in found.items()}
        return cls({code: rate for code, (_, rate) in chosen.items()}, {code: day for code, (day, _) in chosen.items()})

    def factors(self, target: str) -> dict[str, float]:
        """What to multiply an amount in each currency with, to have it in ``target``. A currency is its own measure."""
        into = self.per_usd.get(target)
        factors = {code: into / rate for code, rate in self.per_usd.items()} if into is not None else {}
        factors[target] = 1.0
        return factors


def _read_row(
    row: dict[str, str | None],
    line: int,
    file: str,
    found: dict[str, list[tuple[date, float]]],
    problems: list[Problem],
) -> None:
    code = (row["currency"] or "").strip()
    if code not in currencies.codes():
        near = closest(code, currencies.codes())
        problems.append(Problem(file, line, 1, "", "currency", f"'{code}' is no ISO 4217 currency.", near))
        return
    try:
        rate = float(row["per_usd"] or "")
        if not math.isfinite(rate) or rate <= 0:
            raise ValueError
    except ValueError:
        problems.append(Problem(file, line, 1, "", "per_usd", f"'{row['per_usd']}' is not a number above 0."))
        return
    try:
        day = date.fromisoformat((row["date"] or "").strip())
    except ValueError:
        problems.append(Problem(file, line, 1, "", "date", f"'{row['date']}' is not a date such as 2026-05-01."))
        return
    found.setdefault(code, []).append((day, rate))


def _choose(dated: list[tuple[date, float]], as_of: date | None) -> tuple[date, float]:
    known = [pair for pair in dated if as_of is None or pair[0] <= as_of]
    return max(known, key=lambda pair: pair[0]) if known else min(dated, key=lambda pair: pair[0])
