"""Officers work their queues: lines are taken and controlled, finds become cases, tips get their answer."""

import uuid
from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from django.conf import settings

from tidewaiter.demo import cases, moments
from tidewaiter.demo.chance import one_of, stream
from tidewaiter.demo.people import Rota, the
from tidewaiter.demo.script import script
from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.casework.models import Case, Control
from tidewaiter.node.casework.services import Entry, change_case, record_control, record_event
from tidewaiter.node.intelligence.models import Tip
from tidewaiter.node.intelligence.services import act_on, answer
from tidewaiter.node.targeting.errors import NotFree
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.targeting.services import release, send_for_control, take


def work_queues(
    seed: int, day: str, bad: Sequence[str], share: float = 1.0, most: int = 0, leave: int = 0
) -> dict[str, int]:
    """Control what waits of ``day``: what neighbours named first, then the lists of each office.

    ``bad`` are the consignments that infringe, which an officer learns by opening them. ``share`` of the lines is
    worked and the rest left waiting; ``most`` ends it after so many controls (0: no end). Gives what came of it.
    """
    told = _Day(seed, date.fromisoformat(day), frozenset(bad))
    done = {"controls": 0, "finds": 0, "released": 0, "missed": 0}
    lines = told.lines(share)
    if leave:
        lines = [one for one in lines if not one.tip][:-leave]
    for line in lines[: most or None]:
        try:
            finding = told.work(line)
        except NotFree:
            # A visitor was faster, as happens between officers.
            done["missed"] += 1
            continue
        done["released" if finding == "" else "controls"] += 1
        done["finds"] += finding == "find"
    return done


def visit_shops(seed: int, day: str, labels: Sequence[str]) -> dict[str, int]:
    """Control shops in town, where there is neither declaration nor queue."""
    told = _Day(seed, date.fromisoformat(day), frozenset())
    findings = [told.visit(label) for label in labels]
    return {"controls": len(findings), "finds": findings.count("find")}


class _Day:
    """One day's work in this node."""

    def __init__(self, seed: int, day: date, bad: frozenset[str]) -> None:
        self._seed, self._day, self._bad = seed, day, bad
        self._rota = Rota()
        self._own = str(settings.CONFIG.administration)

    def lines(self, share: float) -> list[SelectedConsignment]:
        """What is worked, in an order that neither ids nor the clock decide."""
        waiting = SelectedConsignment.objects.current().filter(state="waiting").select_related("office")
        of_day = [one for one in waiting if self._is_of_day(one)]
        of_day.sort(key=lambda one: (not one.tip, one.office_id, *_key(one)))
        return [one for one in of_day if one.tip or self._chance(*_key(one), "share").random() < share]

    def _is_of_day(self, line: SelectedConsignment) -> bool:
        """What is here by that day; what arrives later waits, as its queue says."""
        expected = line.day or (None if line.due_at is None else moments.day_of(line.due_at))
        return expected is None or expected <= self._day

    def work(self, line: SelectedConsignment) -> str:
        """Take and control one line; gives the finding, empty where it was released without one."""
        chance = self._chance(*_key(line))
        officer = self._rota.at(line.office_id)
        line = take(officer, line)
        if not line.tip and chance.random() < script()["controls"]["released"]:
            release(officer, line, reason=one_of(chance, script()["controls"]["release_reasons"]))
            return ""
        tip = self._tip(line)
        if tip is not None:
            act_on(officer, tip)
        send_for_control(officer, line, channel=line.channel or "physical")
        finding = self._finding(line.consignment_id in self._bad, chance)
        details = {**_of_line(line), **cases.found(chance, self._own, line)} if finding == "find" else _of_line(line)
        control = self._record(officer, chance, finding, tip=tip, office=line.office, **details)
        if finding == "find":
            cases.complete(chance, control, line)
        if tip is not None:
            _answer(officer, tip, control)
        return finding

    def visit(self, label: str) -> str:
        """Control a shop."""
        told = script()["shops"]
        chance = self._chance(label, "shop")
        office = Office.objects.get(pk=told["office"])
        finding = "find" if chance.random() < told["find"] else "no_find"
        found = cases.found(chance, self._own, None) if finding == "find" else {}
        officer = self._rota.at(office.code)
        control = self._record(
            officer, chance, finding, tip=None, office=office, subject="shop", subject_label=label, kind="physical",
            **found,
        )  # fmt: skip
        if finding == "find":
            cases.complete(chance, control, None)
        return finding

    def _record(
        self, officer: Person, chance: Random, finding: str, *, tip: Tip | None, office: Office, **details: Any
    ) -> Control:
        began, recorded = moments.of_control(self._day, chance)
        control, is_new = record_control(
            officer,
            Entry(
                client_id=uuid.UUID(int=chance.getrandbits(128), version=4),
                device_id="demonstration",
                office=office,
                finding=finding,
                began_at=began,
                recorded_at=recorded,
                extent="part",
                tip_id=None if tip is None else tip.pk,
                note="Synthetic",
                **details,
            ),
        )
        if not is_new:
            raise RuntimeError(f"two controls of {control.subject_label} would be one record")
        return control

    def _finding(self, infringes: bool, chance: Random) -> str:
        told = script()["controls"]
        if chance.random() < told["not_inspectable"]:
            return "not_inspectable"
        return "find" if infringes and chance.random() < told["detection"] else "no_find"

    def _tip(self, line: SelectedConsignment) -> Tip | None:
        if not line.tip:
            return None
        tip = Tip.objects.received().filter(number=line.tip).select_related("peer", "office", "source").first()
        return tip if tip is not None and tip.state in ("delivered", "acknowledged") else None

    def _chance(self, *key: object) -> Random:
        return stream(self._seed, self._own, self._day, *key)


def _key(line: SelectedConsignment) -> tuple[str, str, str]:
    """What tells lines apart in every play of the same seed: a lorry's plate stands on all that it carries."""
    return line.reference, line.message_id, line.tip


def _of_line(line: SelectedConsignment) -> dict[str, Any]:
    """What the record of a control takes from the line."""
    return {
        "subject": "vehicle" if line.reference_type == "plate" else "consignment",
        "subject_label": line.reference[:120],
        "references": [{"type": kind, "value": value} for kind, value in line.references if len(value) <= 60],
        "selection_id": line.pk,
        "message_id": line.message_id,
        "consignment_id": line.consignment_id,
        "run_id": "" if line.run_id is None else str(line.run_id),
        "kind": line.channel or "physical",
    }


def _answer(officer: Person, tip: Tip, control: Control) -> None:
    """Answer the neighbour with what came of it."""
    case = getattr(control, "case", None)
    answer(
        officer,
        tip,
        outcome=control.finding,
        reference="" if case is None else case.number,
        figures=() if case is None else cases.figures_of(case),
        acted_at=control.began_at,
    )


def start_clock(seed: int, day: str) -> str:
    """Notify the right holder in the newest case and record the service, so that a clock runs; gives its number."""
    case = Case.objects.filter(state="opened").order_by("-detected_at", "number").first()
    if case is None:
        return ""
    keeper, proof = the("case_officer"), f"SYN-EMS-{stream(seed, day, 'proof').randrange(10**8):08d}"
    change_case(keeper, case, "notify_right_holder")
    record_event(keeper, case, kind="notice_served", day=date.fromisoformat(day), proof=proof, note="Synthetic")
    return str(case.number)
