"""Focus lanes as profiles of the house's language: written from the plan, checked, and live while an operation runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from django.utils.translation import gettext as _

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.operations.models import FocusLane, Operation
from tidewaiter.node.targeting.criteria import ProfileSet
from tidewaiter.refdata import regions
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES
from tidewaiter.refdata.offices import offices
from tidewaiter.screening.profiles import ProfileErrors, Profiles

PRIORITY = 70
"""Above the usual criteria of an office, below what is mandatory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlan:
    """A lane as a coordinator plans it: regions, modes (UN/ECE Recommendation 19), categories and control points by
    code. Empty means any. ``profile`` replaces the rule that would be written from them.
    """

    code: str
    names: Mapping[str, str]
    regions: Sequence[str] = field(default=())
    modes: Sequence[int] = field(default=())
    courier: bool | None = None
    categories: Sequence[str] = field(default=())
    control_points: Sequence[str] = field(default=())
    profile: str = ""


def written(lane: LanePlan, operation: str, first: date, last: date) -> str:
    """The profile of a lane, as a file of one profile. Raises Refused where it is not a rule that could run."""
    text = lane.profile.strip() or yaml.safe_dump(
        {"profiles": [_profile(lane, operation, first, last)]}, allow_unicode=True, sort_keys=False, width=110
    )
    check(text, f"{operation} {lane.code}")
    return text


def check(text: str, name: str) -> Profiles:
    """Read a lane's profile; exactly one is wanted. Raises Refused with all that is wrong."""
    try:
        profiles, _notices = Profiles.read(text.encode(), name, None)
    except ProfileErrors as wrong:
        raise Refused(_("The profile of this lane cannot run.") + "\n" + str(wrong)[:2000], field="lanes") from wrong
    if len(profiles.every) != 1:
        raise Refused(_("A lane has exactly one profile."), field="lanes")
    return profiles


def _profile(lane: LanePlan, operation: str, first: date, last: date) -> dict[str, Any]:
    return {
        "id": f"{operation}/{lane.code}",
        "title": f"{operation} {lane.code}",
        "owner": operation,
        "purpose": f"Focus lane {lane.code} of the joint operation {operation}",
        "valid": {"from": first, "until": last},
        "channel": "physical",
        "priority": PRIORITY,
        "sentence": _sentences(lane, operation),
        "when": {"all": _conditions(lane)},
    }


def _sentences(lane: LanePlan, operation: str) -> dict[str, str]:
    head = {
        "en": "Focus lane of operation {}: {}",
        "zh-Hant": "聯合行動{}重點通道：{}",
        "zh-Hans": "联合行动{}重点监管方向：{}",
        "pt": "Fluxo prioritário da operação {}: {}",
    }
    english = lane.names.get("en") or next(iter(lane.names.values()))
    # Braces are placeholders of the profile language; a name has none.
    return {
        language: words.format(operation, lane.names.get(language, english)).replace("{", "(").replace("}", ")")
        for language, words in head.items()
    }


def _conditions(lane: LanePlan) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if lane.regions:
        for code in lane.regions:
            regions.find(code)
        places = ("destination.country", "final.country", "consignee.country")
        # A list of its own for each: the profile language has no anchors.
        found.append({"any": [{"field": place, "region": list(lane.regions)} for place in places]})
    if lane.modes:
        found.append({"field": "mode", "in": [int(mode) for mode in lane.modes]})
    if lane.courier is not None:
        found.append({"field": "courier", "is": lane.courier})
    if lane.categories:
        prefixes = sorted({prefix for code in lane.categories for prefix in PRODUCT_CATEGORIES[code].hs})
        found.append({"item": {"field": "hs", "prefix": prefixes}})
    if lane.control_points:
        found.append({"field": "office", "in": sorted(_with_those_below(lane.control_points))})
    if not found:
        raise Refused(_("A lane without any limit would select everything."), field="lanes")
    return found


def _with_those_below(codes: Iterable[str]) -> set[str]:
    """The offices and all below them: a plan names a district, a declaration names the control point."""
    found = set(codes)
    for office in offices():
        if office.parent in found:
            found.add(office.code)
    return found


def provide() -> Iterable[ProfileSet]:
    """The profiles that count now: those of the operations that run here."""
    for operation in Operation.objects.live().prefetch_related("lanes"):
        lanes = list(operation.lanes.all())
        if lanes:
            yield ProfileSet(
                name=operation.code,
                text=_joined(lanes),
                percent=operation.capacity_percent,
                lanes={profile: f"{operation.code} {lane.code}" for lane in lanes for profile in _ids(lane)},
            )


def _joined(lanes: Iterable[FocusLane]) -> str:
    profiles = [one for lane in lanes for one in _list(lane)]
    return yaml.safe_dump({"profiles": profiles}, allow_unicode=True, sort_keys=False, width=110)


def _ids(lane: FocusLane) -> list[str]:
    return [str(one["id"]) for one in _list(lane)]


def _list(lane: FocusLane) -> list[dict[str, Any]]:
    held = yaml.safe_load(lane.profile)
    found: list[dict[str, Any]] = held["profiles"] if isinstance(held, dict) else held
    return found
