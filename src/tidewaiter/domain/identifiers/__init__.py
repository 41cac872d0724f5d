"""Identifiers and their check digits, one small file each. Standard library only.

Each module has ``compact(text)``, the normal form, and ``check(text)``, which gives a ``Check``; those with a published
check digit have ``check_digit`` too. Columns of millions are checked by ``intake.checks.check_digits``, which agrees.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tidewaiter.domain.identifiers import (
    air_waybill,
    container,
    customs_registration,
    eori,
    hk_business_registration,
    hkid,
    macao_bir,
    macao_taxpayer,
    normal_form,
    postal_item,
    resident_id,
    uscc,
    vessel,
)
from tidewaiter.domain.identifiers.outcome import Check
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType

__all__ = ["VALIDATORS", "Check", "Validator", "check", "compact"]


@dataclass(frozen=True, slots=True)
class Validator:
    """How one kind of identifier is written in normal form, and how it is checked."""

    compact: Callable[[str], str]
    check: Callable[[str], Check]


VALIDATORS: Mapping[IdentifierType | ReferenceType, Validator] = MappingProxyType(
    {
        IdentifierType.USCC: Validator(uscc.compact, uscc.check),
        IdentifierType.PRC_RESIDENT_ID: Validator(resident_id.compact, resident_id.check),
        IdentifierType.HKID: Validator(hkid.compact, hkid.check),
        IdentifierType.HK_BUSINESS_REGISTRATION: Validator(
            hk_business_registration.compact, hk_business_registration.check
        ),
        IdentifierType.MACAO_BIR: Validator(macao_bir.compact, macao_bir.check),
        IdentifierType.MACAO_TAXPAYER: Validator(macao_taxpayer.compact, macao_taxpayer.check),
        IdentifierType.CUSTOMS_REGISTRATION: Validator(customs_registration.compact, customs_registration.check),
        IdentifierType.EORI: Validator(eori.compact, eori.check),
        ReferenceType.CONTAINER: Validator(container.compact, container.check),
        ReferenceType.AIR_WAYBILL: Validator(air_waybill.compact, air_waybill.check),
        ReferenceType.POSTAL_ITEM: Validator(postal_item.compact, postal_item.check),
        ReferenceType.VESSEL: Validator(vessel.compact, vessel.check),
    }
)
"""The kinds that have a rule. The others (passport, account, bill, plate, seal…) have no form that is known to all."""


def check(kind: IdentifierType | ReferenceType, text: str) -> Check:
    """Check ``text`` as an identifier of that kind; a kind without a rule is OK unless nothing is there."""
    validator = VALIDATORS.get(kind)
    if validator is not None:
        return validator.check(text)
    return Check.OK if compact(kind, text) else Check.ABSENT


def compact(kind: IdentifierType | ReferenceType, text: str) -> str:
    """Give the normal form of ``text`` as an identifier of that kind: what two spellings are compared by."""
    validator = VALIDATORS.get(kind)
    return (validator.compact if validator else normal_form.compact)(text)
