"""The profiles of one file on one day: loaded, checked, compiled, run on batches of consignments."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from tidewaiter.domain.vocabulary import HitKind, MatchManner
from tidewaiter.schemas import HIT
from tidewaiter.screening.profiles.dump import dump_profiles
from tidewaiter.screening.profiles.earlier import Earlier
from tidewaiter.screening.profiles.explain import Reason, explain, fill, words_in
from tidewaiter.screening.profiles.nodes import Mapping as MappingNode
from tidewaiter.screening.profiles.nodes import Node, Scalar, Unreadable, read_yaml
from tidewaiter.screening.profiles.nodes import Sequence as SequenceNode
from tidewaiter.screening.profiles.passes import Passes
from tidewaiter.screening.profiles.problems import Problem, ProfileErrors
from tidewaiter.screening.profiles.profile import Profile, parse_profile
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.scalar import Case, Row
from tidewaiter.screening.profiles.tree import Condition, EarlierHit, leaves
from tidewaiter.screening.profiles.values import Findings


@dataclass(frozen=True)
class ProfileRun:
    """What the profiles found in one batch."""

    hits: pa.RecordBatch
    """``schemas.HIT``, by consignment in the order of the batch, then by profile in the order of the file."""
    unjudged: Mapping[str, int]
    """For each profile that ran: consignments that it could not judge because a currency has no rate."""


@dataclass(frozen=True)
class Profiles:
    """The profiles of one file: those that run on the day ``as_of``, and those that rest."""

    every: tuple[Profile, ...]
    as_of: date | None
    """The day on which profiles count; None where all of them run and the caller minds their validity."""
    rates: Rates

    @classmethod
    def load(cls, path: Path, as_of: date | None, rates: Rates | None = None) -> tuple["Profiles", list[Problem]]:
        """Read a file of profiles; gives the profiles and the notices about them (none of which stops the run).

        A profile outside its validity on ``as_of`` rests, and a notice says so. Raises ProfileErrors with every problem
        of the file, each with line, column, field and a suggestion; OSError where the file cannot be opened.
        """
        return cls.read(path.read_bytes(), str(path), as_of, rates)

    @classmethod
    def read(
        cls, data: bytes, name: str, as_of: date | None, rates: Rates | None = None
    ) -> tuple["Profiles", list[Problem]]:
        """The same for a file's bytes; ``name`` stands in the problems."""
        found = Findings(name)
        profiles = _parse(data, found)
        errors = [problem for problem in found.problems if not problem.notice]
        if errors:
            raise ProfileErrors(errors)
        made = cls(tuple(profile for _, profile in profiles), as_of, rates or Rates())
        for node, profile in profiles:
            _notice(node, profile, made, found)
        return made, found.problems

    def counts(self, profile: Profile) -> bool:
        """Say whether a profile is valid on ``as_of``."""
        return self.as_of is None or profile.runs_on(self.as_of)

    @cached_property
    def running(self) -> tuple[Profile, ...]:
        """The profiles that are valid on ``as_of``."""
        return tuple(profile for profile in self.every if self.counts(profile))

    @cached_property
    def resting(self) -> tuple[Profile, ...]:
        """The profiles that are not valid on ``as_of`` and do not run."""
        return tuple(profile for profile in self.every if not self.counts(profile))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical text of all profiles: layout and comments of the file do not change it."""
        return hashlib.sha256(dump_profiles(self.every).encode()).hexdigest()

    @cached_property
    def plan(self) -> Passes:
        """The compiled profiles that run."""
        return Passes(self.running)

    @cached_property
    def hit_values(self) -> pa.RecordBatch:
        """What a hit of each profile that runs says, but for the message that it hit."""
        return _hit_values(self.running)

    @cached_property
    def kinds_asked(self) -> dict[EarlierHit, str]:
        """The conditions on a kind of earlier hit, each with a profile that asks it."""
        return {
            leaf: profile.id
            for profile in self.running
            for leaf in leaves(profile.when)
            if isinstance(leaf, EarlierHit) and leaf.kinds
        }

    def describe(self, profile_id: str, language: str, row: Row | None = None) -> str:
        """The profile's sentence in a language, filled in from a consignment (a row of ``to_pylist``) where given.

        Where the profile lacks the language the plain or the English sentence stands in. Raises KeyError for a profile
        that the file does not hold.
        """
        profile = self.by_id[profile_id]
        return words_in(profile, language) if row is None else fill(profile, Case(row, self.rates), language)

    def explain(self, profile_id: str, row: Row, earlier: Earlier | None = None) -> list[Reason]:
        """Every condition of a profile with the consignment's value. Raises KeyError for an unknown profile."""
        return explain(self.by_id[profile_id], Case(row, self.rates, earlier or Earlier()))

    def __getstate__(self) -> dict[str, object]:
        """What travels to another process: the profiles. Each process compiles them for itself."""
        return {"every": self.every, "as_of": self.as_of, "rates": self.rates}

    @cached_property
    def by_id(self) -> dict[str, Profile]:
        """All profiles by identifier."""
        return {profile.id: profile for profile in self.every}


