"""Which encoding a text is in, and the same text as UTF-8.

All later steps work on UTF-8 bytes. Bytes that do not decode become lone surrogates, which are not valid UTF-8: the row
that holds them is found by decoding and refused there, with its position, and its neighbours are kept.
"""

import codecs
from typing import BinaryIO

from tidewaiter.intake.compression import DamagedInput, read_up_to

BLOCK_BYTES = 4 << 20
"""Bytes that are read at a time."""

AUTO = "auto"
ENCODINGS = {
    AUTO: AUTO,
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "windows-1252": "cp1252",
    "iso-8859-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
}
"""Encodings that a mapping may name, and the codec of each. Those of Chinese contain their older subsets."""

_MARK = "tidewaiter.mark"
_SAMPLE = 256 * 1024
_FIRST_SAMPLE = 4096
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_MARK, _mark_undecodable)


class Utf8Blocks:
    """A stream of text in any encoding, as blocks of UTF-8 without a byte order mark.

    With ``auto`` the encoding is settled by a byte order mark, by the null bytes of UTF-16, or else by the first block
    that is not plain ASCII. ``damage`` says why the stream ended early, if it did.
    """

    def __init__(self, stream: BinaryIO, encoding: str = AUTO) -> None:
        self._stream = stream
        self.encoding = ENCODINGS[encoding]
        self.damage: DamagedInput | None = None
        self._decoder: codecs.IncrementalDecoder | None = None
        self._at_start = True
        self._ended = False
        self._ahead = b""

    def peek(self) -> bytes:
        """Give the first block without consuming it."""
        if self._at_start:
            self._ahead = self.next_block()
        return self._ahead

    def next_block(self, size: int = BLOCK_BYTES) -> bytes:
        """Give the next bytes, some of them ending within a line; none at the end."""
        if self._ahead:
            ahead, self._ahead = self._ahead, b""
            return ahead
        while not self._ended:
            raw = self._raw(size)
            self._ended = len(raw) < size
            if self._at_start:
                raw = self._without_mark(raw)
                self._at_start = False
            if self.encoding == AUTO and not raw.isascii():
                self.encoding = guess(raw)
            block = self._transcode(raw)
            if block:
                return block
        return b""

    def _raw(self, size: int) -> bytes:
        """Read a whole block even where the stream gives less at a time: the work per block is what costs."""
        raw, damage = read_up_to(self._stream, size)
        self.damage = self.damage or damage
        return raw

    def _without_mark(self, raw: bytes) -> bytes:
        for mark, encoding in _BYTE_ORDER_MARKS:
            if raw.startswith(mark) and self.encoding in (AUTO, "utf-16", encoding):
                self.encoding = encoding
                return raw[len(mark) :]
        if self.encoding in (AUTO, "utf-16"):
            self.encoding = _unmarked_utf16(raw) or ("utf-16-le" if self.encoding == "utf-16" else AUTO)
        return raw

    def _transcode(self, raw: bytes) -> bytes:
        if self.encoding in (AUTO, "utf-8"):
            return raw
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder(self.encoding)(_MARK)
        return self._decoder.decode(raw, final=self._ended).encode("utf-8", "surrogatepass")


def guess(sample: bytes) -> str:
    """Guess the encoding of a text that is not all ASCII: UTF-8, GB 18030 or Big5-HKSCS.

    The encoding in which most of the lines that are not ASCII decode; between the two Chinese ones, that in which more
    of the characters are frequent ones. Both standards put the frequent characters first: GB 2312 level 1 in rows 16 to
    55 (lead bytes B0 to D7), Big5 level 1 under lead bytes A4 to C6.
    """
    lines = [line for line in sample[:_SAMPLE].split(b"\n") if not line.isascii()]
    if len(lines) > 1 and len(sample) >= _SAMPLE:
        lines.pop()
    scores = {
        "utf-8": (_share_decoded(lines, "utf-8"), 1.0),
        "gb18030": (_share_decoded(lines, "gb18030"), _share_frequent(lines, 0xB0, 0xD7, 0xA1)),
        "big5hkscs": (_share_decoded(lines, "big5hkscs"), _share_frequent(lines, 0xA4, 0xC6, 0x40)),
    }
    if scores["utf-8"][0] >= 0.5:
        return "utf-8"
    best = max(("gb18030", "big5hkscs"), key=lambda name: (round(scores[name][0], 1), scores[name][1]))
    return best if scores[best][0] >= 0.5 else "utf-8"


def _share_decoded(lines: list[bytes], encoding: str) -> float:
    decoded = 0
    for line in lines:
        try:
            line.decode(encoding)
        except UnicodeDecodeError:
            continue
        decoded += 1
    return decoded / max(len(lines), 1)


def _share_frequent(lines: list[bytes], first: int, last: int, trail: int) -> float:
    """Give the share of double-byte characters whose lead byte marks them as frequent."""
    pairs = frequent = 0
    for line in lines:
        at = 0
        while at < len(line) - 1:
            if line[at] < 0x80:
                at += 1
                continue
            pairs += 1
            frequent += first <= line[at] <= last and line[at + 1] >= trail
            at += 2
    return frequent / max(pairs, 1)


def _unmarked_utf16(raw: bytes) -> str | None:
    """Recognise UTF-16 without a mark: ASCII characters give null bytes in one half of the places.

    The other half has few: U+4E00, the Chinese one, is among them.
    """
    sample = raw[:_FIRST_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(3, len(sample) // 32) or min(even, odd) > max(even, odd) // 4:
        return None
    little = odd > even
    line_end = b"\n\0" if little else b"\0\n"
    aligned = any(sample[at : at + 2] == line_end for at in range(0, len(sample), 2))
    return ("utf-16-le" if little else "utf-16-be") if aligned else None
