"""Waking the exchange process after a commit. The table is the truth; a ring that is lost costs one look."""

from functools import partial

from django.conf import settings
from django.db import transaction

from tidewaiter.node import waking

BELL = "exchange"


def exchange() -> None:
    """Ring when the present transaction has committed."""
    transaction.on_commit(partial(waking.ring, settings.CONFIG.folder, BELL), robust=True)