def screen_profiles(
    batch: pa.RecordBatch,
    profiles: Profiles,
    *,
    term_hits: pa.RecordBatch | None = None,
    watchlist_hits: pa.RecordBatch | None = None,
    term_kinds: Mapping[str, str] | None = None,
    watchlist_kinds: Mapping[str, str] | None = None,
) -> pa.RecordBatch:
    """Run the valid profiles on a batch of ``schemas.CONSIGNMENT``; gives ``schemas.HIT``. See `run_profiles`."""
    earlier = Earlier(term_hits, watchlist_hits, term_kinds or {}, watchlist_kinds or {})
    return run_profiles(batch, profiles, earlier).hits


def run_profiles(batch: pa.RecordBatch, profiles: Profiles, earlier: Earlier | None = None) -> ProfileRun:
    """Run the valid profiles on a batch of ``schemas.CONSIGNMENT``.

    ``earlier`` holds the hits of term and watchlist screening on the same batch, for profiles that ask for them; where
    it holds none, such conditions are not known. ``field`` of a hit names all fields of the profile; `Profiles.explain`
    says which decided. Raises ValueError where a profile asks for a kind of term or entry and the kinds are not given.
    """
    earlier = earlier or Earlier()
    for leaf, profile_id in profiles.kinds_asked.items():
        if earlier.lacks_kinds(leaf):
            raise ValueError(
                f"profile {profile_id} asks for a kind of {leaf.source}, but the hits of {leaf.source} screening came "
                f"without the kinds of their rules; pass {leaf.source}_kinds"
            )
    rows, unjudged = profiles.plan.run(batch, profiles.rates, earlier)
    counts = {profile.id: count for profile, count in zip(profiles.running, unjudged, strict=True) if count}
    return ProfileRun(_hits(batch, profiles.hit_values, rows), counts)


def _hits(batch: pa.RecordBatch, of_profile: pa.RecordBatch, rows: Sequence[np.ndarray]) -> pa.RecordBatch:
    counts = [found.size for found in rows]
    row = np.concatenate([np.empty(0, dtype=np.int64), *rows]).astype(np.int64)
    order = np.argsort(row, kind="stable")
    owner = np.repeat(np.arange(len(rows)), counts)[order]
    message_ids = batch.column("message_id").take(pa.array(row[order]))
    columns = dict(zip(of_profile.schema.names, of_profile.take(pa.array(owner)).columns, strict=True))
    return pa.record_batch([columns.get(member.name, message_ids) for member in HIT], schema=HIT)


def _hit_values(profiles: Sequence[Profile]) -> pa.RecordBatch:
    """What a hit of each profile says, but for the message that it hit."""
    rows = [
        {
            "kind": str(HitKind.PROFILE),
            "rule": profile.id,
            "mandatory": profile.mandatory,
            "priority": profile.priority,
            "channel": str(profile.channel),
            "manner": str(MatchManner.RULE),
            "field": ", ".join(_fields_of(profile)),
            "text": "",
            "start": None,
            "end": None,
        }
        for profile in profiles
    ]
    return pa.RecordBatch.from_pylist(rows, schema=pa.schema([member for member in HIT if member.name != "message_id"]))


def _fields_of(profile: Profile) -> list[str]:
    named = (leaf.field if isinstance(leaf, Condition) else str(leaf.source) for leaf in leaves(profile.when))
    return list(dict.fromkeys(named))


def _parse(data: bytes, found: Findings) -> list[tuple[Node, Profile]]:
    try:
        root = read_yaml(data)
    except Unreadable as error:
        found.problems.append(Problem(found.file, error.line, error.column, "", "", str(error)))
        return []
    if not isinstance(root, MappingNode) or root.get("profiles") is None:
        words = "The file does not begin with 'profiles:'."
        found.problems.append(Problem(found.file, 1, 1, "", "profiles", words, "Write profiles: and a list under it."))
        return []
    for key in root.repeated:
        found.add(key, key.text, f"'{key.text}' is given twice.")
    for key, _ in root.entries:
        if key.text != "profiles":
            found.add(key, key.text, f"Beside 'profiles' nothing is known, and not '{key.text}'.")
    listed = root.get("profiles")
    if not isinstance(listed, SequenceNode):
        if not (isinstance(listed, Scalar) and listed.empty):
            found.add(listed or root, "profiles", "A list of profiles is wanted here.")
        return []
    return _parse_list(listed, found)


def _parse_list(listed: SequenceNode, found: Findings) -> list[tuple[Node, Profile]]:
    profiles: list[tuple[Node, Profile]] = []
    seen: dict[str, int] = {}
    for node in listed.items:
        profile = parse_profile(node, found)
        name = found.profile
        if name in seen:
            found.add(node, "id", f"The profile on line {seen[name]} has the same identifier.")
        elif name:
            seen[name] = node.line
        if profile is not None:
            profiles.append((node, profile))
    found.profile = ""
    return profiles


def _notice(node: Node, profile: Profile, profiles: Profiles, found: Findings) -> None:
    """Say what an analyst should know about a profile that is right in itself."""
    found.profile = profile.id
    if not profiles.counts(profile):
        period = f"{profile.valid_from} to {profile.valid_until}"
        words = f"It is valid from {period} and does not run on {profiles.as_of}."
        found.add(node, "valid", words, notice=True)
    asked = {leaf.currency for leaf in leaves(profile.when) if isinstance(leaf, Condition) and leaf.currency}
    for currency in sorted(asked - set(profiles.rates.per_usd)):
        words = f"The rates hold no {currency}: only amounts stated in {currency} can be judged."
        found.add(node, "currency", words, notice=True)
