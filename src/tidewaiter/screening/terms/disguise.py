"""Judge whether words that share a term's skeleton are that term, and how plainly they say so.

Sharing a skeleton is cheap: "mini kettle" holds the letters of a term "niket", and 8055 those of "boss". What counts
as the term: the same words; the same words with marks between letters, or spelled out letter by letter; letters that
are replaced by look-alikes, as long as most of what stands there are letters.
"""

from collections.abc import Sequence

from tidewaiter.domain.vocabulary import MatchManner
from tidewaiter.names.characters import is_mark, is_word_character, runs_on
from tidewaiter.names.fold import fold_text
from tidewaiter.names.look_alikes import skeleton_character
from tidewaiter.screening.terms.term import Piece, Term, pieces

# What ends a sentence or divides a list: words on both sides of it do not belong together.
_DIVIDES = set(",;:!?…。，、；：！？\n\r")
_FULL_STOP = ". "
# How far to look for a further letter of a word that is spelled out.
_NEAR = 32
# What stands between words and not within one.
_BETWEEN_WORDS = _DIVIDES | set('/\\|()[]{}"（）【】「」『』《》“”')


def judge(term: Term, text: str, start: int, end: int) -> tuple[MatchManner, int, int] | None:
    """Say how ``text[start:end]``, which has the letters of ``term``, is the term; None where it is not.

    Returns the strictest manner that explains it, and the extent of the hit: marks with which the term itself begins
    or ends belong to it, and so does an accent that follows.
    """
    whole = max(start - term.lead, 0), end + term.tail
    if text[slice(*whole)] == term.text:
        return MatchManner.EXACT, *whole
    while end < len(text) and is_mark(text[end]):
        end += 1
    for extent in ((start, end), whole):
        if fold_text(text[slice(*extent)]) == term.folded:
            return MatchManner.FOLDED, *extent
    manner = _disguised(term, text, start, end)
    return (manner, start, end) if manner else None


def _disguised(term: Term, text: str, start: int, end: int) -> MatchManner | None:
    found = [] if term.strict else list(pieces(text[start:end]))
    # An edge of the hit may lie within a character that becomes several, such as a ligature.
    if "".join(piece.shape for piece in found) != term.skeleton or not _gaps_are_believable(
        term, found, text, start, end
    ):
        return None
    if [piece.plain for piece in found] == term.plain:
        return MatchManner.SPACED
    return MatchManner.LOOK_ALIKE if _letters_are_believable(term, found) else None


def _letters_are_believable(term: Term, found: Sequence[Piece]) -> bool:
    """Whether the letters that differ look alike to a reader, and enough letters are left."""
    digits = 0
    same_script = False
    for ours, theirs in zip(found, term.pieces, strict=True):
        if ours.plain == theirs.plain:
            continue
        if ours.plain.isdigit() or theirs.plain.isdigit():
            digits += 1
        elif ours.plain.isascii() and ours.plain.isalpha() and theirs.plain.isascii() and theirs.plain.isalpha():
            same_script = True
    if digits * 2 > len(found) or len(found) - digits < 2:
        return False
    # A small l passes for a capital I only among capitals, and the other way round: "mail" is not "mall".
    shown = "".join((" " if piece.gap else "") + piece.original for piece in found)
    return not same_script or not (shown.islower() or shown.isupper() or shown.istitle())


def _gaps_are_believable(term: Term, found: list[Piece], text: str, start: int, end: int) -> bool:
    """Whether what stands between the letters can be a disguise, and not chance."""
    if not any(piece.gap for piece in found):
        return True
    han = [at for at in range(1, len(found)) if runs_on(found[at - 1].plain) or runs_on(found[at].plain)]
    if not _gaps_in_han_are_believable(term, found, han, text, start, end):
        return False
    breaks = [at for at in range(1, len(found)) if term.pieces[at].gap or at in han]
    segments = list(zip([0, *breaks], [*breaks, len(found)], strict=True))
    spelled_out = [_spelled_out(found[first:last]) for first, last in segments]
    for at in breaks:
        # Between two words of the term; letter by letter, any mark may stand there.
        if at not in han and _divides(found[at].gap, term.pieces[at].gap) and not any(spelled_out):
            return False
    for (first, last), spelled in zip(segments, spelled_out, strict=True):
        within = [piece.gap for piece in found[first + 1 : last] if piece.gap]
        if within and not spelled and any(_BETWEEN_WORDS & set(gap) or _has_blank(gap) for gap in within):
            return False
    if spelled_out[0] and not _stands_alone(found, found[1].gap, found[0], text[max(start - _NEAR, 0) : start][::-1]):
        return False
    return not spelled_out[-1] or _stands_alone(found, found[-1].gap, found[-1], text[end : end + _NEAR])


def _divides(gap: str, in_term: str) -> bool:
    """Whether a sentence ends or a list goes on in the gap between two words, where the term has nothing like it."""
    return bool(_DIVIDES & set(gap) - set(in_term)) or (_FULL_STOP in gap and "." not in in_term)


def _spelled_out(word: list[Piece]) -> bool:
    return len(word) > 1 and all(piece.gap for piece in word[1:])


def _has_blank(gap: str) -> bool:
    return any(character.isspace() for character in gap)


def _stands_alone(found: list[Piece], gap: str, edge: Piece, outwards: str) -> bool:
    """Whether letters spelled out one by one end where the hit ends.

    ``outwards`` is the text from the hit's edge outwards. A further single letter with the same gap continues the
    spelled-out word, unless it differs in kind: a digit, or another case.
    """
    gap_outside = ""
    for place, character in enumerate(outwards):
        if skeleton_character(character):
            if not is_word_character(character):
                return True
            beyond = outwards[place + 1 : place + 2]
            if beyond and is_word_character(beyond):
                return True
            return (
                gap_outside.strip() != gap.strip() or len(gap_outside) != len(gap) or _differs(found, edge, character)
            )
        gap_outside += character
    return True


def _differs(found: list[Piece], edge: Piece, neighbour: str) -> bool:
    if neighbour.isdigit() and not edge.original.isdigit():
        return True
    letters = "".join(piece.original for piece in found)
    return (letters.isupper() and neighbour.islower()) or (letters.islower() and neighbour.isupper())


def _gaps_in_han_are_believable(
    term: Term, found: list[Piece], han: list[int], text: str, start: int, end: int
) -> bool:
    gaps = [found[at].gap for at in han if not term.pieces[at].gap]
    filled = [gap for gap in gaps if gap]
    if not filled:
        return True
    if any(_DIVIDES & set(gap) for gap in filled):
        # The same mark after each character is a disguise; a comma somewhere is the end of a phrase.
        return len(gaps) > 1 and len(set(gaps)) == 1
    if len(found) > 2 or not all(gap.isspace() for gap in filled):
        return True
    # Two characters with a blank between, both grown together with others: the end of one word, the start of the next.
    return not (runs_on(text[start - 1 : start] or " ") and runs_on(text[end : end + 1] or " "))
