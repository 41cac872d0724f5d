"""Profiles (selectivity criteria): a small typed language, checked, explained and run in bulk.

``Profiles.load`` reads a file; ``screen_profiles`` and ``run_profiles`` run it on a batch; ``matches`` is the same for
one consignment, interpreted; ``Profiles.describe`` and ``Profiles.explain`` say why. The language stands in
``docs/reference/profile-language.md``, which ``reference_markdown`` writes.
"""

from tidewaiter.screening.profiles.dump import dump, dump_profiles
from tidewaiter.screening.profiles.earlier import Earlier
from tidewaiter.screening.profiles.explain import Reason
from tidewaiter.screening.profiles.problems import Problem, ProfileErrors
from tidewaiter.screening.profiles.profile import Profile
from tidewaiter.screening.profiles.profile_set import ProfileRun, Profiles, run_profiles, screen_profiles
from tidewaiter.screening.profiles.rates import Rates
from tidewaiter.screening.profiles.reference import reference_markdown
from tidewaiter.screening.profiles.scalar import matches
from tidewaiter.screening.profiles.words import as_words

__all__ = [
    "Earlier",
    "Problem",
    "Profile",
    "ProfileErrors",
    "ProfileRun",
    "Profiles",
    "Rates",
    "Reason",
    "as_words",
    "dump",
    "dump_profiles",
    "matches",
    "reference_markdown",
    "run_profiles",
    "screen_profiles",
]
