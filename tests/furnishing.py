"""A node furnished with one of everything: people of each role here, elsewhere and at the top, and what they work on.

The tests of the whole node share it: those in this process, and, through ``python -c``, those that run real nodes.
All firms, brands and persons are invented.
"""

import io
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from PIL import Image
from tests.node.operations.conftest import Node as Parties
from tests.visiting import emptied

from tidewaiter.exchange.objects import (
    Asked,
    Handling,
    Place,
    Reference,
    Tip,
    Tlp,
    identity_of,
    new_id,
    now,
    to_stix,
    uuid_of,
)
from tidewaiter.exchange.signing import SigningKey, sign_batch
from tidewaiter.node.accounts.models import Office, Person, RoleGrant
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.accounts.services import load_offices
from tidewaiter.node.audit.services import record
from tidewaiter.node.casework import services as casework
from tidewaiter.node.casework.models import Case
from tidewaiter.node.intelligence import services as intelligence
from tidewaiter.node.intelligence.models import Tip as TipRow
from tidewaiter.node.operations import services as operations
from tidewaiter.node.partners import services as partners
from tidewaiter.node.partners.models import Delivery, InboxBatch, Peer
from tidewaiter.node.partners.services import receiving
from tidewaiter.node.rights import services as rights
from tidewaiter.node.targeting import services as targeting
from tidewaiter.node.targeting.models import ScreeningRun, SelectedConsignment
from tidewaiter.node.targeting.services.work import do
from tidewaiter.simulation import simulate

PASSWORD = "heron basket tide seven"
PLACES = {
    "HK": ("HK-HZMB", "HK-KWAI-CHUNG"),
    "MO": ("MO-HZMB", "MO-PORTAS-DO-CERCO"),
    "CN-GD": ("CN-GD-GONGBEI-HZMB", "CN-GD-SHENZHEN-SHENZHEN-BAY"),
}
"""By administration: the control point whose things are made, and another beside it."""

NEIGHBOURS = ("CN-GD", "MO")


@dataclass
class Furnished:
    """What stands in the node. ``people`` by role and place: ``officer@own``, ``auditor@other``, ``analyst@top``."""

    top: Office
    own: Office
    other: Office
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, SigningKey] = field(default_factory=dict)
    """With which the neighbours sign."""
    things: dict[str, Any] = field(default_factory=dict)
    """What stands in addresses, by a short name; a model or a plain value."""

    def word(self, name: str) -> str:
        """How a thing is written in an address; ``=word`` stands for itself."""
        if name.startswith("="):
            return name[1:]
        thing = self.things[name]
        return str(thing.pk if isinstance(thing, models.Model) else thing)


@contextmanager
def furnished(blocker: Any, folder: Path, copies: int = 1) -> Iterator[Furnished]:
    """A furnished node while the block runs; the database and the folders forget it afterwards."""
    with emptied(blocker):
        yield furnish(people_only(), simulated(folder), copies)


def people_only(administration: str = "HK") -> Furnished:
    """The offices and the people, and nothing that they work on."""
    load_offices()
    own, other = (Office.objects.get(pk=code) for code in PLACES[administration])
    made = Furnished(Office.objects.get(pk=administration), own, other)
    for place, office in (("own", own), ("other", other), ("top", made.top)):
        for role in Role:
            made.people[f"{role.value}@{place}"] = person(f"{role.value}.{place}", office, role)
    made.people["nobody@own"] = person("nobody.own", own)
    return made


def person(username: str, office: Office, *roles: Role, language: str = "en") -> Person:
    """A person who has chosen a password, with roles at the office."""
    made = Person(username=username, name_latin=username.upper(), office=office, must_change_password=False)
    made.language = language
    made.password = _hashed()
    made.save()
    for role in roles:
        RoleGrant.objects.create(person=made, role=role, office=office, reason="for a test")
    return made


@cache
def _hashed() -> str:
    """The password as it is stored; hashed once, because a good hash takes long."""
    return make_password(PASSWORD)


