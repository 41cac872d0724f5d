"""Folding and searching of free text, one text at a time and in bulk, with the same outcome."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import polars as pl
import pyarrow as pa
from ahocorasick_rs import BytesAhoCorasick

from tidewaiter.names import fold_column, streams
from tidewaiter.names.characters import is_word_character
from tidewaiter.names.tables import word_flags

_EDGE = 1
"""Marks the edge of a word. A control character: folding takes it out of texts."""


def fold_all(texts: pl.Series) -> pl.Series:
    """Fold a column of texts as `names.fold_text` does; a missing text stays missing."""
    folded = pl.from_arrow(fold_column(texts.to_arrow().cast(pa.large_string())))
    assert isinstance(folded, pl.Series)
    return folded


def holds(folded: str, phrases: Sequence[str]) -> bool:
    """Say whether a folded text holds one of the folded phrases.

    A phrase that begins (ends) with a letter or digit of a script with spaces must begin (end) a word there: "cap" is
    not in "capacitor". Chinese characters stand without spaces, so next to them a word may begin and end anywhere
    (`names.characters.is_word_character`).
    """
    return any(_holds(folded, phrase) for phrase in phrases)


def _holds(folded: str, phrase: str) -> bool:
    if not phrase:
        return False
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        open_before = start == 0 or not (is_word_character(phrase[0]) and is_word_character(folded[start - 1]))
        open_after = end == len(folded) or not (is_word_character(phrase[-1]) and is_word_character(folded[end]))
        if open_before and open_after:
            return True
        start = folded.find(phrase, start + 1)
    return False


def search(folded: pl.Series, wanted: Mapping[str, Sequence[str]]) -> dict[str, np.ndarray]:
    """Answer many questions about a column of folded texts (without nulls): for each key a boolean array.

    ``wanted`` maps a key to folded phrases. All phrases are looked for in one pass. What `holds` says about the edges
    of words becomes plain text first: an edge sign is set around each word, in the texts and in the phrases.
    """
    owners: dict[str, list[str]] = {}
    for key, phrases in wanted.items():
        for phrase in phrases:
            if phrase:
                owners.setdefault(phrase, []).append(key)
    answers = {key: np.zeros(len(folded), dtype=bool) for key in wanted}
    if not owners:
        return answers
    automaton = BytesAhoCorasick([_edged(phrase).encode() for phrase in owners])
    keys = list(owners.values())
    for stream in streams.streams(folded.to_arrow().cast(pa.large_string())):
        texts = streams.column_of(_edged_stream(stream.codes))
        offsets = np.frombuffer(texts.buffers()[1], np.int32)
        found = automaton.find_matches_as_indexes(texts.buffers()[2].to_pybytes(), overlapping=True)
        matches = np.array(found, dtype=np.int64).reshape(-1, 3)
        rows = np.searchsorted(offsets, matches[:, 1], side="right") - 1
        # The texts lie end to end: a match that runs into the next text is none.
        whole = matches[:, 2] <= offsets[rows + 1]
        phrase_of, rows = matches[whole, 0], stream.rows[rows[whole]]
        for place in np.unique(phrase_of):
            for key in keys[place]:
                answers[key][rows[phrase_of == place]] = True
    return answers


def _edged_stream(codes: np.ndarray) -> np.ndarray:
    """Set the edge sign wherever a word begins or ends in a stream of folded characters."""
    inside = word_flags()[codes] & (codes != streams.mark_of(codes))
    counts = np.ones(codes.size, dtype=np.intp)
    counts[1:] += inside[1:] != inside[:-1]
    edged = np.repeat(codes, counts)
    ends = np.cumsum(counts)
    edged[(ends - counts)[counts == 2]] = _EDGE
    return edged


def _edged(phrase: str) -> str:
    inside = [False, *map(is_word_character, phrase), False]
    edges = ["\x01" if here != after else "" for here, after in pairwise(inside)]
    return "".join(edge + sign for edge, sign in zip(edges, [*phrase, ""], strict=True))
