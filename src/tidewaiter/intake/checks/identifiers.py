"""Identifiers of goods, conveyances and parties: form and check digit, each by its type."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from tidewaiter.domain.identifiers import Check
from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.intake.checks.check_digits import COLUMN_CHECKS, ColumnCheck, Statuses
from tidewaiter.intake.checks.flags import Doubts, Elements, FlagCode

_CHECKS_OF = {
    FlagCode.WRONG_FORMAT: (Check.WRONG_LENGTH, Check.WRONG_FORMAT),
    FlagCode.WRONG_REGION: (Check.WRONG_REGION,),
    FlagCode.WRONG_DATE: (Check.WRONG_DATE,),
    FlagCode.WRONG_CHECK_DIGIT: (Check.WRONG_CHECK_DIGIT,),
}
_REFERENCE_RULES = {kind.value: COLUMN_CHECKS[kind] for kind in ReferenceType if kind in COLUMN_CHECKS}
_IDENTIFIER_RULES = {kind.value: COLUMN_CHECKS[kind] for kind in IdentifierType if kind in COLUMN_CHECKS}


def doubt_identifiers(references: Elements, parties: Elements, doubts: Doubts) -> None:
    """Note references and parties' identifiers that do not meet the rule of their type; one that is absent passes."""
    for elements, type_name, name, rules in (
        (references, "type", "value", _REFERENCE_RULES),
        (parties, "identifier_type", "identifier", _IDENTIFIER_RULES),
    ):
        statuses = _statuses(elements.column(type_name), elements.column(name), rules)
        if statuses.any():
            for code, checks in _CHECKS_OF.items():
                doubts.add_elements(code, elements, name, np.isin(statuses, checks))


def _statuses(types: pa.Array, values: pa.Array, rules: Mapping[str, ColumnCheck]) -> Statuses:
    """The check of each value by its own type; OK for a type without a rule, and for a value that is absent."""
    encoded = types.dictionary_encode()
    type_of = encoded.indices.to_numpy(zero_copy_only=False)
    statuses = np.full(len(values), Check.OK, dtype=np.uint8)
    for index, name in enumerate(encoded.dictionary.to_pylist()):
        rule = rules.get(name)
        if rule is not None:
            chosen = np.flatnonzero(type_of == index)
            statuses[chosen] = rule(values.take(chosen))
    statuses[statuses == Check.ABSENT] = Check.OK
    return statuses
