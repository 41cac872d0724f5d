"""``python tests/e2e/inside.py DIR WHAT JSON``: does one thing inside a node that is made here, and prints JSON.

``make`` makes the node; the others work in one that is there. Run with the repository as the working folder.
"""

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def main() -> None:
    """Do it."""
    folder, what, given = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    if what == "make":
        from tidewaiter.node.folder import Wishes, make

        settings = (("SYNTHETIC", "yes"), ("LEAST_DISK_MB", "50"))
        make(folder, Wishes(**given, settings=settings))
        said: Any = staffed()
    else:
        from tidewaiter.node.folder import enter

        enter(folder)
        said = {"furnish": furnished, "introduce": introduced, "count": counted}[what](**given)
    print(json.dumps(said, default=str))


def staffed() -> dict[str, Any]:
    """People of each role, one who has all roles for each language; and the node's public key."""
    from django.conf import settings
    from django.db import transaction
    from tests.furnishing import people_only, person

    from tidewaiter.node.accounts.roles import Language, Role
    from tidewaiter.node.partners import services

    with transaction.atomic():
        made = people_only(settings.CONFIG.administration)
        for language in Language.values:
            person(f"chief.{language}", made.top, *Role, language=language)
    return {"key": services.own_public_key()["key"], "own": made.own.code}


def furnished() -> dict[str, str]:
    """One of everything; gives the address of everything."""
    import tempfile

    from django.db import transaction
    from tests.addresses import ADDRESSES, address
    from tests.furnishing import PLACES, Furnished, furnish, simulated

    from tidewaiter.node.accounts.models import Office, Person

    own, other = (Office.objects.get(pk=code) for code in PLACES["HK"])
    people = {one.username.replace(".", "@"): one for one in Person.objects.all()}
    with tempfile.TemporaryDirectory() as world, transaction.atomic():
        made = furnish(Furnished(Office.objects.get(pk="HK"), own, other, people), simulated(Path(world)), copies=2)
    return {key: address(key, made) for key in ADDRESSES}


def introduced(neighbours: dict[str, dict[str, Any]]) -> None:
    """Make neighbours known, with an agreement."""
    from datetime import date

    from tidewaiter.node.partners import services

    for code, told in neighbours.items():
        peer = services.add_peer(None, administration=code, url=told["url"], key=told["key"])
        services.add_agreement(None, peer, legal_basis="An invented arrangement", valid_from=date(2020, 1, 1))


def counted() -> dict[str, int]:
    """How much of what is there."""
    from tidewaiter.node.casework.models import Case, Control, Photograph
    from tidewaiter.node.targeting.models import SelectedConsignment

    models = (Control, Case, Photograph, SelectedConsignment)
    return {model._meta.model_name or "": model._default_manager.count() for model in models}


if __name__ == "__main__":
    main()
