"""The criteria of a run: watchlist, terms and profiles, loaded together and held against batches together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.lake.run_record import file_digest
from tidewaiter.runs.request import RunRefused, RunRequest
from tidewaiter.schemas import HIT
from tidewaiter.screening.lists import ListError
from tidewaiter.screening.profiles import Earlier, ProfileErrors, Profiles, Rates, run_profiles
from tidewaiter.screening.terms import Terms, screen_terms
from tidewaiter.screening.watchlist import Watchlist, screen_watchlist
from tidewaiter.selection.wording import Describers, ProfileWords

_SHOWN = 20


@dataclass(frozen=True)
class CriteriaFiles:
    """Where the criteria stand. What was loaded stays with it, also in a pickle: no process loads again."""

    watchlist: Path | None = None
    terms: Path | None = None
    profiles: Path | None = None
    rates: Path | None = None

    @classmethod
    def of(cls, request: RunRequest) -> "CriteriaFiles":
        """Take the criteria of a request."""
        return cls(request.watchlist, request.terms, request.profiles, request.rates)

    def load(self) -> tuple["Criteria", list[str]]:
        """Load and compile; gives the criteria and what an analyst should know about them.

        Raises RunRefused, with every problem in one text, for a list or profile file that cannot be used.
        """
        return self._loaded

    @cached_property
    def _loaded(self) -> tuple["Criteria", list[str]]:
        warnings: list[str] = []
        refused: list[str] = []
        watchlist, terms, profiles = None, None, None
        try:
            if self.watchlist is not None:
                watchlist, found = Watchlist.load(self.watchlist)
                warnings += _shortened(self.watchlist, found)
            if self.terms is not None:
                terms, problems = Terms.load(self.terms)
                warnings += _shortened(self.terms, problems)
            rates = Rates.load(self.rates) if self.rates is not None else None
            if self.profiles is not None:
                profiles, notices = Profiles.load(self.profiles, None, rates)
                warnings += _shortened(self.profiles, notices)
        except (ListError, ProfileErrors) as error:
            refused.append(str(error))
        except OSError as error:
            refused.append(f"{error.filename} cannot be read: {error.strerror}.")
        if refused:
            raise RunRefused("\n".join([*refused, "Nothing was read or written."]))
        return Criteria(watchlist, terms, profiles), warnings

    def described(self) -> dict[str, dict[str, Any] | None]:
        """Name each file and its digest, for the run record."""
        files = {"watchlist": self.watchlist, "terms": self.terms, "profiles": self.profiles, "rates": self.rates}
        criteria, _ = self.load()
        # The lists know the digest of what was read; it is large, and may have changed since.
        known = {"watchlist": criteria.watchlist, "terms": criteria.terms}
        return {
            name: None if path is None else {"name": str(path), "sha256": _digest(known.get(name), path)}
            for name, path in files.items()
        }


@dataclass(frozen=True)
class Screened:
    """What the criteria found in one batch."""

    hits: pa.RecordBatch
    """``schemas.HIT``."""
    unjudged: Mapping[str, int]
    """For each profile: consignments that it could not judge because a currency has no rate."""


@dataclass(frozen=True)
class Criteria:
    """Loaded criteria. Any of them may be absent."""

    watchlist: Watchlist | None
    terms: Terms | None
    profiles: Profiles | None

    def screen(self, batch: pa.RecordBatch, day: pa.Array) -> "Screened":
        """Hold a batch of ``schemas.CONSIGNMENT`` against all criteria.

        ``day`` (date32) is each consignment's local day: an entry or profile counts on the days of its validity, and
        on a consignment whose day is not known.
        """
        found: list[pa.RecordBatch] = []
        unjudged: Mapping[str, int] = {}
        watched = None if self.watchlist is None else screen_watchlist(batch, self.watchlist, day)
        words = None if self.terms is None else screen_terms(batch, self.terms)
        if watched is not None:
            found.append(watched)
        if words is not None:
            found.append(words)
        if self.profiles is not None:
            ran = run_profiles(batch, self.profiles, Earlier(words, watched, self._term_kinds))
            found.append(_in_period(ran.hits, self._profile_periods, batch, day))
            unjudged = ran.unjudged
        return Screened(pa.concat_batches(found) if found else pa.RecordBatch.from_pylist([], schema=HIT), unjudged)

    @cached_property
    def _term_kinds(self) -> dict[str, str]:
        return self.terms.kinds if self.terms is not None else {}

    @cached_property
    def _profile_periods(self) -> "Periods":
        every = self.profiles.every if self.profiles is not None else ()
        return Periods({profile.id: (profile.valid_from, profile.valid_until) for profile in every})

    def describers(self) -> Describers:
        """Give what puts entries, terms and profiles into words."""
        return Describers(self._entry, self._term, self._profile)

    def _entry(self, entry: str) -> Any:
        if self.watchlist is None:
            raise LookupError(entry)
        return self.watchlist.describe(entry)

    def _term(self, term: str) -> Any:
        if self.terms is None:
            raise LookupError(term)
        return self.terms.describe(term)

    def _profile(self, profile: str, language: str, row: Mapping[str, Any]) -> ProfileWords:
        if self.profiles is None:
            raise LookupError(profile)
        return ProfileWords(self.profiles.describe(profile, language, dict(row)), self.profiles.by_id[profile].owner)


class Periods:
    """From when until when each profile counts, ready to be asked for many hits at once."""

    def __init__(self, periods: Mapping[str, tuple[date, date]]) -> None:
        self.rules = pa.array(list(periods), pa.string())
        self.first = pa.array([first for first, _ in periods.values()], pa.date32())
        self.last = pa.array([last for _, last in periods.values()], pa.date32())


def _in_period(hits: pa.RecordBatch, periods: Periods, batch: pa.RecordBatch, day: pa.Array) -> pa.RecordBatch:
    if hits.num_rows == 0 or len(periods.rules) == 0:
        return hits
    rule = pc.index_in(hits.column("rule"), value_set=periods.rules)
    on = day.take(pc.index_in(hits.column("message_id"), value_set=batch.column("message_id")))
    counts = pc.and_(pc.greater_equal(on, periods.first.take(rule)), pc.less_equal(on, periods.last.take(rule)))
    # Null where the day is not known: then the profile counts.
    return hits.filter(pc.fill_null(counts, True))


def _digest(loaded: Watchlist | Terms | None, path: Path) -> str:
    return file_digest(path) if loaded is None else loaded.digest


def _shortened(path: Path, problems: Iterable[object]) -> list[str]:
    told = [str(problem) for problem in problems]
    if len(told) > _SHOWN:
        return [*told[:_SHOWN], f"{path}: {len(told) - _SHOWN} more lines like these were left out"]
    return told
