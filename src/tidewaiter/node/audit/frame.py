"""What the audit log adds to the frame of every page: its line of the navigation, for those who read it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tidewaiter.node.audit import policies
from tidewaiter.node.ui import frame


def provide(request: HttpRequest) -> frame.Contribution:
    """The line of the log; nothing for who does not read it."""
    reader: Any = getattr(request, "user", None)
    if reader is None or not reader.is_authenticated or not policies.may_read(reader):
        return frame.Contribution()
    entry = frame.Entry(label=_("Audit log"), url=reverse("audit:rows"), icon="audit", order=910, key="l")
    return frame.Contribution(entries=(entry,))
