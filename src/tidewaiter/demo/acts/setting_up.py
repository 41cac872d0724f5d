"""Before the play: people, neighbours, criteria, the register of rights, the roster."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.utils import timezone

from tidewaiter.demo.chance import one_of, stream
from tidewaiter.demo.people import the
from tidewaiter.demo.script import cast
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.accounts.services import grants, people
from tidewaiter.node.partners.services import add_agreement, add_peer, own_public_key
from tidewaiter.node.targeting.services import add_criteria as add_version

BASIS = "Arrangement of the demonstration on exchanging information in joint operations (invented)"


def add_people(first_administrator: str, first_password: str, password: str, language: str) -> list[dict[str, str]]:
    """Make the cast; everybody signs in with ``password``, which nobody is asked to change. Gives the sign-ins."""
    administrator = Person.objects.get(username=first_administrator)
    people.change_password(administrator, old=first_password, new=password)
    for player in cast(str(settings.CONFIG.administration)):
        office = Office.objects.get(pk=player.offices[0])
        person, once = people.create_person(
            administrator, username=player.username, office=office, name_latin=player.latin, name_han=player.han,
            language=language,
        )  # fmt: skip
        for code in player.offices:
            grants.grant_role(
                administrator, person, role=player.role, office=Office.objects.get(pk=code), reason="Demonstration"
            )
        people.change_password(person, old=once, new=password)
    found = Person.objects.select_related("office").order_by("username")
    return [
        {
            "username": one.username,
            "name": one.name_latin,
            "roles": ", ".join(sorted(one.roles)),
            "office": one.office_id,
        }
        for one in found
    ]


def own_key() -> dict[str, Any]:
    """What neighbours need to know of this node."""
    return own_public_key()


def add_neighbours(neighbours: Sequence[Mapping[str, Any]], since: str) -> None:
    """Introduce the neighbours: address, key, and what was agreed with them."""
    for one in neighbours:
        peer = add_peer(None, administration=one["administration"], url=one["address"], key=one["key"])
        add_agreement(None, peer, legal_basis=BASIS, valid_from=date.fromisoformat(since))


def add_criteria(folder: str, files: Mapping[str, str]) -> None:
    """Put the world's watchlist, terms, profiles, rates and capacities into force."""
    analyst, office = the("analyst"), Office.objects.get(pk=settings.CONFIG.administration)
    for kind, name in files.items():
        with (Path(folder) / name).open("rb") as held:
            add_version(analyst, kind=kind, file=File(held, name=name), office=office, remark="Synthetic world")


def add_rights(brands: Sequence[Mapping[str, str]], seed: int) -> int:
    """Fill the register of rights with the invented brands; gives how many."""
    from tidewaiter.node.rights.services import add_holder, add_right

    keeper, office = the("case_officer"), Office.objects.get(pk=settings.CONFIG.administration)
    register = str(settings.CONFIG.administration) == "CN-GD"
    for number, brand in enumerate(brands, 1):
        chance = stream(seed, "right", brand["mark"])
        holder = add_holder(
            keeper, office=office, name=f"{brand['mark']} Brands (synthetic)", name_han=brand["han"],
            contact_name="Desk for customs", contact_email=f"customs@{brand['mark'].lower()}.example",
        )  # fmt: skip
        add_right(
            keeper, office=office, holder=holder, mark=brand["mark"], kind="TM",
            recordal_number=f"SYN-T-{chance.randrange(10_000, 99_999)}-{number:03d}" if register else "",
            products=brand["products"], look_at=one_of(chance, _LOOK_AT),
        )  # fmt: skip
    return len(brands)


_LOOK_AT = (
    "Genuine labels are woven, with eight stitches a centimetre; copies are printed.",
    "The second letter of the mark stands a hair higher on genuine goods.",
    "Genuine cartons bear a number under the flap that no two share.",
    "On genuine goods the seam behind the mark is double.",
)


def add_shifts(days: int) -> None:
    """Put the liaison officer on duty at the desk of the administration, from yesterday for some days."""
    from tidewaiter.node.intelligence.services import enter_shift

    office, liaison = Office.objects.get(pk=settings.CONFIG.administration), the("intelligence")
    begins = _midnight() - timedelta(days=1)
    enter_shift(
        the("coordinator"), office=office, person=liaison, starts_at=begins, ends_at=begins + timedelta(days=days)
    )


def _midnight() -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
