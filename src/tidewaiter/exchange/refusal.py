"""Why something from a neighbour, or meant for one, is refused."""

from enum import StrEnum


class Reason(StrEnum):
    """Codes of refusal; they travel in receipts, so a code never changes its meaning."""

    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    DUPLICATE_KEY = "duplicate_key"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    WRONG_TYPE = "wrong_type"
    MISSING = "missing"
    UNKNOWN_PROPERTY = "unknown_property"
    UNKNOWN_VALUE = "unknown_value"
    UNKNOWN_KIND = "unknown_kind"
    NEWER_VOCABULARY = "newer_vocabulary"
    BAD_FORMAT = "bad_format"
    CONTRADICTORY = "contradictory"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"
    KEY_NOT_VALID = "key_not_valid"
    NOT_THE_ORIGINATOR = "not_the_originator"
    CLOCK_SKEW = "clock_skew"
    VERSION_CONFLICT = "version_conflict"
    RECALLED = "recalled"


class Refused(ValueError):
    """Refused: a code for machines, a place, words for people; of the refused content at most a short piece."""

    def __init__(self, reason: Reason, words: str, place: str = "") -> None:
        self.reason = reason
        self.words = words
        self.place = place
        super().__init__(reason, words, place)

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words

    def within(self, step: str) -> "Refused":
        """The same refusal, told from one level further out."""
        joint = "" if not self.place or self.place.startswith("[") else "."
        return Refused(self.reason, self.words, f"{step}{joint}{self.place}")


def shortened(text: object, longest: int = 40) -> str:
    """A piece of foreign text as it may stand in a message: quoted, escaped, short."""
    shown = ascii(text) if not isinstance(text, str) or not text.isprintable() else repr(text)
    return shown if len(shown) <= longest else shown[:longest] + "…"
