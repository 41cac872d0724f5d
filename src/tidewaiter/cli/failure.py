"""An error for the person at the terminal."""


class Failure(Exception):
    """Ends the command with a message that says what happened, where, what was kept and what to do."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
