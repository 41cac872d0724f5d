"""What is known of a consignment as its page shows it: codes in words, the route on a map, what speaks against."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tidewaiter.node.accounts.models import Office, Person
from tidewaiter.node.targeting import lake, words
from tidewaiter.node.targeting.queries.known import Known, Related
from tidewaiter.node.targeting.route import legs_table, route_map
from tidewaiter.node.targeting.shown import Shown, quantity
from tidewaiter.node.targeting.summary import amount
from tidewaiter.node.ui import formats, money
from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.packages import counted_package
from tidewaiter.node.ui.tags.tables import Column, Table
from tidewaiter.refdata import hs
from tidewaiter.refdata.errors import UnknownCode

_HIDDEN_ROLE = "driver"


def context_of(person: Person, known: Known) -> dict[str, Any]:
    """All that the page shows."""
    declared = known.declared
    shown = Shown(known.line, person) if known.line is not None else None
    context: dict[str, Any] = {
        "known": known,
        "shown": shown,
        "run": known.run,
        "happened": known.happened,
        "against": _against(known),
        "related": related_rows(known.related),
        "reference": known.line.reference if known.line is not None else "",
    }
    if declared is None:
        return {**context, "references": _references(known.line.references if known.line else [])}
    legs = declared["route"] or []
    return {
        **context,
        "reference": context["reference"] or _first_reference(declared),
        "declared": _facts(declared),
        "state": str(words.MESSAGE_STATES.get(declared["state"], declared["state"])),
        "in_force": declared["state"] == lake.IN_FORCE,
        "references": _references([(one["type"], one["value"]) for one in declared["references"] or []]),
        "parties": _parties(declared, see_driver=known.see_driver),
        "items": _items(declared),
        "flags": _flags(declared, see_driver=known.see_driver),
        "map": route_map(legs),
        "legs": legs_table(legs),
        "versions": _versions(known),
        "synthetic_row": declared["synthetic"],
    }


def _first_reference(declared: Mapping[str, Any]) -> str:
    references = declared["references"] or []
    return str(references[0]["value"] if references else declared["consignment_id"])


def _facts(declared: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The elements of the whole consignment, those that were declared."""
    language = tag()
    office = Office.objects.filter(pk=declared["office"] or "").first()
    kilograms = {name: declared[name] for name in ("gross_mass_kg", "net_mass_kg")}
    facts = [
        (_("Consignment number"), declared["consignment_id"]),
        (_("Message"), declared["message_id"]),
        (_("Office"), office.name if office else declared["office"] or ""),
        (_("Regime"), str(words.REGIMES.get(declared["regime"], declared["regime"] or ""))),
        (_("Transport"), words.mode(declared["mode"], courier=bool(declared["courier"]))),
        (_("Lodged"), _moment(declared["lodged_at"])),
        (_("Presented"), _moment(declared["presented_at"])),
        (_("Declared value"), _value(declared["value"], declared["currency"])),
        (_("Gross mass"), _mass(kilograms["gross_mass_kg"])),
        (_("Net mass"), _mass(kilograms["net_mass_kg"])),
        (_("Packages"), _packages(declared["packages"], declared["package_kind"], language)),
        (_("Read from"), _source(declared)),
    ]
    return [(name, value) for name, value in facts if value]


def _source(declared: Mapping[str, Any]) -> str:
    name = declared["source_file"].replace("\\", "/").rsplit("/", 1)[-1]
    return _("%(file)s, position %(position)s") % {"file": name, "position": declared["source_position"]}


def _moment(at: Any) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{formats.short_date(local.date())} {formats.clock_time(local, tag(), zone=True)}"


def _value(value: float | None, currency: str | None) -> str:
    exact = amount(value)
    if exact is None:
        return ""
    return money.in_table(exact, currency, tag()) if currency else _("%(n)s, no currency") % {"n": exact}


def _mass(kilograms: float | None) -> str:
    if kilograms is None:
        return ""
    return f"{formats.number(kilograms, tag())}{formats.NBSP}kg"


def _packages(count: int | None, kind: str | None, language: str) -> str:
    try:
        name = counted_package(kind, count or 0) if kind else ""
    except UnknownCode:
        name = kind or ""
    space = "" if language.startswith("zh") else formats.NBSP
    return space.join(part for part in (formats.number(count, language) if count is not None else "", name) if part)


def _references(pairs: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(words.capitalised(words.of_list("reference", kind)), value) for kind, value in pairs]


def _parties(declared: Mapping[str, Any], *, see_driver: bool) -> list[dict[str, Any]]:
    """The parties with their identifiers. A driver is shown to who has taken the line, and at the desk."""
    shown = []
    for party in declared["parties"] or []:
        row: dict[str, Any] = {"role": words.capitalised(words.of_list("party", party["role"]))}
        if party["role"] == _HIDDEN_ROLE and not see_driver:
            shown.append({**row, "hidden": True})
            continue
        numbers = []
        if party["identifier"]:
            label = words.of_list("identifier", party["identifier_type"] or "other")
            numbers.append((words.capitalised(label), party["identifier"]))
        for name in ("phone", "account"):
            if party[name]:
                numbers.append((words.capitalised(words.of_list("identifier", name)), party[name]))
        country = words.country(party["country"] or "")
        shown.append(
            {**row, **{k: party[k] for k in ("name", "name_other", "address")}, "country": country, "numbers": numbers}
        )
    return shown


