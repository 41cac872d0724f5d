"""Folding and searching of free text, one text at a time and in bulk, with the same outcome."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from tidewaiter.names import fold_column
from tidewaiter.names.characters import is_letter_or_digit, runs_on


def fold_all(texts: pl.Series) -> pl.Series:
    """Fold a column of texts as `names.fold_text` does; a missing text stays missing."""
    folded = pl.from_arrow(fold_column(texts.to_arrow().cast("large_string")))
    assert isinstance(folded, pl.Series)
    return folded


def holds(folded: str, phrases: Sequence[str]) -> bool:
    """Say whether a folded text holds one of the folded phrases.

    A phrase that begins (ends) with a letter or digit of a script with spaces must begin (end) a word there: "cap" is
    not in "capacitor". Chinese characters stand without spaces (`names.characters.runs_on`), so next to them a word
    may begin and end anywhere.
    """
    return any(_holds(folded, phrase) for phrase in phrases)


def _holds(folded: str, phrase: str) -> bool:
    if not phrase:
        return False
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        open_before = start == 0 or not (_in_word(phrase[0]) and _in_word(folded[start - 1]))
        open_after = end == len(folded) or not (_in_word(phrase[-1]) and _in_word(folded[end]))
        if open_before and open_after:
            return True
        start = folded.find(phrase, start + 1)
    return False


def _in_word(sign: str) -> bool:
    return is_letter_or_digit(sign) and not runs_on(sign)


def search(folded: pl.Series, wanted: dict[str, tuple[str, ...]]) -> dict[str, np.ndarray]:
    """Answer many questions about a column of folded texts: for each key a boolean array, false where text is missing.

    ``wanted`` maps a key to folded phrases. One pass over the column finds the few texts that hold any phrase at all.
    """
    every = sorted({phrase for phrases in wanted.values() for phrase in phrases if phrase})
    answers = {key: np.zeros(len(folded), dtype=bool) for key in wanted}
    if not every:
        return answers
    some = folded.str.contains_any(every).fill_null(False).arg_true()
    kept = folded.gather(some)
    places = some.to_numpy()
    for key, phrases in wanted.items():
        real = [phrase for phrase in phrases if phrase]
        if not real:
            continue
        near = kept.str.contains_any(real).arg_true().to_numpy()
        near_texts = kept.gather(near).to_list()
        sure = [place for place, text in zip(near, near_texts, strict=True) if holds(text, real)]
        answers[key][places[sure]] = True
    return answers
