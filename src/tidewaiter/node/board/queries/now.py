"""What happened last: controls and seizures of one's own, what the others sent."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.casework.models import Control
from tidewaiter.node.operations.exchanged import own
from tidewaiter.node.operations.models import Operation, ReleasedFigures, SituationReport

MOST = 8


@dataclass(frozen=True, slots=True)
class News:
    """One line: when, whose, what it is (a level and a word for its mark, both may be empty), in words."""

    at: datetime
    party: str
    level: str
    mark: str
    icon: str
    words: str
    url: str = ""


def newest(operation: Operation, person: Person) -> list[News]:
    """The latest lines, newest first; of one's own records those that the person may see."""
    found = [*_controls(operation, person), *_reports(operation), *_releases(operation)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def _controls(operation: Operation, person: Person) -> list[News]:
    marks = {
        "find": ("bad", _("Find"), "lock"),
        "no_find": ("good", _("No find"), ""),
        "not_inspectable": ("warn", _("Not inspected"), ""),
    }
    rows = (
        Control.objects.visible_to(person)
        .filter(operation_id=operation.pk)
        .select_related("office")
        .order_by("-began_at")[:MOST]
    )
    found = []
    for one in rows:
        level, mark, icon = marks[one.finding]
        found.append(News(one.began_at, own(), level, mark, icon, one.office.name))
    return found


def _reports(operation: Operation) -> list[News]:
    rows = SituationReport.objects.filter(operation=operation, office=None).order_by("-at")[:MOST]
    words = _("Situation report for %(day)s")
    return [
        News(one.at, one.administration, "info", _("Report"), "file", words % {"day": one.day.isoformat()})
        for one in rows
    ]


def _releases(operation: Operation) -> list[News]:
    rows = ReleasedFigures.objects.filter(operation=operation).exclude(administration=own()).order_by("-at")
    found = []
    for one in rows.defer("content", "figures", "controls")[:MOST]:
        words = _("Final figures released") if one.is_final else _("Figures released")
        found.append(News(one.at, one.administration, "", "", "", words))
    return found