def _items(declared: Mapping[str, Any]) -> Table | None:
    goods = declared["goods"] or []
    if not goods:
        return None
    columns = [
        Column(_("No.")), Column(_("Goods")), Column(_("HS code")), Column(_("Brand")), Column(_("Origin")),
        Column(_("Quantity"), figures=True), Column(_("Declared value"), figures=True),
        Column(_("Gross mass"), figures=True), Column(_("Packages"), figures=True),
    ]  # fmt: skip
    return Table(
        caption=_("Goods as declared"), columns=columns, rows=[_item(n, one) for n, one in enumerate(goods, 1)]
    )


def _item(number: int, one: Mapping[str, Any]) -> list[str]:
    label = hs.label(one["hs"], tag()) if one["hs"] else None
    counted = quantity(str(one["quantity"]), one["unit"]) if one["quantity"] is not None and one["unit"] else ""
    plain = formats.number(Decimal(str(one["quantity"])).normalize(), tag()) if one["quantity"] is not None else ""
    cells = [
        one["description"] or "",
        f"{one['hs']} {label or ''}".strip() if one["hs"] else "",
        one["brand"] or "",
        words.country(one["origin"] or ""),
        counted or plain,
        _value(one["value"], one["currency"]),
        _mass(one["gross_mass_kg"]),
        _packages(one["packages"], one["package_kind"], tag()),
    ]
    return [str(one["sequence"] or number), *(cell or "–" for cell in cells)]


def _flags(declared: Mapping[str, Any], *, see_driver: bool) -> list[tuple[str, str]]:
    hidden = {
        f"parties[{number}]"
        for number, party in enumerate(declared["parties"] or [], 1)
        if party["role"] == _HIDDEN_ROLE and not see_driver
    }
    return [
        (one["field"], str(words.FLAGS.get(one["code"], one["code"])))
        for one in declared["flags"] or []
        if one["field"].partition(".")[0] not in hidden
    ]


def _versions(known: Known) -> list[dict[str, Any]]:
    assert known.run is not None and known.place is not None
    found = {place.message_id: place for place in known.versions}
    return [
        {
            "message_id": place.message_id,
            "state": str(words.MESSAGE_STATES.get(place.state, place.state)),
            "in_force": place.state == lake.IN_FORCE,
            "url": reverse("targeting:consignment", args=[known.run.pk, place.message_id]),
            "here": place.message_id == known.place.message_id,
        }
        for place in found.values()
    ]


def _against(known: Known) -> list[str]:
    """What speaks against a control: reasons that are absent, and controls without a find."""
    if known.line is None:
        return []
    kinds = known.line.kinds
    said = []
    if known.line.is_random:
        said.append(_("It was drawn at random; no suspicion is recorded."))
    if "|tip|" not in kinds:
        said.append(_("No tip names it."))
    if "|watchlist|" not in kinds:
        said.append(_("None of its parties and references is on the watchlist."))
    if "|profile|" not in kinds:
        said.append(_("It meets no profile."))
    if known.declared is not None and not known.declared["flags"]:
        said.append(_("Nothing in its declaration is doubtful in form."))
    clean = sum(one.kind == "control" and one.finding == "no_find" for one in known.happened)
    if clean:
        said.append(
            ngettext(
                "It, or what it shares a plate, container or party with, was controlled once without a find.",
                "It, or what it shares a plate, container or party with, was controlled %(n)s times without a find.",
                clean,
            )
            % {"n": clean}
        )
    return said


def related_rows(related: Iterable[Related]) -> list[dict[str, Any]]:
    """Related consignments, with what they share."""
    return [
        {
            "reference": one.place.value,
            "consignment_id": one.place.consignment_id,
            "url": reverse("targeting:consignment", args=[one.run.pk, one.place.message_id]),
            "day": one.place.day,
            "shared": [(words.capitalised(_kind(kind)), value) for kind, value in one.shared],
            "office": one.place.office or "",
        }
        for one in related
    ]


def _kind(kind: str) -> str:
    return words.of_list("reference" if words.is_reference(kind) else "identifier", kind)


def found_rows(found: Iterable[lake.Found]) -> list[dict[str, Any]]:
    """Messages that bear a reference, each version of a run once."""
    return [
        {
            "reference": one.place.value,
            "kind": words.capitalised(_kind(one.place.kind)),
            "consignment_id": one.place.consignment_id,
            "url": reverse("targeting:consignment", args=[one.run.pk, one.place.message_id]),
            "day": one.place.day,
            "office": one.place.office or "",
            "state": str(words.MESSAGE_STATES.get(one.place.state, one.place.state)),
            "in_force": one.place.state == lake.IN_FORCE,
            "run": one.run.number,
        }
        for one in found
    ]
