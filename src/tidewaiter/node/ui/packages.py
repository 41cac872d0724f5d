"""The word of a kind of package after a number: a carton, two cartons."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import npgettext

from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import units

_EVERYDAY: Final[Mapping[str, Callable[[int], str]]] = {
    "BE": lambda n: npgettext("package", "bundle", "bundles", n),
    "BG": lambda n: npgettext("package", "bag", "bags", n),
    "BX": lambda n: npgettext("package", "box", "boxes", n),
    "CS": lambda n: npgettext("package", "case", "cases", n),
    "CT": lambda n: npgettext("package", "carton", "cartons", n),
    "DR": lambda n: npgettext("package", "drum", "drums", n),
    "PC": lambda n: npgettext("package", "parcel", "parcels", n),
    "PK": lambda n: npgettext("package", "package", "packages", n),
    "PX": lambda n: npgettext("package", "pallet", "pallets", n),
    "RO": lambda n: npgettext("package", "roll", "rolls", n),
    "SA": lambda n: npgettext("package", "sack", "sacks", n),
}


def counted_package(kind: str, count: int) -> str:
    """The word of a kind of package (UN/ECE Recommendation 21) for so many. Those of everyday have a plural, the others
    stand as reference data has them. Raises UnknownCode."""
    word = _EVERYDAY.get(kind)
    return word(count) if word else units.package_name(kind, tag())
