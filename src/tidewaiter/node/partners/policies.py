"""Who sees the lanes and who stops them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings

from tidewaiter.node.accounts.policies import Policy
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.partners.queries.lanes import SEEN_BY

_STEER = frozenset({Role.INTELLIGENCE, Role.COORDINATOR, Role.ADMINISTRATOR})


class PeerPolicy(Policy):
    """Lanes are the whole administration's: to look needs the role anywhere, to steer needs it at the top."""

    rules: ClassVar[Mapping[str, frozenset[Role]]] = {
        "list": frozenset(SEEN_BY),
        "see": frozenset(SEEN_BY),
        "stop": _STEER,
        "resume": _STEER,
        "send_again": _STEER,
        "withdraw": _STEER,
    }

    def office_of(self, obj: object) -> str | None:
        """The top of the administration."""
        return str(settings.CONFIG.administration)


peers = PeerPolicy()
