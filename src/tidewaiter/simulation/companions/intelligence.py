"""Intelligence items: tips and reports about some schemes, among as many about nothing that happens."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tidewaiter.simulation import companies
from tidewaiter.simulation.companions.known import RIGHT, Known, identifier_of, known, name_of
from tidewaiter.simulation.places import ADMINISTRATIONS, CHANNELS, COUNTRIES
from tidewaiter.simulation.seeds import WORLD, stream
from tidewaiter.simulation.world import World

_SUMMARIES = (
    ("en", "A reliable contact says that {name} sends branded goods without consent by {office}."),
    ("zh-Hant", "消息指{name}經{office}付運懷疑侵權物品。"),
    ("zh-Hans", "情报显示{name}经{office}发运涉嫌侵权货物。"),
    ("pt", "Há informação de que {name} envia mercadoria suspeita de contrafacção por {office}."),
)
_HANDLING = ("TLP:AMBER", "TLP:GREEN", "TLP:AMBER+STRICT")
_KINDS = ("tip", "report", "seizure_notice")


def write(path: Path, world: World) -> None:
    """Write ``intelligence.jsonl``: one item a line, each with ``"synthetic": true``."""
    rng = stream(world.parameters.seed, WORLD, "intelligence")
    start, stop = world.traders.spans["local"]
    about = known(world)
    about += [Known(int(one), RIGHT, None) for one in rng.integers(start, stop, len(about) + 10)]
    items = [_item(world, one, rng) for one in about]
    items.sort(key=lambda item: str(item["reported_at"]))
    with path.open("w", encoding="utf-8") as file:
        for at, item in enumerate(items, 1):
            file.write(json.dumps({"id": f"SYN-I-{at:05d}", **item}, ensure_ascii=False) + "\n")


def _item(world: World, one: Known, rng: np.random.Generator) -> dict[str, Any]:
    """Write one item. A tip about a scheme comes in its first half; how good it is, its grading says."""
    given = world.parameters
    first, last = (one.scheme.first, one.scheme.last) if one.scheme else (0, given.days)
    day = given.start + timedelta(days=int(first + (last - first) * rng.random() * 0.6))
    reported = datetime.combine(day, time(), UTC) + timedelta(minutes=int(rng.integers(0, 1440)))
    channel = (
        CHANNELS[int(world.traders.channel[one.entity])] if world.traders.channel[one.entity] >= 0 else CHANNELS[0]
    )
    language, words = _SUMMARIES[int(rng.integers(0, len(_SUMMARIES)))]
    form = companies.LATIN if language in ("en", "pt") else companies.LOCAL
    type_, identifier = identifier_of(world, one)
    return {
        "synthetic": True,
        "kind": str(rng.choice(_KINDS)),
        "reported_at": reported.isoformat().replace("+00:00", "Z"),
        "from": str(ADMINISTRATIONS[int(rng.integers(0, 3))]),
        "grading": str(rng.choice(["A1", "B2", "B3", "C3", "D4"])),
        "handling": str(rng.choice(_HANDLING)),
        "language": language,
        "summary": words.format(name=name_of(world, one, form), office=channel.office),
        "subjects": [
            {
                "name": name_of(world, one),
                "identifier_type": type_,
                "identifier": identifier if rng.random() < 0.5 else None,
                "phone": str(world.traders.phone[one.entity].as_py()) if rng.random() < 0.4 else None,
            }
        ],
        "office": channel.office,
        "destination": COUNTRIES[int(rng.integers(0, 20))],
        "valid_until": (day + timedelta(days=int(rng.integers(20, 90)))).isoformat(),
    }
