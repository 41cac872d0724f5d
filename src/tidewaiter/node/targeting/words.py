"""The words of queues and runs that are not on a closed list, in the language of the page."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from tidewaiter.node.accounts.models import Office
from tidewaiter.node.targeting.models import SelectedConsignment
from tidewaiter.node.ui import formats
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import categories, closed_lists, countries, messages, places, units
from tidewaiter.refdata.errors import UnknownCode

STAGES: Mapping[str, Promise] = {
    "criteria": gettext_lazy("Loading the criteria"),
    "reading": gettext_lazy("Reading and screening"),
    "versions": gettext_lazy("Joining the versions of declarations"),
    "selection": gettext_lazy("Drawing the lists"),
    "sheets": gettext_lazy("Writing the lists"),
    "index": gettext_lazy("Indexing all references"),
    "queue": gettext_lazy("Filling the queues"),
}

KINDS: Mapping[str, tuple[str, Promise]] = {
    "tip": ("tip", gettext_lazy("Tip")),
    "watchlist": ("watch", gettext_lazy("Watchlist")),
    "profile": ("profile", gettext_lazy("Profile")),
    "term": ("term", pgettext_lazy("reason", "Words")),
    "random": ("random", gettext_lazy("Random")),
}
"""Kind of reason -> the mark of the look, the word."""

TABS: Mapping[str, Promise] = {
    "waiting": gettext_lazy("All waiting"),
    "lanes": gettext_lazy("Operation lanes"),
    "neighbours": gettext_lazy("From neighbours"),
    "random": gettext_lazy("Random"),
    "hand": gettext_lazy("In hand"),
    "mine": pgettext_lazy("consignments", "Mine"),
    "coming": gettext_lazy("On the way"),
    "released": gettext_lazy("Released today"),
}

FLAGS: Mapping[str, Promise] = {
    "unknown_country": gettext_lazy("no known country"),
    "unknown_place": gettext_lazy("no known place"),
    "unknown_hs": gettext_lazy("no known HS code"),
    "hs_format": gettext_lazy("not written as an HS code"),
    "unknown_currency": gettext_lazy("no known currency"),
    "unknown_unit": gettext_lazy("no known unit"),
    "unknown_package_kind": gettext_lazy("no known kind of package"),
    "unknown_mode": gettext_lazy("no known mode of transport"),
    "unknown_regime": gettext_lazy("no known regime"),
    "wrong_format": gettext_lazy("wrong format"),
    "wrong_region": gettext_lazy("wrong region code"),
    "wrong_date": gettext_lazy("wrong date within it"),
    "wrong_check_digit": gettext_lazy("check digit wrong"),
    "not_a_number": gettext_lazy("not a number"),
    "negative_mass": gettext_lazy("mass below nought"),
    "negative_value": gettext_lazy("value below nought"),
    "negative_quantity": gettext_lazy("quantity below nought"),
    "negative_packages": gettext_lazy("packages below nought"),
    "net_above_gross": gettext_lazy("net mass above gross mass"),
    "mass_total_below_items": gettext_lazy("total mass below that of the items"),
    "value_without_currency": gettext_lazy("value without a currency"),
    "implausible_year": gettext_lazy("year not plausible"),
    "time_in_future": gettext_lazy("time in the future"),
    "missing_office": gettext_lazy("no office named"),
    "missing_time": gettext_lazy("no time given"),
    "no_goods": gettext_lazy("no goods named"),
    "empty_description": gettext_lazy("goods without a description"),
}

REJECTS: Mapping[str, Promise] = {
    "unreadable_file": gettext_lazy("file cannot be read"),
    "not_a_file": gettext_lazy("not a file"),
    "link_loop": gettext_lazy("folder within itself"),
    "truncated_input": gettext_lazy("ends too early"),
    "corrupt_compression": gettext_lazy("compressed data damaged"),
    "corrupt_archive": gettext_lazy("archive damaged"),
    "nested_archive": gettext_lazy("archive within an archive"),
    "corrupt_file": gettext_lazy("file damaged"),
    "unknown_format": gettext_lazy("unknown format"),
    "unknown_schema": gettext_lazy("columns of something else"),
    "unknown_message": gettext_lazy("not a declaration"),
    "unsupported_version": gettext_lazy("version not supported"),
    "invalid_mapping": gettext_lazy("mapping not valid"),
    "no_mapping": gettext_lazy("no mapping for these columns"),
    "missing_column": gettext_lazy("column missing"),
    "duplicate_header": gettext_lazy("column named twice"),
    "wrong_encoding": gettext_lazy("wrong encoding"),
    "embedded_null": gettext_lazy("null character within"),
    "wrong_field_count": gettext_lazy("too many or too few fields"),
    "malformed_quote": gettext_lazy("text behind a quotation mark"),
    "unclosed_quote": gettext_lazy("quotation mark not closed"),
    "field_too_long": gettext_lazy("field too long"),
    "row_too_long": gettext_lazy("row too long"),
    "malformed_json": gettext_lazy("not valid JSON"),
    "malformed_xml": gettext_lazy("not well-formed XML"),
    "forbidden_entity": gettext_lazy("entities declared, which are never resolved"),
    "wrong_structure": gettext_lazy("element of another shape"),
    "too_deep": gettext_lazy("nested too deeply"),
    "duplicate_key": gettext_lazy("key given twice"),
    "duplicate_message": gettext_lazy("message read before"),
    "missing_required": gettext_lazy("required value missing"),
    "no_identity": gettext_lazy("names no declaration, reference or goods"),
    "too_many_items": gettext_lazy("too many rows for one declaration"),
}
"""Reasons of rejects (`intake.rejects.Reason`)."""

MESSAGE_STATES: Mapping[str, Promise] = {
    "in_force": gettext_lazy("In force"),
    "superseded": gettext_lazy("Superseded by a later version"),
    "cancelled": gettext_lazy("Cancelled"),
    "waiting": gettext_lazy("Waits for its declaration"),
    "duplicate": gettext_lazy("Read twice"),
}

ROUTE_ROLES: Mapping[str, Promise] = {
    "origin": gettext_lazy("Origin"),
    "departure": gettext_lazy("Departure"),
    "transit": pgettext_lazy("place", "Transit"),
    "destination": gettext_lazy("Destination"),
    "final": gettext_lazy("Final destination"),
}

REGIMES: Mapping[str, Promise] = {
    "import": gettext_lazy("Import"),
    "export": gettext_lazy("Export"),
    "re_export": gettext_lazy("Re-export"),
    "transhipment": gettext_lazy("Transhipment"),
    "transit": gettext_lazy("Transit across the territory"),
    "cross_border_e_commerce": gettext_lazy("Cross-boundary e-commerce"),
    "market_procurement": gettext_lazy("Market procurement trade"),
    "postal": gettext_lazy("Postal"),
    "passenger": gettext_lazy("Passenger"),
}

ORDERS: Mapping[str, Promise] = {
    "next": gettext_lazy("Next to pass"),
    "urgent": gettext_lazy("Most urgent"),
    "newest": gettext_lazy("Newest"),
}


def state(code: str) -> str:
    """The word of a state of a line."""
    return closed_lists.name("queue_item_state", code, tag())


def action(code: str) -> str:
    """The word of an action on a line."""
    return closed_lists.name("queue_item_action", code, tag())


def channel(code: str) -> str:
    """The word of a kind of control; empty for none."""
    return closed_lists.name("control_channel", code, tag()) if code else ""


def country(code: str) -> str:
    """The name of a country; the code itself where it is not one."""
    try:
        return countries.name(code, tag()) if code else ""
    except UnknownCode:
        return code


def place(code: str, otherwise: str = "") -> str:
    """The name of a place by its UN/LOCODE; without one the country; its code where the list has no name."""
    found = places.find(code) if code else None
    return found.name_in(tag()) if found else (code or country(otherwise))


def category(code: str) -> str:
    """The name of a product category; empty for none."""
    found = categories.PRODUCT_CATEGORIES.get(code) if code else None
    return found.names[tag()] if found else ""


def mode(code: int | None, *, courier: bool = False) -> str:
    """The name of a mode of transport."""
    return units.mode_name("courier" if courier else 9 if code is None else code, tag())


def of_list(prefix: str, code: str, otherwise: str = "other") -> str:
    """The word of a code of the core's vocabulary (``party``, ``reference``, ``identifier``)."""
    key = f"{prefix}.{code}"
    return messages.text(key if messages.has(key) else f"{prefix}.{otherwise}", tag())


