"""What a run holds declarations against: the node's own files in force, and the profiles that other apps add.

from tidewaiter.node.targeting import criteria

def provide() -> Iterable[criteria.ProfileSet]: ...      # what counts now

criteria.register("operations", provide)                 # in AppConfig.ready
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tidewaiter.node.targeting.models import CriteriaFile, ScreeningRun
from tidewaiter.runs.criteria import CriteriaFiles
from tidewaiter.selection.set_aside import SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSet:
    """Profiles that count while something lasts, such as a joint operation.

    ``text`` is a file of profiles in YAML; ``lanes`` gives profiles, by id, the name of the lane that they stand for.
    ``percent`` of each office's controls of a day are set aside for what these profiles find.
    """

    name: str
    text: str
    lanes: Mapping[str, str] = field(default_factory=dict)
    percent: int = 0

    @property
    def sha256(self) -> str:
        """The digest of the text, for the run's record."""
        return hashlib.sha256(self.text.encode()).hexdigest()


Provider = Callable[[], Iterable[ProfileSet]]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Ask ``provider`` at the start of every run. ``name`` is the app's label; registering it again replaces it."""
    _providers[name] = provider


def forget(name: str) -> None:
    """Ask the provider of ``name`` no longer. Raises KeyError for an unknown name."""
    del _providers[name]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The criteria of one run: paths for the core, what the record says of them, lanes by profile."""

    files: CriteriaFiles
    capacity: int | Path
    described: dict[str, Any]
    lanes: Mapping[str, str]
    set_aside: tuple[SetAside, ...] = ()


def gather(run: ScreeningRun) -> Gathered:
    """Put the criteria of ``run`` together, as they stand now; what was gathered for an earlier attempt goes.

    Raises ValueError where profiles that an app adds are not a list of profiles.
    """
    own = CriteriaFile.objects.in_force()
    sets = [one for provide in _providers.values() for one in provide()]
    described: dict[str, Any] = {
        kind: {"version": one.version, "name": one.name, "sha256": one.sha256} for kind, one in own.items()
    }
    described["sets"] = [{"name": one.name, "sha256": one.sha256, "percent": one.percent} for one in sets]
    profiles = own[CriteriaFile.Kind.PROFILES].path if CriteriaFile.Kind.PROFILES in own else None
    if sets:
        profiles = _joined(run.folder / "profiles.yaml", profiles, sets)
    capacity = own.get(CriteriaFile.Kind.CAPACITY)
    return Gathered(
        CriteriaFiles(_path(own, "watchlist"), _path(own, "terms"), profiles, _path(own, "rates")),
        run.capacity if capacity is None else capacity.path,
        described,
        {profile: lane for one in sets for profile, lane in one.lanes.items()},
        tuple(SetAside(one.name, frozenset(one.lanes), one.percent / 100) for one in sets if one.percent),
    )


def _path(own: Mapping[str, CriteriaFile], kind: str) -> Path | None:
    return own[kind].path if kind in own else None


def _joined(target: Path, own: Path | None, sets: Iterable[ProfileSet]) -> Path:
    texts = ([own.read_text(encoding="utf-8")] if own is not None else []) + [one.text for one in sets]
    profiles: list[Any] = []
    for text in texts:
        held = yaml.safe_load(text)
        found = held.get("profiles") if isinstance(held, dict) else held
        if not isinstance(found, list):
            raise ValueError("profiles must be a list under the key 'profiles'")
        profiles += found
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(yaml.safe_dump({"profiles": profiles}, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target
