"""The words of codes in the language of the page: closed lists, states and actions of the machines."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tidewaiter.domain.state_machine import WrongState
from tidewaiter.exchange.objects.handling import Tlp
from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import closed_lists, units
from tidewaiter.refdata.categories import PRODUCT_CATEGORIES

Choices = list[tuple[str, str]]

CASE_STATES: Final[Mapping[str, Promise]] = {
    "opened": gettext_lazy("Opened"),
    "awaiting_right_holder": gettext_lazy("Waiting for the right holder"),
    "investigation": gettext_lazy("Under investigation"),
    "awaiting_court": gettext_lazy("Waiting for the court"),
    "decided": gettext_lazy("Decided"),
    "goods_released": gettext_lazy("Goods released"),
    "closed": gettext_lazy("Closed"),
    "void": gettext_lazy("Void"),
}
CASE_LEVELS: Final[Mapping[str, str]] = {
    "opened": "info",
    "awaiting_right_holder": "warn",
    "investigation": "info",
    "awaiting_court": "warn",
    "decided": "good",
    "goods_released": "good",
    "closed": "",
    "void": "",
}
ACTIONS: Final[Mapping[str, Promise]] = {
    "notify_right_holder": gettext_lazy("Notify the right holder"),
    "investigate": gettext_lazy("Investigate"),
    "refer_to_court": gettext_lazy("Refer to the court"),
    "decide": gettext_lazy("Record the decision"),
    "release_goods": gettext_lazy("Release the goods"),
    "close": gettext_lazy("Close the case"),
    "reopen": gettext_lazy("Reopen the case"),
    "void": gettext_lazy("Void"),
    "submit": gettext_lazy("Submit"),
    "confirm": gettext_lazy("Confirm"),
    "correct": gettext_lazy("Correct"),
    "release_to_partners": gettext_lazy("Release to partners"),
    "detain": gettext_lazy("Detain"),
    "seize": gettext_lazy("Seize"),
    "prosecute": gettext_lazy("Prosecute"),
    "forfeit": gettext_lazy("Forfeit"),
    "return": gettext_lazy("Return the goods"),
    "collect": gettext_lazy("Collected"),
    "seal": gettext_lazy("Seal"),
    "store": gettext_lazy("Put into store"),
    "send": gettext_lazy("Send"),
    "receive": gettext_lazy("Receive"),
    "open": gettext_lazy("Open for examination"),
    "present_in_court": gettext_lazy("Present in court"),
    "take_back_from_court": gettext_lazy("Take back from court"),
    "report_missing": gettext_lazy("Report missing"),
    "recover": gettext_lazy("Recovered"),
    "dispose": gettext_lazy("Dispose of"),
    "hand_back": gettext_lazy("Hand back"),
    "approve": gettext_lazy("Approve"),
    "refuse": gettext_lazy("Refuse"),
    "hold": gettext_lazy("Put on hold"),
    "resume": gettext_lazy("Take up again"),
    "withdraw": gettext_lazy("Withdraw"),
    "carry_out": gettext_lazy("Record that it was carried out"),
}
CUSTODY_STATES: Final[Mapping[str, Promise]] = {
    "collected": gettext_lazy("Collected, not sealed"),
    "sealed": gettext_lazy("Sealed"),
    "in_store": gettext_lazy("In store"),
    "in_transit": gettext_lazy("On its way"),
    "at_examination": gettext_lazy("At examination"),
    "in_court": gettext_lazy("In court"),
    "missing": gettext_lazy("Missing"),
    "disposed": gettext_lazy("Disposed of"),
    "returned": gettext_lazy("Handed back"),
}
DISPOSAL_STATES: Final[Mapping[str, Promise]] = {
    "proposed": gettext_lazy("Proposed"),
    "approved": gettext_lazy("Approved"),
    "on_hold": gettext_lazy("On hold"),
    "carried_out": gettext_lazy("Carried out"),
    "refused": gettext_lazy("Not approved"),
    "withdrawn": gettext_lazy("Withdrawn"),
}
STAGE_LEVELS: Final[Mapping[str, str]] = {
    "suspected": "warn",
    "detained": "bad",
    "rh_confirmed": "bad",
    "seized": "bad",
    "forfeited": "bad",
    "prosecuted": "bad",
    "returned": "good",
}
EVENTS: Final[Mapping[str, Promise]] = {
    "notice_sent": gettext_lazy("Notice sent to the right holder"),
    "notice_served": gettext_lazy("Notice served on the right holder"),
    "application_made": gettext_lazy("Right holder applied and gave security"),
    "detained_ex_officio": gettext_lazy("Goods detained ex officio"),
    "detained_on_application": gettext_lazy("Goods detained on application"),
    "found_infringing": gettext_lazy("Customs found infringement"),
    "found_not_infringing": gettext_lazy("Customs found no infringement"),
    "undetermined_notified": gettext_lazy("Right holder told that it cannot be determined"),
    "court_notice": gettext_lazy("Notice of the court received"),
    "goods_released": gettext_lazy("Goods released"),
}
EXTENTS: Final[Mapping[str, Promise]] = {
    "part": gettext_lazy("Part of the load"),
    "full": gettext_lazy("The whole load"),
}
NO_FIND_AS: Final[Mapping[str, Promise]] = {
    "as_declared": gettext_lazy("As declared"),
    "genuine": gettext_lazy("Genuine goods"),
    "own_brand": gettext_lazy("Own brand"),
    "empty": gettext_lazy("Empty"),
}
SHOTS: Final[Mapping[str, Promise]] = {
    "load": gettext_lazy("The load as found"),
    "article": gettext_lazy("One article, whole"),
    "mark": gettext_lazy("Mark or label, near"),
    "carton": gettext_lazy("Carton marks, if any"),
}
REGIMES: Final[Mapping[str, Promise]] = {
    "import": gettext_lazy("Import"),
    "export": gettext_lazy("Export"),
    "re_export": gettext_lazy("Re-export"),
    "transhipment": gettext_lazy("Transhipment"),
    "transit": gettext_lazy("Transit across the territory"),
    "cross_border_e_commerce": gettext_lazy("Cross-boundary e-commerce"),
    "market_procurement": gettext_lazy("Market procurement trade"),
    "postal": gettext_lazy("Postal items"),
    "passenger": gettext_lazy("Passenger"),
}
HANDLING: Final = tuple((mark.value, f"TLP:{mark.value.upper()}") for mark in Tlp)
"""The labels of TLP 2.0; never translated."""
UNITS: Final = ("PR", "H87", "SET", "KGM", "LTR")
"""The units that officers count in."""
PACKAGES: Final = ("CT", "BX", "BG", "PK", "PX", "BE")


def listed(name: str, *, only: tuple[str, ...] | None = None) -> Choices:
    """The choices of a closed list, all or some of them."""
    return [(code, closed_lists.name(name, code, tag())) for code in only or closed_lists.codes(name)]


def of_list(name: str, code: str) -> str:
    """The word of one code of a closed list; a dash for none."""
    return closed_lists.name(name, code, tag()) if code else "–"


USUAL_UNITS: Final = {"": "H87", "footwear": "PR"}
"""The unit in which goods of a category are usually counted, and of all others (empty): chosen before on a phone."""


def categories() -> Choices:
    """The product categories."""
    return [(code, one.names[tag()]) for code, one in PRODUCT_CATEGORIES.items()]


def category(code: str) -> str:
    """The word of a product category; a dash for none."""
    return PRODUCT_CATEGORIES[code].names[tag()] if code else "–"


def units_of_count() -> Choices:
    """The units that officers count in."""
    return [(code, units.unit_name(code, tag())) for code in UNITS]


def packages() -> Choices:
    """The kinds of packages that officers meet."""
    return [(code, units.package_name(code, tag())) for code in PACKAGES]


def told(choices: Mapping[str, Promise]) -> Choices:
    """A mapping of codes as choices."""
    return [(code, str(word)) for code, word in choices.items()]


def why_not(wrong: WrongState) -> str:
    """Why an action of a machine cannot be taken now, and what to do."""
    if wrong.code == "reason_missing":
        return _("Say why.")
    return _("This cannot be done any more: somebody was faster. Nothing was changed. Load the page again.")
