"""What is wrong with a file of profiles: every problem at its place, in words."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that an analyst must put right, or (a notice) should know."""

    file: str
    line: int
    """From 1; 0 where the problem concerns the file as a whole."""
    column: int
    """From 1; 0 where the problem concerns the file as a whole."""
    profile: str
    """Identifier of the profile; empty where none is known."""
    field: str
    """Key or field that is concerned, such as ``valid.from`` or ``destination.country``."""
    message: str
    suggestion: str = ""
    notice: bool = False
    """True where the file can be used all the same."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        about = ", ".join(part for part in (f"profile {self.profile}" if self.profile else "", self.field) if part)
        text = f"{place}: {about}: {self.message}" if about else f"{place}: {self.message}"
        return f"{text} {self.suggestion}" if self.suggestion else text


class ProfileErrors(ValueError):
    """A file of profiles, or of rates, cannot be used. Holds all its problems; as text, each on a line, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        count = len(self.problems)
        heading = "1 problem was found" if count == 1 else f"{count} problems were found"
        super().__init__("\n".join([f"{heading}; nothing of the file was used.", *map(str, self.problems)]))


def closest(word: str, choices: Iterable[str]) -> str:
    """Suggest the nearest of ``choices``, or list them where they are few; empty where nothing helps."""
    known = sorted(set(choices))
    folded = {choice.casefold(): choice for choice in known}
    near = difflib.get_close_matches(word.casefold().replace("-", "_"), folded, n=1, cutoff=0.6)
    if not near:
        near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    if near:
        return f"Did you mean '{folded[near[0]]}'?"
    return f"Use one of: {', '.join(known)}." if 0 < len(known) <= 16 else ""
