"""Code lists as package data: each with its source, licence and date (``data/SOURCES.toml``).

Every list is read on first use and kept; importing this package reads nothing. Words exist in the languages of
``languages.LANGUAGES``. ``docs/reference/refdata.md`` says how complete each list is.
"""
