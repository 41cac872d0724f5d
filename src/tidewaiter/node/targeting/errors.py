"""What people are told when something they asked for is not done."""

from tidewaiter.node.accounts.errors import Refused


class NotFree(Refused):
    """Somebody was faster, or the line has gone on; the words say who, what and when. Nothing was changed."""