def furnish(made: Furnished, world: Path | None, copies: int = 1) -> Furnished:
    """Make ``copies`` of everything at ``made.own``; the last of each kind stands in ``made.things``."""
    return furnish_office(furnish_administration(made), world, copies)


def furnish_administration(made: Furnished) -> Furnished:
    """Make what belongs to the whole administration: the register of rights, neighbours, joint operations."""
    _administration_wide(made)
    _operations(made)
    return made


def furnish_office(made: Furnished, world: Path | None, copies: int = 1) -> Furnished:
    """Make what belongs to the office ``made.own`` alone."""
    if world is not None:
        _screened(made, world)
    for number in range(1, copies + 1):
        made.things["case"] = _case(made, number)
        _queue(made, number)
        _lane(made, number)
        _tips(made, number)
        person(f"subject.{number}", made.own, Role.OFFICER)
    made.things["subject"] = Person.objects.get(username=f"subject.{copies}")
    made.things["grant"] = made.things["subject"].grants.get()
    made.things["office"] = made.own
    made.things["audit_row"] = record(None, "accounts.edited", made.things["subject"])
    made.things["collection"] = uuid.UUID(int=4 << 76 | 2 << 62)
    return made


def simulated(folder: Path) -> Path:
    """A small synthetic world with its watchlist, terms, profiles and rates."""
    simulate(
        folder, rows=300, days=1, seed=3, start=date(2026, 5, 1), processes=1, watchlist=100, terms=50, profiles=10,
        prevalence=0.05,
    )  # fmt: skip
    return folder


def picture() -> bytes:
    """A small photograph."""
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (200, 80, 40)).save(out, "JPEG")
    return out.getvalue()


def _administration_wide(made: Furnished) -> None:
    """What the whole administration shares: the register of rights and the lane to a neighbour."""
    keeper = made.people["case_officer@top"]
    holder = rights.add_holder(keeper, office=made.top, name="Norvaleth Sports Ltd", contact_name="A. Marlowe")
    made.things["holder"] = holder
    made.things["right"] = rights.add_right(
        keeper, office=made.top, holder=holder, mark="Norvaleth", kind="TM", recordal_number="T2024-118830",
        look_at="The stitching of the tongue is double.",
    )  # fmt: skip
    for code in NEIGHBOURS:
        key = made.keys[code] = SigningKey.generate(identity_of(code))
        peer = partners.add_peer(None, administration=code, url="http://127.0.0.1:9", key=key.public.public_jwk())
        partners.add_agreement(None, peer, legal_basis="An invented arrangement", valid_from=date(2020, 1, 1))
        made.things.setdefault("peer", peer)


def _operations(made: Furnished) -> None:
    """An operation that was closed with a statement, and one that runs, with a task and the report of a day."""
    coordinator = made.people["coordinator@top"]
    peers = {code: Peer.objects.get(pk=code) for code in NEIGHBOURS}
    parties = Parties(made.top, made.own, made.other, coordinator, {"officer": made.people["officer@own"]}, peers)
    closed = parties.running(code="EBB-1", names={"en": "Ebb", "zh-Hant": "退潮", "zh-Hans": "退潮", "pt": "Vazante"})
    parties.control(closed)
    operations.end(coordinator, closed)
    operations.release_figures(coordinator, closed, final=True)
    for code in NEIGHBOURS:
        parties.came(code, parties.figures(code, closed, final=True))
    snapshot = operations.freeze(coordinator, closed)
    subject = {"id": snapshot.object_id, "modified": snapshot.modified, "digest": snapshot.object_digest}
    for code in NEIGHBOURS:
        parties.came(code, parties.said(code, closed, **subject))
    closed.refresh_from_db()
    statement = operations.publish_statement(coordinator, closed)
    running = parties.running(
        code="FLOOD-1", names={"en": "Flood", "zh-Hant": "漲潮", "zh-Hans": "涨潮", "pt": "Enchente"}
    )
    parties.came("CN-GD", parties.figures("CN-GD", running))
    task = operations.task(
        coordinator, running, made.own, title="Vans at night", instructions="Two a night.", lanes=["L1"]
    )
    made.things["office_report"] = operations.report_office(
        made.people["officer@own"], running, made.own, running.starts_on, words="Quiet."
    )
    report = operations.release_report(coordinator, running, running.starts_on)
    made.things.update(
        closed=closed, snapshot=snapshot, statement=statement, operation=running, tasking=task, report=report,
        figure="HK.inspections._._._._.final",
    )  # fmt: skip


