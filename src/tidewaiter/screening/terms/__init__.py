"""Brand and product terms in mixed Chinese, English and Portuguese text, also in disguise."""

from tidewaiter.screening.terms.compiled import Terms
from tidewaiter.screening.terms.screen import screen_terms
from tidewaiter.screening.terms.term import Term

__all__ = ["Term", "Terms", "screen_terms"]
