"""Versions of declarations: which messages speak of one declaration, and what holds at a moment.

Everything here works on the few messages that share a name or are not originals; all other originals are in force as
they stand. `keys` lets them find each other in a lake, `components` says which may have to do with each other, `plain`
settles most of them by a few columns, and `resolve` says of any messages what becomes of them.
"""

from tidewaiter.intake.versions.components import components
from tidewaiter.intake.versions.keys import keys
from tidewaiter.intake.versions.merging import Chain, composed
from tidewaiter.intake.versions.resolution import STATE, Resolution, resolve

__all__ = ["STATE", "Chain", "Resolution", "components", "composed", "keys", "resolve"]
