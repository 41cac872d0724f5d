"""How tips are found: by number, references, brands and words."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.queries.tips import NARROW, SEEN_BY
from tidewaiter.node.search import kinds


def _words(tip: Tip) -> kinds.Words | None:
    """A recalled tip is not found any more by what it said, only by its number."""
    recalled = tip.state == Tip.State.RECALLED
    values = [one["value"] for one in tip.references]
    return kinds.Words(
        title=tip.number,
        summary="" if recalled else tip.title,
        text=[] if recalled else [tip.what, tip.where_words, *values, *tip.brands],
        office=tip.office_id,
        at=tip.state_at,
        restricted=tip.tlp == Tip.Tlp.RED,
    )


kinds.register(
    kinds.Kind(
        object_type="intelligence.tip",
        label=_("Tip"),
        icon="tip",
        seen_by=frozenset(Role(role) for role in SEEN_BY),
        restricted_to=frozenset(Role(role) for role in NARROW),
        describe=_words,
        url=lambda tip_id: reverse("intelligence:tip", args=[tip_id]),
    )
)
