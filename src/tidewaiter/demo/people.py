"""Who acts inside a node."""

from django.conf import settings

from tidewaiter.demo.script import player
from tidewaiter.node.accounts.models import Person
from tidewaiter.node.accounts.roles import Role


def the(role: str) -> Person:
    """The person of this node's cast who has that role for the whole administration."""
    found: Person = Person.objects.get(username=player(str(settings.CONFIG.administration), role).username)
    return found


class Rota:
    """Which officer works at an office: the one of that place, else the relief."""

    def __init__(self) -> None:
        self._officers = [one for one in Person.objects.order_by("username") if one.has_role(Role.OFFICER)]

    def at(self, office: str) -> Person:
        """The officer with the narrowest reach that holds ``office``. Raises LookupError where nobody has it."""
        able = [one for one in self._officers if one.has_role(Role.OFFICER, office)]
        if not able:
            raise LookupError(f"no officer of the cast reaches {office}")
        found: Person = min(able, key=lambda one: (len(one.reach(Role.OFFICER)), one.username))
        return found
