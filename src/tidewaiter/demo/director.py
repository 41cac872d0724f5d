"""The play: what happens in which order on the three nodes, day by day. Acts do it; the exchange carries it."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tidewaiter.demo import world
from tidewaiter.demo.chance import stream
from tidewaiter.demo.nodes import DemoFailed, Node
from tidewaiter.demo.script import Period, period, script, world_start
from tidewaiter.simulation.brands import BRANDS

Update = Callable[[str, int, int], None]

MAKING, WORLD, PEOPLE = "Making three nodes", "Inventing a world", "Giving people their desks"
PLANNING, PLAYING, CLOSING, BEGINNING = (
    "Planning and agreeing", "Playing twelve days", "Freezing, agreeing, stating", "Beginning the next operation",
)  # fmt: skip


@dataclass
class Director:
    """Plays the script on nodes. ``seconds`` says how long each stage took."""

    folder: Path
    nodes: Sequence[Node]
    seed: int
    rows: int
    update: Update
    today: date
    password: str
    patience: float = 30.0
    """Seconds within which what was sent must have come; the aim is one."""
    seconds: dict[str, float] = field(default_factory=dict)
    sign_ins: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    statement: dict[str, str] = field(default_factory=dict)
    days: dict[int, world.Day] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take note of where the world begins and who leads."""
        self.start = world_start(self.today)
        self.by = {node.administration: node for node in self.nodes}
        self.lead = self.by[script()["plan"]["lead"]]
        self.others = [node for node in self.nodes if node is not self.lead]

    def play(self) -> None:
        """All of it, up to the day on which the visitor comes. Raises DemoFailed."""
        with ThreadPoolExecutor(len(self.nodes)) as self._threads:
            try:
                self._play()
            except BaseException:
                # Whoever waits for a node's answer gets none, so that nobody waits for what is being given up.
                for node in self.nodes:
                    node.stop()
                raise

    def _play(self) -> None:
        first, second = period("first"), period("second")
        self._stage(MAKING, self._make)
        self._stage(PEOPLE, self._furnish)
        self._stage(PLANNING, lambda: self._begin("first"))
        self._stage(PLAYING, lambda: self._play_days(first, PLAYING))
        self._stage(CLOSING, lambda: self._close(first))
        self._stage(BEGINNING, lambda: self._into_the_second(second))

    def _stage(self, name: str, work: Callable[[], None]) -> None:
        began = time.monotonic()
        self.update(name, 0, 1)
        work()
        self.update(name, 1, 1)
        self.seconds[name] = round(time.monotonic() - began, 1)

    def _all(self, act: Callable[[Node], Any], nodes: Iterable[Node] | None = None) -> list[Any]:
        """Do it on all nodes at once."""
        return list(self._threads.map(act, self.nodes if nodes is None else nodes))

    def _make(self) -> None:
        """Make the nodes and, meanwhile, the world."""
        made = self._threads.submit(self._invent)
        self._all(lambda node: node.make())
        for node in self.nodes:
            node.begin_acting()
            node.start()
        self.days = made.result()
        for node in self.nodes:
            node.wait_until_ready()

    def _invent(self) -> dict[int, world.Day]:
        played = [*period("first").played(), *period("second").played()]
        return world.make(
            self.folder / "world", rows=self.rows, seed=self.seed, start=self.start, played=played,
            tell=lambda done: self.update(WORLD, done, len(played)),
        )  # fmt: skip

    def _furnish(self) -> None:
        self._introduce()
        brands = [{"mark": one.latin, "han": one.hant, "products": one.category} for one in BRANDS]

        def furnish(node: Node) -> None:
            self.sign_ins[node.administration] = node.act(
                "add_people", first_administrator="administrator", first_password=node.password,
                password=self.password, language=node.language,
            )  # fmt: skip
            node.act("add_criteria", folder=str(self.folder / "world"), files=world.CRITERIA)
            node.act("add_rights", brands=brands, seed=self.seed)
            node.act("add_shifts", days=8)
            node.act("load_history")

        self._all(furnish)

    def _introduce(self) -> None:
        keys = [{**node.act("own_key"), "address": node.address} for node in self.nodes]
        for node in self.nodes:
            others = [key for key in keys if key["administration"] != node.administration]
            node.act("add_neighbours", neighbours=others, since=self.start.isoformat())

    def _begin(self, which: str) -> None:
        """Plan, agree, start, task."""
        code = period(which).code
        self.lead.act("plan_operation", which=which, world_start=self.start.isoformat())
        self._await(f"the plan of {code}", lambda: all(node.act("state_of", code=code) for node in self.others))
        self._all(lambda node: node.act("agree_to", code=code), self.others)
        self._await_state(code, "agreed")
        self.lead.act("lead_does", code=code, action="start")
        self._await_state(code, "running")
        self._all(lambda node: node.act("give_tasks", code=code))

    def _play_days(self, played: Period, stage: str) -> None:
        days = list(played.played())
        for done, number in enumerate(days):
            self.update(stage, done, len(days))
            self._play_day(played, self.days[number])

    def _play_day(self, played: Period, day: world.Day) -> None:
        self._screen(day)
        self._send_tips(played, day)
        self._all(lambda node: self._work(node, day))
        self._all(lambda node: node.act("report_day", code=played.code, day=day.day.isoformat()))

    def _screen(self, day: world.Day) -> None:
        def screen(node: Node) -> None:
            if (path := day.files.get(node.administration)) is not None:
                run = node.act("start_screening", path=str(path), day=day.day.isoformat())
                node.act("wait_for_screening", run=run)

        self._all(screen)

    def _work(self, node: Node, day: world.Day, share: float = 1.0) -> dict[str, int]:
        bad = [one.consignment for one in self.days_before(day)]
        shops = script()["shops"]
        if node.administration == shops["administration"] and day.number in shops["days"]:
            label = shops["labels"][shops["days"].index(day.number) % len(shops["labels"])]
            node.act("visit_shops", seed=self.seed, day=day.day.isoformat(), labels=[label])
        found: dict[str, int] = node.act("work_queues", seed=self.seed, day=day.day.isoformat(), bad=bad, share=share)
        return found

    def days_before(self, day: world.Day) -> list[world.Moving]:
        """What infringes of that day and those before it: some of it arrives later than it was declared."""
        return [one for known in self.days.values() if known.number <= day.number for one in known.moving]

    def _send_tips(self, played: Period, day: world.Day, most: int | None = None) -> dict[str, list[str]]:
        """Neighbours tell each other of some of what moves; what goes by road is named first. Waits until it came."""
        told = script()["tips"]
        moving = [one for one in day.moving if one.references and one.office]
        moving.sort(key=lambda one: (one.mode != 3, one.consignment))
        sent: dict[str, list[str]] = {}
        for number, one in enumerate(moving[: told["a_day"] if most is None else most]):
            sender = self._sender(one)
            numbers = sender.act(
                "send_tips", tips=[_tip(one, number, self.seed)], day=day.day.isoformat(), operation=played.code
            )
            sent.setdefault(one.administration, []).extend(numbers)
        self._await(
            "tips", lambda: all(self.by[to].act("arrived_tips", numbers=held) == len(held) for to, held in sent.items())
        )
        return sent

    def _sender(self, moving: world.Moving) -> Node:
        """Guangdong tells most, since most comes from there; of what Guangdong holds, a neighbour does."""
        others = [node for node in self.nodes if node.administration != moving.administration]
        if moving.administration != "CN-GD":
            return self.by["CN-GD"]
        return others[stream(self.seed, moving.consignment, "sender").randrange(len(others))]

    def _close(self, played: Period) -> None:
        code = played.code
        self._await("the answers to tips", lambda: self._answers_have_come(code))
        self.lead.act("lead_does", code=code, action="end")
        self._await_state(code, "closing")
        self._all(lambda node: node.act("release_final", code=code))
        count = len(self.nodes)
        self._await("final figures", lambda: all(self._all(lambda node: node.act("releases_of", code=code) == count)))
        self.lead.act("lead_does", code=code, action="freeze")
        self._await("the frozen figures", lambda: all(node.act("has_snapshot", code=code) for node in self.others))
        self._all(lambda node: node.act("agree_to_figures", code=code), self.others)
        self._await_state(code, "closed")
        self.lead.act("lead_does", code=code, action="publish")
        self._await("the statement", lambda: all(node.act("has_statement", code=code) for node in self.others))
        papers = self.folder / "statements"
        papers.mkdir(exist_ok=True)
        self.statement = self.lead.act("print_statement", code=code, folder=str(papers))
        self._await_delivered()

    def _answers_have_come(self, code: str) -> bool:
        given, come = (sum(counts) for counts in zip(*self._ask("answered_tips", operation=code), strict=True))
        return bool(given == come)

    def _into_the_second(self, played: Period) -> None:
        """Play the second operation up to today, and leave today half done."""
        self._begin("second")
        *past, today = (self.days[number] for number in played.played())
        for done, day in enumerate(past):
            self.update(BEGINNING, done, len(past) + 1)
            self._play_day(played, day)
        self._screen(today)
        self._all(lambda node: self._work(node, today, script()["today"]["share"]))
        self.by["CN-GD"].act("start_clock", seed=self.seed, day=past[-1].day.isoformat())
        self._all(lambda node: node.act("report_day", code=played.code, day=past[-1].day.isoformat(), silent=1))
        self._leave_a_tip(played, today)
        self._await_delivered()

    def _leave_a_tip(self, played: Period, today: world.Day) -> None:
        """A tip of today that nobody at Hong Kong's desk has acknowledged.

        In a small world nothing may move that day: then it names what moved last, which is said to come again.
        """
        known = [one for one in self.days_before(today) if one.administration == "HK" and one.references and one.office]
        of_today = {one.consignment for one in today.moving}
        known.sort(key=lambda one: (one.consignment not in of_today, one.mode != 3, one.consignment))
        if known:
            tips = [_tip(known[0], 0, self.seed)]
            day = today.day.isoformat()
            numbers = self.by["CN-GD"].act("send_tips", tips=tips, day=day, operation=played.code)
            self._await("tips", lambda: self.by["HK"].act("arrived_tips", numbers=numbers) == 1)

    def undelivered(self) -> int:
        """Objects that are still on their way, on all nodes."""
        return sum(self._ask("undelivered"))

    def _ask(self, act: str, **given: Any) -> list[Any]:
        return [node.act(act, **given) for node in self.nodes]

    def _await_delivered(self) -> None:
        self._await("all that was sent", lambda: self.undelivered() == 0)

    def _await_state(self, code: str, state: str) -> None:
        self._await(f"{code} to be {state}", lambda: set(self._ask("state_of", code=code)) == {state})

    def _await(self, what: str, come: Callable[[], bool]) -> None:
        end = time.monotonic() + self.patience
        while not come():
            if time.monotonic() > end:
                lanes = (f"{node.administration} {line}" for node in self.nodes for line in node.act("lanes"))
                told = "\n  ".join(["Its lanes:", *lanes])
                raise DemoFailed(
                    f"waited {self.patience:g} s in vain for {what}."
                    f" See logs/exchange.log of each node in {self.folder}. {told}"
                )
            time.sleep(0.05)


def _tip(moving: world.Moving, number: int, seed: int) -> dict[str, Any]:
    return {
        "to": moving.administration,
        "office": moving.office,
        "mode": moving.mode,
        "courier": moving.courier,
        "references": [list(one) for one in _best(moving.references)],
        "number": number,
        "certainty": 40 + 10 * stream(seed, moving.consignment, "certainty").randrange(6),
    }


_KNOWN_BY = ("plate", "container", "courier_tracking", "postal_item", "house_bill", "air_waybill", "declaration_number")


def _best(references: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Three references, those by which an officer finds it first."""
    order = {kind: place for place, kind in enumerate(_KNOWN_BY)}
    return sorted(references, key=lambda one: (order.get(one[0], len(order)), one))[:3]