def _screened(made: Furnished, world: Path) -> None:
    """A finished run over the declarations of the world, some of which cannot be read."""
    actor = made.people["analyst@own"]
    for kind, name in (("watchlist", "watchlist.csv"), ("terms", "terms.csv"), ("profiles", "profiles.yaml"),
                       ("rates", "rates.csv")):  # fmt: skip
        file = ContentFile((world / name).read_bytes(), name=name)
        targeting.add_criteria(actor, kind=kind, file=file, office=made.own)
    paths = sorted((world / "consignments" / f"administration={made.top.code}").rglob("*.parquet"))
    files = [ContentFile(path.read_bytes(), name=f"{number}.parquet") for number, path in enumerate(paths)]
    files.append(ContentFile(b'{"consignment_id": 7}\nnothing of the kind\n', name="broken.jsonl"))
    run = targeting.start_run(actor, files, office=made.own, capacity=4)
    do(str(run.pk))
    run.refresh_from_db()
    assert run.state == ScreeningRun.State.DONE, run.failure
    here = SelectedConsignment.objects.filter(run=run, office=made.own).first()
    assert here is not None, "the run selected nothing at our control point"
    made.things.update(run=run, message=here.message_id)


def _queue(made: Furnished, number: int) -> None:
    """A line that waits, a line that the officer has, a tip's line, a view."""
    usual = {"kind": "profile", "rule": "P-1", "source": "", "mark": "", "texts": {"en": "Under HKD 2 a piece."}}
    for name, state, holder in (("line", "waiting", None), ("taken", "taken", made.people["officer@own"])):
        plate = f"粤Z·K4{number:02}{name[0].upper()}港"
        made.things[name] = SelectedConsignment.objects.create(
            administration=made.top.code, office=made.own, reference=plate, reference_type="plate", taken_by=holder,
            references=[["plate", plate]], origin="profile_hit", kinds="|profile|", reasons=[usual], state=state,
            taken_at=timezone.now() if holder else None, goods="Shoes of sports, in cartons", mode=3,
            value=Decimal("1840.00"), currency="HKD",
        )  # fmt: skip
    made.things["expected"] = targeting.expect(
        None, office=made.own, references=[("plate", f"粤Z·T4{number:02}港")], tip=f"TIP-{number}",
        source=NEIGHBOURS[0], sentence={"en": "Watches behind a false wall."}, mode=3,
    )  # fmt: skip
    made.things["view"] = targeting.save_view(
        made.people["officer@own"], name=f"Night shift {number}", query="tab=waiting", office=made.own
    )


def _case(made: Furnished, number: int) -> Case:
    """A control with a find and everything that can follow: values, exhibit, photograph, clock, disposal, person."""
    officer, lawyer = made.people["officer@own"], made.people["case_officer@own"]
    moment = timezone.now() - timedelta(minutes=7)
    control, _new = casework.record_control(
        officer,
        casework.Entry(
            client_id=uuid.uuid4(), office=made.own, subject="vehicle", subject_label=f"粤Z·M{number:03}港",
            references=[{"type": "plate", "value": f"粤Z·M{number:03}港"}], kind="physical", extent="part",
            finding="find", category="footwear", mark="Norvaleth", right=made.things["right"], quantity=Decimal(840),
            unit="PR", began_at=moment, recorded_at=moment + timedelta(minutes=5),
            operation_id=made.things["operation"].pk,
        ),
    )  # fmt: skip
    case = Case.objects.get(control=control)
    line = case.lines.get()
    for basis, currency in (("STREET", "HKD"), ("DECLARED", "USD")):
        casework.add_value(
            lawyer, line, basis=basis, currency=currency, amount=Decimal("1200.50"), method="shop price",
            valued_on=timezone.localdate(),
        )  # fmt: skip
    exhibit = casework.add_exhibit(officer, case, description="One pair of shoes", place="B2-14", seal_number="0447118")
    photograph = casework.add_photograph(officer, picture(), client_id=uuid.uuid4(), control=control)
    casework.add_photograph(officer, picture(), client_id=uuid.uuid4(), exhibit=exhibit)
    fact = casework.record_event(
        lawyer, case, kind="notice_served", day=timezone.localdate() - timedelta(days=1), proof="EMS 12"
    )
    disposal = casework.propose_disposal(lawyer, case, outcome="destroyed", line=line)
    casework.add_person(lawyer, case, name=f"CHAN {number}", arrested_on=timezone.localdate())
    upload = casework.begin_upload(
        officer, upload_id=uuid.uuid4(), control_client_id=control.client_id, size=64, sha256="0" * 64
    )
    made.things.update(
        control=control, seizure=line, exhibit=exhibit, photograph=photograph, fact=fact, disposal=disposal,
        upload=upload,
    )  # fmt: skip
    return case


