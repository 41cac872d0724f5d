"""Fill a new node: a lake with its index, a queue, cases, controls, search entries and an operation. All invented."""

import json
import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import records

OWN = "CN-GD"
"""Whose node it is: the administration with most consignments, and the one whose law sets clocks."""
USERNAME = "measure"
PASSWORD = "measuring-is-knowing"
A_DAY = timedelta(days=1)


def fill(result: Path, *, queue: int, cases: int, seed: int) -> dict[str, Any]:
    """Fill the node that this process works for; give what the measurement asks for. ``queue`` and ``cases`` count."""
    from django.apps import apps

    person = _person()
    told = {"queue": _queue(result, queue, person, seed)}
    operation = _operation(person) if apps.is_installed("tidewaiter.node.operations") else None
    start = time.monotonic()
    told["cases"] = records.write(person, cases, seed, operation)
    _say(f"{cases:,} cases in {time.monotonic() - start:.0f} s")
    _close_the_old(seed)
    _analyse()
    return told


def _say(words: str) -> None:
    print(words, flush=True)


def _person() -> Any:
    """One who sees all offices and does all but administer: the widest lists that a page can have."""
    from tidewaiter.node.accounts.models import Office, Person, RoleGrant

    top = Office.objects.get(pk=OWN)
    person = Person(username=USERNAME, name_latin="Invented Person", office=top, must_change_password=False)
    person.set_password(PASSWORD)
    person.save(force_insert=True)
    for role in ("analyst", "officer", "intelligence", "coordinator", "case_officer"):
        RoleGrant.objects.create(person=person, role=role, office=top, reason="benchmark")
    return person


def _queue(result: Path, wanted: int, person: Any, seed: int) -> int:
    """Take the result as a run of this node, index it, and import ``wanted`` lines of its selection."""
    from tidewaiter.node.targeting import lake
    from tidewaiter.node.targeting.criteria import Gathered
    from tidewaiter.node.targeting.models import ScreeningRun
    from tidewaiter.node.targeting.services.importing import import_selection
    from tidewaiter.runs.criteria import CriteriaFiles

    now = datetime.now(UTC)
    described = json.loads((result / "run.json").read_text())
    run = ScreeningRun.objects.create(
        number="R-1", office=person.office, started_by=person, began_at=now, counts=described["counts"], synthetic=True
    )
    _lay(result, run.result, wanted, seed)
    start = time.monotonic()
    entries = lake.build_index(run)
    _say(f"index of {entries:,} references in {time.monotonic() - start:.0f} s")
    start = time.monotonic()
    files = {name: Path(one["name"]) for name, one in described["criteria"].items()}
    imported = import_selection(run, Gathered(CriteriaFiles(**files), 200, {}, {}), lambda _: None)
    ScreeningRun.objects.filter(pk=run.pk).update(
        state="done", finished_at=datetime.now(UTC), in_queue=imported.in_queue, alarms=imported.alarms
    )
    _say(f"{imported.in_queue:,} lines of the queue in {time.monotonic() - start:.0f} s")
    return imported.in_queue


def _lay(result: Path, place: Path, wanted: int, seed: int) -> None:
    """Link the tables of a result into the node's lake; of the selection, which becomes the queue, take a part."""
    place.mkdir(parents=True)
    for one in result.iterdir():
        if one.name != "selection":
            (place / one.name).symlink_to(one.resolve())
    listed = pl.col("status").is_in(["selected", "overflow"])
    for folder in sorted((result / "selection").glob("*/*")):
        inner = folder.relative_to(result)
        (place / inner).mkdir(parents=True)
        found = pl.read_parquet(sorted(folder.glob("*.parquet")), hive_partitioning=False).filter(listed)
        share = _share(result, wanted)
        found.sample(fraction=share, seed=seed).write_parquet(place / inner / "part-0.parquet")


def _share(result: Path, wanted: int) -> float:
    files = sorted((result / "selection" / f"administration={OWN}").glob("*/*.parquet"))
    listed = pl.scan_parquet(files, hive_partitioning=False).filter(pl.col("status").is_in(["selected", "overflow"]))
    return min(1.0, wanted / max(1, listed.select(pl.len()).collect().item()))


def _close_the_old(seed: int) -> None:
    """Let two of three lines be done, some today, and some be in hand, as after weeks of work."""
    from tidewaiter.node.accounts.models import Person
    from tidewaiter.node.targeting.models import SelectedConsignment

    chance, now = random.Random(seed), datetime.now(UTC)
    person = Person.objects.get(username=USERNAME)
    changed = []
    for line in SelectedConsignment.objects.order_by("day", "message_id").iterator(2_000):
        line.state = chance.choices(
            ["waiting", "taken", "for_control", "controlled", "released"], [0.3, 0.02, 0.02, 0.33, 0.33]
        )[0]
        line.state_at = now - timedelta(days=chance.expovariate(0.1))
        line.waiting_since = line.state_at
        line.taken_by = person if line.state in {"taken", "for_control"} and chance.random() < 0.1 else None
        line.due_at = now + timedelta(hours=chance.uniform(-48, 24))
        changed.append(line)
    names = ["state", "state_at", "waiting_since", "taken_by", "due_at"]
    SelectedConsignment.objects.bulk_update(changed, names, batch_size=500)


def _operation(person: Any) -> Any:
    """A running operation of twelve days, which the latest records count in."""
    from tidewaiter.node.operations import services
    from tidewaiter.node.operations.lanes import LanePlan

    texts = {"en": "Invented operation", "zh-Hant": "虛構行動", "zh-Hans": "虚构行动", "pt": "Operação inventada"}
    today = date.today()
    entry = services.PlanEntry(
        code="OP-MEASURE", names=texts, objective=texts, participants=(),
        starts_on=today - 8 * A_DAY, ends_on=today + 3 * A_DAY,
        lanes=[
            LanePlan(code="north-america", names=texts, regions=["north_america"]),
            LanePlan(code="europe", names=texts, regions=["europe"]),
        ],
    )  # fmt: skip
    return services.start(person, services.plan(person, entry))


def _analyse() -> None:
    """What PostgreSQL does by itself within minutes, and SQLite is told to do."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def sample_references(result: Path, most: int, seed: int) -> list[tuple[str, str]]:
    """References, of whatever kind, of consignments of the own administration, with their messages."""
    chance = random.Random(seed)
    files = sorted((result / "consignment" / f"administration={OWN}").glob("*/*.parquet"))
    weights = [pl.scan_parquet(one, hive_partitioning=False).select(pl.len()).collect().item() for one in files]
    found = []
    for path in chance.choices(files, weights, k=min(most, 40)):
        rows = pl.read_parquet(path, columns=["message_id", "consignment_id", "references"], hive_partitioning=False)
        for row in rows.sample(min(rows.height, -(-most // 40)), seed=chance.randrange(1 << 30)).to_dicts():
            values = [one["value"] for one in row["references"] or []] or [row["consignment_id"]]
            found.append((chance.choice(values), row["message_id"]))
    chance.shuffle(found)
    return found[:most]


def messages_on_the_list(most: int) -> list[tuple[str, str]]:
    """Runs and messages of lines of the queue."""
    from tidewaiter.node.targeting.models import SelectedConsignment

    rows = SelectedConsignment.objects.order_by("message_id").values_list("run_id", "message_id")[: most * 20]
    return [(str(run), message) for run, message in list(rows)[::20]]
