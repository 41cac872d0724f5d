"""What reference data raises when it is asked for something that it does not hold."""

from collections.abc import Iterable

SHOWN = 20


class UnknownCode(LookupError):
    """A code that stands on no list. Says which codes come close, or which exist where the list is short.

    ``kind`` names the list in the singular (``region``), ``code`` is what was asked for, ``close`` the near ones.
    """

    def __init__(self, kind: str, code: str, known: Iterable[str]) -> None:
        codes = sorted(known)
        self.kind = kind
        self.code = code
        self.close = tuple(_close(code, codes))
        if self.close:
            advice = f"did you mean {' or '.join(self.close)}?"
        elif len(codes) <= SHOWN:
            advice = f"known are: {', '.join(codes)}"
        else:
            advice = f"none of the {len(codes)} known codes comes close"
        super().__init__(f"unknown {kind} code {code!r}: {advice}")


def _close(code: str, codes: list[str]) -> list[str]:
    """Up to three codes that look like ``code``, whatever its case."""
    import difflib

    folded = {known.casefold(): known for known in codes}
    wanted = code.strip().casefold().replace(" ", "_").replace("-", "_")
    exact = [folded[form] for form in (code.strip().casefold(), wanted) if form in folded]
    if exact:
        return exact[:1]
    return [folded[near] for near in difflib.get_close_matches(wanted, folded, n=3, cutoff=0.6)]
