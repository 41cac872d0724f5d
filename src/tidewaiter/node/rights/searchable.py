"""What search finds of the register: rights, by mark, holder, number and products."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.rights.models import Right
from tidewaiter.node.rights.policies import READERS
from tidewaiter.node.search import kinds


def of_right(right: Right) -> kinds.Words:
    """The mark with its number; every office finds it."""
    return kinds.Words(
        title=str(right),
        summary=right.holder.name,
        text=[right.holder.name_han, right.products, right.look_at],
        office=None,
        at=right.created_at,
    )


kinds.register(
    kinds.Kind(
        object_type="rights.right",
        label=_("Right"),
        icon="right",
        seen_by=READERS,
        describe=of_right,
        url=lambda object_id: reverse("rights:right", args=[object_id]),
    )
)
