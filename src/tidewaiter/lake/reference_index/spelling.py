"""How references are spelt: one folded form for what people type and what was declared, and a few short forms.

Folding is `names.compact`: width, case, blanks, hyphens, middle dots and other punctuation go, traditional characters
become simplified ones. ``粵Z·K417港`` and ``粤Z K417 港`` are one plate.
"""

import re

import pyarrow as pa
import pyarrow.compute as pc

from tidewaiter.domain.vocabulary import IdentifierType, ReferenceType
from tidewaiter.names import compact, compact_column

__all__ = ["CODE", "CONSIGNMENT_ID", "KINDS", "MESSAGE_ID", "PHONE", "forms", "forms_column", "same", "spellings"]

CONSIGNMENT_ID = "consignment_id"
MESSAGE_ID = "message_id"
PHONE = "phone"

KINDS: tuple[str, ...] = (
    CONSIGNMENT_ID,
    MESSAGE_ID,
    PHONE,
    *(kind.value for kind in ReferenceType),
    *(kind.value for kind in IdentifierType),
)
"""All kinds of reference; the place of a kind is its code in a segment, so new ones are added at the end."""
CODE = {kind: code for code, kind in enumerate(KINDS)}

# What goes from a folded text to give its short form: IMO before a ship's number, the country code of a telephone.
_SHORTENED = {
    ReferenceType.VESSEL.value: re.compile(r"^imo([0-9]{7})$"),
    PHONE: re.compile(r"^(?:86([1-9][0-9]{8,10})|85[23]([2-9][0-9]{7}))$"),
}
# 00 before the country code, and the mainland's trunk prefix after it, are dialled or not: the number is the same.
_DIALLED = re.compile(r"^00(?=[1-9][0-9]{5,})")
_TRUNK = re.compile(r"^860(?=[1-9][0-9]{8,10}$)")
# A lorry that crosses a boundary often bears two plates, declared in one field.
_BETWEEN_PLATES = re.compile(r"[/／;；,，、|｜]")


def forms(kind: str, text: str) -> set[str]:
    """Give the folded text, and the short forms that a reference of this kind goes by; none where nothing is left."""
    whole = _whole(kind, text)
    found = {whole}
    shorter = _SHORTENED[kind].match(whole) if kind in _SHORTENED else None
    if shorter is not None:
        found.add(next(part for part in shorter.groups() if part))
    if kind == ReferenceType.PLATE:
        found.update(compact(part) for part in _BETWEEN_PLATES.split(text))
    return found - {""}


def _whole(kind: str, text: str) -> str:
    return _undialled(compact(text)) if kind == PHONE else compact(text)


def _undialled(number: str) -> str:
    return _TRUNK.sub("86", _DIALLED.sub("", number))


def spellings(kind: str | None, text: str) -> set[str]:
    """Give all folded forms under which a reference that somebody typed may stand; ``kind`` None: of any kind."""
    kinds = (kind,) if kind is not None else (ReferenceType.PLATE.value, *_SHORTENED)
    return set().union(*(forms(one, text) for one in kinds))


def same(kind: str, typed: str, declared: str) -> bool:
    """Whether a declared reference of this kind is the one that was typed.

    The whole of one must be the whole or a short form of the other: two telephones of two countries that share a
    number within them are not the same.
    """
    return _whole(kind, typed) in forms(kind, declared) or _whole(kind, declared) in forms(kind, typed)


def _undialled_column(column: pa.Array) -> pa.Array:
    dialled = pc.match_substring_regex(column, "^(?:00|860)")
    if not pc.any(dialled).as_py():
        return column
    changed = [_undialled(one) for one in column.filter(dialled).to_pylist()]
    return pc.replace_with_mask(column, dialled, pa.array(changed, pa.string()))


def forms_column(kind: str, column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Give the forms of a column without nulls, as ``(row, form)``: int64 positions and texts, as `forms` does."""
    whole = compact_column(column)
    if kind == PHONE:
        whole = _undialled_column(whole)
    rows, texts = [pa.array(range(len(column)), pa.int64())], [whole]
    special = None
    if kind in _SHORTENED:
        special = pc.match_substring_regex(whole, _SHORTENED[kind].pattern)
    elif kind == ReferenceType.PLATE:
        special = pc.match_substring_regex(column, _BETWEEN_PLATES.pattern)
    if special is not None and pc.any(special).as_py():
        places = rows[0].filter(special)
        declared = zip(places.to_pylist(), column.filter(special).to_pylist(), strict=True)
        more = [(row, form) for row, text in declared for form in forms(kind, text) - {_whole(kind, text)}]
        rows.append(pa.array([row for row, _ in more], pa.int64()))
        texts.append(pa.array([form for _, form in more], pa.string()))
    row, text = pa.concat_arrays(rows), pa.concat_arrays(texts)
    kept = pc.greater(pc.binary_length(text), 0)
    return row.filter(kept), text.filter(kept)
