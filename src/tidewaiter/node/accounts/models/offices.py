"""Offices: a tree of any depth, which visibility follows."""

from django.db import models
from django.utils.translation import get_language

from tidewaiter.node.accounts.queries.offices import OfficeQuerySet
from tidewaiter.refdata import offices as refdata

TAGS = {"en": "en", "zh-hant": "zh-Hant", "zh-hans": "zh-Hans", "pt": "pt", "zh-hant-mo": "zh-Hant-MO"}
"""The tag of a page's language in reference data, by Django's code."""


class Office(models.Model):
    """One office or control point. Its primary key is its code, which no other office ever takes.

    ``path`` holds the codes from the top, each with a slash behind it, so that a prefix finds the offices below.
    ``own_names`` (by BCP 47 tag) are of an office that reference data does not know.
    """

    code = models.CharField(max_length=64, primary_key=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=600, unique=True)
    administration = models.CharField(max_length=32)
    own_names = models.JSONField(default=dict, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language; the code where nobody has named it."""
        return self.named(get_language() or "en")

    def named(self, language: str) -> str:
        """The name in ``language`` (Django's code). Macao's Chinese falls back to Hong Kong's, all else to English."""
        known = refdata.find(self.code)
        names = known.names if known else self.own_names
        tag = TAGS.get(language, "en")
        fallback = names.get("zh-Hant", "") if tag == "zh-Hant-MO" else ""
        return str(names.get(tag) or fallback or names.get("en") or self.code)

    @property
    def depth(self) -> int:
        """How far below the top of the administration it stands; 0 at the top."""
        return self.path.count("/") - 1

    def audit_label(self) -> str:
        """Its code, which reads the same in every language."""
        return self.code
