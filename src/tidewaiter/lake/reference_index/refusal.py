"""Why an index is not used."""


class IndexRefused(Exception):
    """An index that cannot be trusted or opened; the message says what is wrong with which file, and what to do."""
