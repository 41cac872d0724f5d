"""An administration as the others know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from tidewaiter.exchange.objects.exchanged import Exchanged
from tidewaiter.exchange.objects.identifiers import AdministrationCode, Short, identity_of
from tidewaiter.exchange.refusal import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class AdministrationIdentity(Exchanged):
    """A customs administration: its code, its name in several languages, how its coordination unit is reached.

    Its identifier is worked out from its code, and it is its own author.
    """

    kind: ClassVar[str] = "administration"
    stix_type: ClassVar[str] = "identity"
    native: ClassVar[Mapping[str, str]] = {"contact": "contact_information"}

    code: AdministrationCode
    names: Mapping[str, Short]
    contact: Short | None = None

    def __post_init__(self) -> None:
        """Refuse an administration that goes by another's identifier."""
        Exchanged.__post_init__(self)
        if self.id != identity_of(self.code) or self.author != self.id:
            raise Refused(Reason.CONTRADICTORY, f"not the identifier of {self.code}", "id")

    def bound(self) -> dict[str, Any]:
        """An organisation."""
        return {"identity_class": "organization"}

    def shown(self) -> dict[str, Any]:
        """The name in the object's language."""
        return {"name": self.names.get(self.language) or next(iter(self.names.values())), "sectors": ["government"]}
