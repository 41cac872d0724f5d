"""Controls and cases with all that hangs on them, in bulk, through the models themselves. All invented."""

import random
import uuid
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

BATCH = 2_000
YEARS = 3
"""Cases lie so far back; the latest are the open ones."""
OPEN_SHARE = 0.12
OFTEN = "counterfeit"
SELDOM = "quokka{}"
"""A word that twenty cases bear."""
HAN = "運動鞋"
GOODS = {
    "footwear": (f"sports shoes {HAN}", "PR"),
    "apparel": ("t-shirts 短袖衫", "H87"),
    "watches": ("wrist watches 手錶", "H87"),
    "leather_bags": ("handbags 手袋", "H87"),
    "perfume_cosmetics": ("perfume 香水", "H87"),
    "mobile_phones": ("mobile telephones 手提電話", "H87"),
    "toys_collectibles": ("figures 公仔", "SET"),
}
BRANDS = ["Velmora 威摩拉", "Ostrane 奧斯川", "Kirrin 奇林", "Dalvetta 達維塔", "Norrwick 諾域", "Sunhare 日兔"]


def write(person: Any, count: int, seed: int, operation: Any) -> int:
    """Write ``count`` cases, a control for each, and half as many controls without a find; give how many cases."""
    from tidewaiter.node.casework.models import CaseNumber
    from tidewaiter.node.rights.models import Right, RightHolder

    holder = RightHolder.objects.create(name="Invented Holdings", office=person.office)
    rights = [
        Right.objects.create(
            holder=holder, mark=brand, kind="TM", recordal_number=f"T2026-{n:05d}", classes=[25], office=person.office
        )
        for n, brand in enumerate(BRANDS)
    ]
    maker = _Maker(person, count, random.Random(seed), operation, rights)
    for start in range(0, count, BATCH):
        maker.batch(range(start, min(start + BATCH, count)))
    CaseNumber.objects.bulk_create(
        [CaseNumber(office_id=office, year=year, last=last) for (office, year), last in maker.serials.items()]
    )
    return count


