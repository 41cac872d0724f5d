"""What officers know of the planted schemes: a part, late, and with errors. The lists and tips draw on it."""

from dataclasses import dataclass

import numpy as np

from tidewaiter.simulation import companies
from tidewaiter.simulation.people import PERSON
from tidewaiter.simulation.schemes.family import Scheme
from tidewaiter.simulation.seeds import WORLD, stream
from tidewaiter.simulation.traders import IDENTIFIER_TYPES
from tidewaiter.simulation.world import World

_KNOWN = {"open": 0.6, "sealed": 0.45, "unseen": 0.15}
"""Chance that an entity of a scheme of each split is on a list at all."""
RIGHT, MISSPELT, STALE, WRONG_DIGIT = "right", "misspelt", "stale", "wrong digit"
_ERRORS = (RIGHT, MISSPELT, STALE, WRONG_DIGIT)
_ERROR_MIX = (0.5, 0.2, 0.15, 0.15)


@dataclass(frozen=True)
class Known:
    """One entity that somebody reported, and what is wrong with the report."""

    entity: int
    error: str
    scheme: Scheme | None
    """None for an honest entity that was reported by mistake."""


def known(world: World) -> list[Known]:
    """Draw what is known of the schemes' entities, and the honest ones reported wrongly."""
    rng = stream(world.parameters.seed, WORLD, "known")
    found = []
    for scheme in world.schemes:
        for ids in scheme.cast.entities.values():
            for entity in ids:
                # Positions of channels and countries stand in a cast as well; entities of the table start far above.
                if _is_entity(world, scheme, int(entity)) and rng.random() < _KNOWN[scheme.split]:
                    found.append(Known(int(entity), str(rng.choice(_ERRORS, p=_ERROR_MIX)), scheme))
    start, stop = world.traders.spans["local"]
    wrong = max(4, len(found) // 2)
    found += [Known(int(one), RIGHT, None) for one in rng.integers(start, stop, wrong)]
    return found


def _is_entity(world: World, scheme: Scheme, number: int) -> bool:
    places = {int(one) for key in ("channel", "abroad") for one in scheme.cast.entities.get(key, np.empty(0))}
    return number < min(PERSON, world.traders.size) and number not in places


def name_of(world: World, one: Known, form: int = companies.LATIN) -> str:
    """Write an entity's name in one of its forms; misspelt where that is the error."""
    form = companies.MISSPELT if one.error == MISSPELT and form == companies.LATIN else form
    return str(world.traders.forms[form * world.traders.size + one.entity].as_py())


def identifier_of(world: World, one: Known) -> tuple[str, str]:
    """Give an entity's identifier type and identifier; one digit is wrong where that is the error."""
    value = str(world.traders.identifier[one.entity].as_py())
    if one.error == WRONG_DIGIT:
        at = len(value) // 2
        value = value[:at] + ("7" if value[at] != "7" else "3") + value[at + 1 :]
    return IDENTIFIER_TYPES[int(world.traders.identifier_type[one.entity])], value
