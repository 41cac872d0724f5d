"""Bring differently written names and texts to one spelling, so that they can be compared.

``fold`` works on one string and keeps offsets; ``fold_bulk`` works on a column and agrees with it, character for
character. Both read the same rule, ``characters.fold_character``.
"""

from tidewaiter.names.fold import Folded, compact, fold, fold_name, fold_text, skeleton
from tidewaiter.names.fold_bulk import compact_column, fold_column, fold_name_column

__all__ = [
    "Folded",
    "compact",
    "compact_column",
    "fold",
    "fold_column",
    "fold_name",
    "fold_name_column",
    "fold_text",
    "skeleton",
]
