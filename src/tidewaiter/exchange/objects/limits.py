"""How large what a neighbour sends may be."""

OBJECT_BYTES = 256 * 1024
ENVELOPE_BYTES = 10 * 1024 * 1024
BATCH_OBJECTS = 500
DEPTH = 24
"""Levels of nesting; our own objects need eight."""
STRING = 64 * 1024
"""Characters in one text."""
MEMBERS = 5_000
"""Members of one list or object."""
LARGEST_INTEGER = 2**53 - 1
"""RFC 8785 and RFC 7493: what every JSON reader holds exactly."""