class _Maker:
    """Makes records from the oldest to the latest and writes them, a batch in one transaction."""

    def __init__(self, person: Any, count: int, chance: random.Random, operation: Any, rights: list[Any]) -> None:
        from tidewaiter.node.accounts.models import Office
        from tidewaiter.refdata.offices import offices

        places = {one.code for one in offices() if one.location_type}
        self.offices = list(Office.objects.filter(pk__in=places, administration=person.office.administration))
        self.person, self.count, self.chance, self.operation, self.rights = person, count, chance, operation, rights
        self.serials: Counter[tuple[str, int]] = Counter()
        self.now = datetime.now(UTC)

    def batch(self, numbers: range) -> None:
        """Write the cases of these numbers and what goes with them."""
        from django.db import transaction

        from tidewaiter.node.casework import models
        from tidewaiter.node.search.models import SearchEntry

        self.rows: dict[type, list[Any]] = {
            one: []
            for one in (
                models.Control, models.Case, models.CaseEvent, models.CaseClock, models.SeizureLine, models.LineValue,
                models.Exhibit, models.CustodyEvent, SearchEntry,
            )
        }  # fmt: skip
        for number in numbers:
            self._case(number)
            if number % 2:
                self._control(number, self._moment(number), "no_find")
        with transaction.atomic():
            for model, rows in self.rows.items():
                model.objects.bulk_create(rows, batch_size=500)  # type: ignore[attr-defined]

    def _add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def _moment(self, number: int) -> datetime:
        days = (1 - (number + 1) / self.count) * 365 * YEARS
        return self.now - timedelta(days=days, minutes=self.chance.uniform(0, 600))

    def _in_operation(self, at: datetime) -> Any:
        if self.operation is None or at < self.operation.midnight(self.operation.starts_on):
            return None
        return self.operation.pk

    def _control(self, number: int, at: datetime, finding: str) -> Any:
        from tidewaiter.node.casework.models import Control

        chance, plate = self.chance, f"粤Z·{self.chance.randrange(90_000):05d}港"
        category = chance.choice(list(GOODS)) if finding == "find" else ""
        control = self._add(
            Control(
                client_id=uuid.uuid4(), office=chance.choice(self.offices), officer=self.person, began_at=at,
                recorded_at=at, received_at=at, subject="vehicle", subject_label=plate, kind="physical", extent="full",
                references=[{"type": "plate", "value": plate}], reference_text=f" {plate} ", finding=finding,
                no_find_as="as_declared" if finding == "no_find" else "", category=category,
                mark=chance.choice(BRANDS) if finding == "find" else "",
                quantity=Decimal(chance.randrange(1, 5_000)) if category else None,
                unit=GOODS[category][1] if category else "", operation_id=self._in_operation(at),
            )
        )  # fmt: skip
        self._entry("casework.control", control.pk, control.office_id, plate, control.mark, [plate], at)
        return control

    def _case(self, number: int) -> None:
        from tidewaiter.node.casework.models import Case

        chance, at = self.chance, self._moment(number)
        control = self._control(number, at, "find")
        is_open = number >= self.count * (1 - OPEN_SHARE)
        state = chance.choice(
            ["opened", "awaiting_right_holder", "investigation", "awaiting_court"] if is_open else ["closed"]
        )
        office, year = control.office_id, at.year
        self.serials[office, year] += 1
        serial = self.serials[office, year]
        seldom = [SELDOM.format(number // 20 % 5_000)] if number % 7 == 0 else []
        title = " ".join([OFTEN if number % 2 else "suspect", GOODS[control.category][0], control.mark, *seldom])
        bill = f"HB{number:09d}"
        case = self._add(
            Case(
                office_id=office, year=year, serial=serial, number=f"{office}-{year}-{serial:05d}", control=control,
                state=state, status="provisional" if is_open else "confirmed", title=title, detected_at=at,
                opened_at=at, opened_by=self.person, closed_at=None if is_open else at + timedelta(days=60),
                location_type="land_control_point", regime="export", mode="3", origin="profile_hit",
                declared_as="household goods 家居用品", concealment=["misdeclared"],
                route=[
                    {"role": "departure", "country": "CN", "place": "CNGGZ", "basis": "declared"},
                    {"role": "destination", "country": "US", "place": "USLAX", "basis": "declared"},
                ],
                references=[{"type": "house_bill", "value": bill}], reference_text=f"{bill} ",
                operation_id=control.operation_id,
            )
        )  # fmt: skip
        texts = [text for line in self._lines(case, control, at) for text in (line.brand, line.description)]
        self._facts(case, at.date(), is_open=is_open)
        self._exhibits(case, at)
        self._entry(
            "casework.case", case.pk, office, case.number, title, [case.declared_as, bill, *texts], case.opened_at
        )

    def _lines(self, case: Any, control: Any, at: datetime) -> list[Any]:
        from tidewaiter.node.casework.models import LineValue, SeizureLine

        lines = []
        for number in range(1, self.chance.choice([1, 1, 2, 3]) + 1):
            category = control.category if number == 1 else self.chance.choice(list(GOODS))
            words, unit = GOODS[category]
            quantity = Decimal(self.chance.randrange(1, 5_000))
            line = self._add(
                SeizureLine(
                    case=case, number=number, category=category, description=words,
                    brand=self.chance.choice(BRANDS), right=self.chance.choice(self.rights), right_type="TM",
                    infringement="counterfeit_mark", quantity=quantity, unit=unit, packages=12, package_type="CT",
                    stage="suspected" if case.status == "provisional" else "forfeited", created_at=at,
                )
            )  # fmt: skip
            for basis in ("DECLARED", "GENUINE_RETAIL")[: self.chance.choice([1, 2])]:
                self._add(
                    LineValue(
                        line=line, basis=basis, currency="CNY", amount=quantity * 20, method="invented",
                        valued_on=at.date(), assessed_by=self.person, recorded_at=at,
                    )
                )  # fmt: skip
            lines.append(line)
        return lines

    def _facts(self, case: Any, day: date, *, is_open: bool) -> None:
        from tidewaiter.node.casework.models import CaseClock, CaseEvent

        at = datetime.combine(day, time(9), UTC)
        self._add(
            CaseEvent(case=case, kind="notice_served", day=day, proof="EMS 1", recorded_at=at, recorded_by=self.person)
        )
        self._add(CaseEvent(case=case, kind="detained_ex_officio", day=day, recorded_at=at, recorded_by=self.person))
        for code, start, due in _clocks(self.person.office.administration, day):
            self._add(CaseClock(case=case, code=code, start=start, due=due, stopped=not is_open))

    def _exhibits(self, case: Any, at: datetime) -> None:
        from tidewaiter.node.casework.models import CustodyEvent, Exhibit

        for number in range(1, self.chance.choice([1, 1, 2]) + 1):
            seal, place = f"S{self.chance.randrange(10**7):07d}", "Store A"
            exhibit = self._add(
                Exhibit(
                    case=case, number=number, description="one sample", state="in_store", seal_number=seal, place=place,
                    created_at=at,
                )
            )  # fmt: skip
            before = ""
            for sequence, (action, after) in enumerate(_STEPS, 1):
                self._add(
                    CustodyEvent(
                        exhibit=exhibit, sequence=sequence, action=action, before=before, after=after, at=at,
                        by=self.person, seal_number=seal, place=place, recorded_at=at,
                    )
                )  # fmt: skip
                before = after

    def _entry(
        self, kind: str, pk: uuid.UUID, office: str, title: str, summary: str, text: list[str], at: datetime
    ) -> None:
        from tidewaiter.node.search.models import SearchEntry

        shadow = " ".join(token for part in [title, summary, *text] if (token := _shadow(part)))
        self._add(
            SearchEntry(
                object_type=kind,
                object_id=str(pk),
                office_id=office,
                title=title,
                summary=summary,
                shadow=shadow,
                at=at,
            )
        )


_STEPS = (("collect", "collected"), ("seal", "sealed"), ("store", "in_store"))


@lru_cache(maxsize=4_096)
def _shadow(line: str) -> str:
    """The tokens of a line; those of several lines are theirs in a row."""
    from tidewaiter.names.shadow_text import shadow_text

    return shadow_text(line)


@lru_cache(maxsize=4_096)
def _clocks(administration: str, day: date) -> list[tuple[str, date, date]]:
    from tidewaiter.procedures import Event, EventKind, clocks_for

    facts = [Event(EventKind.NOTICE_SERVED, day, "EMS 1"), Event(EventKind.DETAINED_EX_OFFICIO, day)]
    return [
        (one.code, one.start, one.due)
        for one in clocks_for(administration, facts, date.today())
        if one.start is not None and one.due is not None
    ]
