"""Reasons of a line as data: kind, rule, the words that decided, and a sentence in each language."""

from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.domain.vocabulary import HitKind, SelectionOrigin
from tidewaiter.refdata.languages import LANGUAGES
from tidewaiter.selection.reasons import LIMIT, opening, sentences
from tidewaiter.selection.wording import Describers, clean, hit_sentence

Row = Mapping[str, Any]
Reason = dict[str, Any]

TIP, RANDOM = "tip", "random"
KINDS = (TIP, HitKind.WATCHLIST.value, HitKind.PROFILE.value, HitKind.TERM.value, RANDOM)
"""The kinds of reason, strongest first."""

_MACAO, _HONG_KONG = "zh-Hant-MO", "zh-Hant"


def told(
    row: Row, hits: Sequence[Row], consignment: Row, share: tuple[int, int], describers: Describers
) -> list[Reason]:
    """Give the reasons of a row of the selection in all languages; the arguments are those of `selection.sentences`.

    Which hits are told and in which order is decided there, once; here each is told in the other languages too.
    """
    wanted = sentences(row, hits, consignment, share, describers, language="en", limit=LIMIT)
    by_sentence: dict[str, Row] = {}
    for hit in hits:
        by_sentence.setdefault(hit_sentence(hit, consignment, describers, "en"), hit)
    found: list[Reason] = []
    for sentence in wanted:
        if sentence not in by_sentence:
            found.append(_random(row, share, with_hits=bool(hits)))
        else:
            hit = by_sentence[sentence]
            texts = {tag: hit_sentence(hit, consignment, describers, tag) for tag in LANGUAGES}
            found.append(
                {
                    "kind": hit["kind"],
                    "rule": hit["rule"],
                    "source": "",
                    "mandatory": bool(hit["mandatory"]),
                    "priority": int(hit["priority"]),
                    "mark": clean(hit["text"] or ""),
                    "texts": in_few(texts),
                }
            )
    return found


def _random(row: Row, share: tuple[int, int], *, with_hits: bool) -> Reason:
    texts = {tag: opening(*share, with_hits=with_hits, language=tag) for tag in LANGUAGES}
    probability = float(row["probability"])
    return {"kind": RANDOM, "rule": "", "source": "", "mark": "", "probability": probability, "texts": in_few(texts)}


def of_tip(rule: str, source: str, texts: Mapping[str, str], handling: str = "") -> Reason:
    """The reason that a tip gives: its number, who sent it, its sentence by BCP 47 tag (English at least)."""
    if not texts.get("en"):
        raise ValueError("a tip's reason needs its sentence in English at least")
    return {"kind": TIP, "rule": rule, "source": source, "mark": "", "handling": handling, "texts": in_few(texts)}


def in_few(texts: Mapping[str, str]) -> dict[str, str]:
    """Leave out Macao's Chinese where it is Hong Kong's."""
    same = texts.get(_MACAO) == texts.get(_HONG_KONG)
    return {tag: text for tag, text in texts.items() if not (tag == _MACAO and same)}


def sentence(reason: Reason, tag: str) -> str:
    """The sentence of a reason in a language; Macao's Chinese falls back to Hong Kong's, all else to English."""
    texts = reason["texts"]
    fallback = texts.get(_HONG_KONG) if tag == _MACAO else None
    return str(texts.get(tag) or fallback or texts["en"])


def kinds_of(reasons: Sequence[Reason]) -> str:
    """The kinds between strokes, in the order of ``KINDS``: ``|tip|profile|``."""
    present = {reason["kind"] for reason in reasons}
    return "".join(f"|{kind}" for kind in KINDS if kind in present) + ("|" if present else "")


def with_tips(tips: Sequence[Reason], others: Sequence[Reason]) -> list[Reason]:
    """Put tips before the other reasons; a later one of the same number replaces an earlier one."""
    by_rule = {reason["rule"]: reason for reason in tips}
    return [*by_rule.values(), *(reason for reason in others if reason["kind"] != TIP)]


def tips_in(reasons: Sequence[Reason]) -> list[Reason]:
    """The tips among reasons."""
    return [reason for reason in reasons if reason["kind"] == TIP]


def origin_of(row: Row) -> str:
    """The origin of a selected row, as the closed list `selection_origin` has it."""
    found = SelectionOrigin(row["origin"])
    return found.value
