"""What a find holds, and how its case is completed: drawn from the script, never from a wished total."""

import uuid
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from django.conf import settings

from tidewaiter.demo import pictures
from tidewaiter.demo.chance import around, one_of, weighted
from tidewaiter.demo.people import the
from tidewaiter.demo.script import script
from tidewaiter.exchange.objects import Basis, Figure, Measure, Stage, Status
from tidewaiter.node.casework.models import Case, Control, SeizureLine
from tidewaiter.node.casework.services import (
    add_photograph,
    add_value,
    change_stage,
    change_status,
    edit_case,
)
from tidewaiter.node.rights.models import Right
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.refdata import closed_lists

_UNITS = {"footwear": "PR", "labels_packaging": "H87"}
_BRANDS = {
    "leather_bags": "bags", "phone_accessories": "electronics", "consumer_electronics": "electronics",
    "mobile_phones": "electronics", "electronic_components": "electronics", "perfume_cosmetics": "cosmetics",
    "personal_care": "cosmetics", "toys_collectibles": "toys", "sporting_goods": "sports",
    "hardware_tools": "hardware",
}  # fmt: skip
_CONCEALED = {"misdeclared": 5, "mixed_with_genuine": 2, "cover_load": 2, "label_covered": 1}
_MODES = {1: "sea", 2: "rail", 3: "road", 4: "air", 5: "post", 8: "sea"}


def channel_of(line: SelectedConsignment | None) -> str:
    """The channel by which goods of a line come, in the words of the script."""
    if line is None:
        return "shop"
    return "courier" if line.courier else _MODES.get(line.mode or 0, "road")


def found(chance: Random, administration: str, line: SelectedConsignment | None) -> dict[str, Any]:
    """What the officer enters of a find: kind of goods, mark, an estimate of how many."""
    told = script()
    category = _category(chance, line)
    items = told["items"][administration]
    mean, sigma = items.get(channel_of(line), items["road"])
    right = _right(chance, category)
    return {
        "category": category,
        "mark": right.mark,
        "right": right,
        "quantity": Decimal(max(1, round(around(chance, mean, sigma)))),
        "unit": _UNITS.get(category, "H87"),
        "seal_number": f"SYN{chance.randrange(10**6):06d}",
    }


def _category(chance: Random, line: SelectedConsignment | None) -> str:
    """What is found: as declared where that is likely to be copied, else by the mix of the channel."""
    told = script()
    if channel_of(line) in ("sea", "rail"):
        return str(weighted(chance, told["cargo_mix"]))
    if line is not None and line.category in told["street"]:
        return str(line.category)
    return str(weighted(chance, told["mix"]))


def _right(chance: Random, category: str) -> Right:
    rights = list(Right.objects.filter(products=_BRANDS.get(category, category)).order_by("mark"))
    return one_of(chance, rights or list(Right.objects.order_by("mark")))


def complete(chance: Random, control: Control, line: SelectedConsignment | None) -> Case:
    """Do what follows a find: the record of the case, its value, the stage of the goods, sometimes a picture."""
    keeper = the("case_officer")
    case: Case = control.case
    edit_case(keeper, case, **_record(chance, line))
    [held] = case.lines.all()
    _value(chance, held)
    change_stage(keeper, held, "detain" if case.office.administration == "CN-GD" else "seize")
    if chance.random() < script()["cases"]["confirmed"]:
        change_status(keeper, case, "confirm")
    if chance.random() < script()["controls"]["photographed"]:
        add_photograph(
            control.officer, pictures.carton(chance, control.mark, str(control.quantity), control.subject_label),
            client_id=uuid.UUID(int=chance.getrandbits(128), version=4), control=control, shows="carton",
            caption="Synthetic",
        )  # fmt: skip
    return case


def _record(chance: Random, line: SelectedConsignment | None) -> dict[str, Any]:
    arrested = channel_of(line) in script()["arrests"]["channels"] and chance.random() < script()["arrests"]["chance"]
    details: dict[str, Any] = {"arrests": 1 if arrested else 0}
    if line is None:
        return details
    country = str(settings.CONFIG.administration)[:2]
    route = [{"role": "origin", "country": "CN"}, {"role": "transit", "country": country}]
    if line.destination:
        route.append({"role": "destination", "country": line.destination, "place": line.destination_place})
    return {
        **details,
        "mode": str(line.mode or ""),
        "courier": line.courier,
        "declared_as": line.goods[:300],
        "concealment": [weighted(chance, _CONCEALED)],
        "origin": line.origin if line.origin in closed_lists.codes("selection_origin") else "",
        "route": route,
    }


def _value(chance: Random, line: SeizureLine) -> None:
    told = script()["value"][str(settings.CONFIG.administration)]
    price = around(chance, script()["street"].get(line.category, script()["street"]["other"]), 0.35)
    amount = line.quantity * Decimal(repr(round(price * told["of_street"], 2)))
    add_value(
        the("case_officer"), line, basis=told["basis"], currency=told["currency"],
        amount=amount.quantize(Decimal("0.01"), ROUND_HALF_UP), method=told["method"],
        valued_on=line.case.detected_at.date(),
    )  # fmt: skip


def figures_of(case: Case) -> tuple[Figure, ...]:
    """The figures of a case, for the answer to a tip."""
    found = []
    for line in case.lines.all():
        records: dict[str, Any] = {"status": Status.PROVISIONAL, "stage": Stage(line.stage), "records": 1}
        found.append(Figure(measure=Measure.ITEMS, amount=line.how_much.number, unit=line.unit, **records))
        for value in line.values.filter(voided_at=None):
            worth: dict[str, Any] = {
                "amount": value.amount,
                "currency": value.currency,
                "basis": Basis(value.basis),
                "valued_on": value.valued_on,
                "method": value.method,
            }
            found.append(Figure(measure=Measure.VALUE, **worth, **records))
    return tuple(found)