def capitalised(text: str) -> str:
    """With a capital letter at its beginning, where the script has them."""
    return text[:1].upper() + text[1:]


def why_not_free(item: SelectedConsignment) -> str:
    """Who has the line, or what became of it, and since when."""
    local = timezone.localtime(item.state_at)
    at = formats.clock_time(local, tag())
    if local.date() != timezone.localdate():
        at = f"{formats.short_date(local.date())} {at}"
    person = item.taken_by if item.state in {"taken", "for_control"} else item.last_actor
    values = {"person": person.name if person else _("the node"), "reference": item.reference, "time": at}
    match item.state:
        case "taken":
            return _("%(person)s took %(reference)s at %(time)s. Nothing was changed.") % values
        case "for_control":
            return _("%(person)s sent %(reference)s for control at %(time)s. Nothing was changed.") % values
        case "controlled":
            return _("%(person)s recorded a control of %(reference)s at %(time)s. Nothing was changed.") % values
        case "released":
            return _("%(person)s released %(reference)s at %(time)s. Nothing was changed.") % values
    return _("%(reference)s waits again since %(time)s. Nothing was changed.") % values


def alarm(entry: Mapping[str, Any]) -> str:
    """An alarm of a run in words."""
    count = int(entry["count"])
    office = Office.objects.filter(pk=entry.get("office", "")).first()
    values = {
        "n": formats.number(count, tag()),
        "office": office.name if office else entry.get("office") or _("an office that is not named"),
        "day": entry.get("day") or _("an unknown day"),
    }
    match entry["code"]:
        case "overflow":
            return (
                ngettext(
                    "%(n)s mandatory hit exceeds the capacity of %(office)s on %(day)s",
                    "%(n)s mandatory hits exceed the capacity of %(office)s on %(day)s",
                    count,
                )
                % values
            )
        case "elsewhere":
            return (
                ngettext(
                    "%(n)s selected consignment belongs to another administration and is in no queue here",
                    "%(n)s selected consignments belong to other administrations and are in no queue here",
                    count,
                )
                % values
            )
    return (
        ngettext(
            "%(n)s line names %(office)s, unknown to this node, and waits in the queue of the whole administration",
            "%(n)s lines name %(office)s, unknown to this node, and wait in the queue of the whole administration",
            count,
        )
        % values
    )


def is_reference(kind: str) -> bool:
    """Whether a kind of reference is one of documents and conveyances, not a number of a party."""
    return messages.has(f"reference.{kind}")


def reject(code: str) -> str:
    """Why something was rejected; the code itself for one that is new."""
    return str(REJECTS.get(code, code))
