"""What people are told when something they asked for is not done."""


class Refused(Exception):
    """A wish that cannot be fulfilled as it stands. Nothing was changed. ``field`` names the form's field, if one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