def _lane(made: Furnished, number: int) -> None:
    """A tip of ours that waits in the lane to the neighbour."""
    at = now()
    neighbour = made.things["peer"].pk
    told = Tip(
        id=new_id("indicator"), author=identity_of(str(settings.CONFIG.administration)), created=at, modified=at,
        handling=Handling(tlp=Tlp.AMBER, expires=at + timedelta(hours=8)), title=f"Lorry {number}",
        what="Watches of the brand Lumodot behind a false wall", sent_at=at,
        where=Place(administration=neighbour, office=PLACES[neighbour][0]), asked=Asked.CONTROL,
        references=(Reference(kind="plate", value=f"粤Z·S{number:03}港"),),
    )  # fmt: skip
    held = partners.publish(told, [neighbour])
    made.things["delivery"] = Delivery.objects.get(outbox=held)


def _tips(made: Furnished, number: int) -> None:
    """A draft of ours, a tip that we sent, one that came, one that came for named recipients alone, a shift."""
    author, end = made.people["intelligence@own"], timezone.now() + timedelta(hours=8)
    peer: Peer = made.things["peer"]
    fields = {
        "title": f"Lorry {number} with watches", "what": "Behind a false wall", "expires_at": end,
        "where_office": PLACES[peer.pk][0], "references": [{"kind": "plate", "value": f"粤Z·D{number:03}港"}],
    }  # fmt: skip
    [made.things["draft"]] = intelligence.draft(author, office=made.own, peers=[peer], **fields)
    sent = intelligence.send(author, intelligence.draft(author, office=made.own, peers=[peer], **fields))
    [made.things["sent_tip"]] = sent
    for name, tlp in (("tip", Tlp.AMBER), ("red_tip", Tlp.RED)):
        made.things[name] = _arrived(made, f"Van {number} with shoes, {tlp.value}", tlp)
    start = timezone.now() + timedelta(days=number)
    made.things["shift"] = intelligence.enter_shift(
        author, office=made.own, person=made.people["officer@own"], starts_at=start, ends_at=start + timedelta(hours=8)
    )


def _arrived(made: Furnished, title: str, tlp: Tlp) -> TipRow:
    """A tip of the neighbour that came by its lane to our control point."""
    at, peer = now(), made.things["peer"]
    told = Tip(
        id=new_id("indicator"), author=identity_of(peer.pk), created=at, modified=at, title=title, what="In row 2",
        handling=Handling(tlp=tlp, expires=at + timedelta(hours=8)), sent_at=at, asked=Asked.CONTROL,
        where=Place(administration=made.top.code, office=made.own.code),
        references=(Reference(kind="plate", value=f"粤Z·{title.split()[1]}{tlp.value}港"),),
    )  # fmt: skip
    content = sign_batch([to_stix(told)], made.keys[peer.pk]).to_envelope()
    key_id = made.keys[peer.pk].public.key_id
    batch = InboxBatch.objects.create(peer=peer, content=content, digest="0" * 64, request_key_id=key_id)
    receiving.apply(batch)
    return TipRow.objects.get(pk=uuid_of(told.id))
