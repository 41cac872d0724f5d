"""Versions of declarations: which messages speak of one declaration, and what holds at a moment.

Everything here works on the few messages that share a key or are not originals; all other originals are in force as
they stand. `keys` finds the few in a lake, `resolve` says what becomes of them.
"""

from tidewaiter.intake.versions.keys import keys
from tidewaiter.intake.versions.resolution import STATE, Resolution, resolve

__all__ = ["STATE", "Resolution", "keys", "resolve"]
