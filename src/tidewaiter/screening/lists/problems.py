"""What can be wrong with a list, in words for the people who keep it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a list that was left out, or one thing about it that someone should look at."""

    file: str
    line: int
    """From 1, where the line begins; 0 where the problem concerns the file as a whole."""
    column: str
    """Name of the column; empty where the problem concerns the line as a whole."""
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}: {self.message}" if self.column else f"{place}: {self.message}"


class ListError(ValueError):
    """A list cannot be used at all: it is empty, or columns are missing. The text says which and where."""
