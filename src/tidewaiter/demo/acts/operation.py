"""A joint operation from inside one node: plan, yes, tasks, days, the frozen end, the statement."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from tidewaiter import reports
from tidewaiter.demo.people import Rota, the
from tidewaiter.demo.script import ADMINISTRATIONS, cast, period, script
from tidewaiter.node.accounts.models import Office
from tidewaiter.node.operations import services
from tidewaiter.node.operations.lanes import LanePlan
from tidewaiter.node.operations.models import Operation, Statement
from tidewaiter.node.operations.queries import statements
from tidewaiter.node.operations.queries.outcome import result
from tidewaiter.node.ui.languages import tag

_TASK = {
    "en": (
        "Focus lanes of {code}",
        "Control what the lanes select and the share drawn by chance. Report by the cut-off hour.",
    ),
    "zh-Hant": ("{code} 重點通道", "檢查重點通道所選及隨機抽取的貨物，並於截報時間前匯報。"),
    "zh-Hans": ("{code} 重点监管方向", "查验重点监管方向布控及随机布控的货物，并于截报时间前报送。"),
    "pt": (
        "Fluxos prioritários de {code}",
        "Controlar o que os fluxos seleccionam e a parte sorteada. Comunicar até à hora-limite.",
    ),
}


def load_history() -> int:
    """Load what past operations published."""
    return services.load_history()


def plan_operation(which: str, world_start: str) -> str:
    """Plan an operation of the script and send the plan; gives its id."""
    told, begins = period(which), date.fromisoformat(world_start) + timedelta(days=period(which).day)
    general = script()["plan"]
    entry = services.PlanEntry(
        code=told.code,
        names=told.names,
        objective=general["objective"],
        starts_on=begins,
        ends_on=begins + timedelta(days=told.days - 1),
        participants=[code for code in ADMINISTRATIONS if code != general["lead"]],
        lanes=[LanePlan(**one) for one in script()["lane"]],
        cut_off=time.fromisoformat(general["cut_off"]),
        capacity_percent=general["capacity_percent"],
    )
    return str(services.plan(the("coordinator"), entry).pk)


def state_of(code: str) -> str:
    """How far the operation has come here; empty where it is not known yet."""
    return Operation.objects.filter(code=code).values_list("state", flat=True).first() or ""


def lead_does(code: str, action: str) -> str:
    """Start it, end it, freeze its figures, publish the statement: what only the lead does. Gives the state."""
    deed = {
        "start": services.start,
        "end": services.end,
        "freeze": services.freeze,
        "publish": services.publish_statement,
    }
    deed[action](the("coordinator"), _operation(code))
    return state_of(code)


def agree_to(code: str) -> None:
    """Agree to the plan."""
    services.agree(the("coordinator"), _operation(code))


def give_tasks(code: str) -> int:
    """Give a task to each office of the frontline officers, who acknowledge it; gives how many."""
    operation, coordinator, rota = _operation(code), the("coordinator"), Rota()
    title, instructions = _TASK.get(_language(), _TASK["en"])
    offices = _offices()
    for office in offices:
        made = services.task(
            coordinator, operation, office, title=title.format(code=code), instructions=instructions,
            lanes=[lane.code for lane in operation.lanes.all()],
        )  # fmt: skip
        services.acknowledge(rota.at(office.code), made)
    return len(offices)


def _offices() -> list[Office]:
    """The offices of the frontline officers; the whole administration too, where shops are visited."""
    own = str(settings.CONFIG.administration)
    codes = [code for one in cast(own) if one.role == "officer" for code in one.offices if code != own]
    if own == script()["shops"]["administration"]:
        codes.append(script()["shops"]["office"])
    return list(Office.objects.filter(pk__in=codes).order_by("pk"))


def report_day(code: str, day: str, silent: int = 0) -> None:
    """Have the offices report their day, but for the last ``silent`` ones, and release the administration's report."""
    operation, on, rota = _operation(code), date.fromisoformat(day), Rota()
    offices = list(Office.objects.filter(taskings__operation=operation).distinct().order_by("pk"))
    for office in offices[: len(offices) - silent]:
        services.report_office(rota.at(office.pk), operation, office, on)
    services.release_report(the("coordinator"), operation, on)


def release_final(code: str) -> None:
    """Release the final figures."""
    services.release_figures(the("coordinator"), _operation(code), final=True)


def releases_of(code: str) -> int:
    """From how many administrations final figures are here."""
    final = _operation(code).released.filter(status="confirmed")
    return len(set(final.values_list("administration", flat=True)))


def has_snapshot(code: str) -> bool:
    """Whether the frozen figures have come."""
    return bool(_operation(code).snapshots.exists())


def agree_to_figures(code: str) -> None:
    """Agree to the frozen figures."""
    snapshot = _operation(code).snapshots.latest("frozen_at")
    services.answer_snapshot(the("coordinator"), snapshot, agreed=True)


def has_statement(code: str) -> bool:
    """Whether the joint statement has come."""
    return Statement.objects.filter(operation__code=code).exists()


def print_statement(code: str, folder: str) -> dict[str, str]:
    """Write the statement as PDF in four languages; gives the files by language, and the address of its page.

    Where no Chinese fonts are, the text is written in place of the paper.
    """
    found = Statement.objects.select_related("operation", "snapshot").get(operation__code=code)
    told, written = statements.value_of(found), {"page": f"/operations/statements/{found.pk}/"}
    for language in statements.LANGUAGES:
        with translation.override(language.lower()):
            paper = reports.statement_document(told, language, statements.WRITER)
            path = Path(folder) / f"{code}-{language}.pdf"
            try:
                path.write_bytes(reports.as_pdf(paper, found.at, [settings.CONFIG.folder / "fonts"]))
            except reports.FontsMissing:
                path = path.with_suffix(".txt")
                path.write_text(reports.as_text(paper), encoding="utf-8")
        written[language] = str(path)
    return written


def outcome_of(code: str) -> dict[str, Any]:
    """What the operation came to on this node, counted from its records."""
    return result(_operation(code))


def _operation(code: str) -> Operation:
    found: Operation = Operation.objects.get(code=code)
    return found


def _language() -> str:
    with translation.override(the("coordinator").language):
        return tag().removesuffix("-MO")
