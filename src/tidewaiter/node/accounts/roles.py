"""The roles of people, and the closed lists of what a person can choose."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does. A role is granted for an office and reaches all offices below it."""

    ANALYST = "analyst", _("Targeting analyst")
    OFFICER = "officer", _("Frontline officer")
    INTELLIGENCE = "intelligence", _("Intelligence and liaison officer")
    COORDINATOR = "coordinator", _("Operation coordinator")
    CASE_OFFICER = "case_officer", _("Case officer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


class Language(models.TextChoices):
    """The languages of pages, each by its own name. The codes are Django's."""

    ENGLISH = "en", "English"
    TRADITIONAL_CHINESE = "zh-hant", "繁體中文"
    SIMPLIFIED_CHINESE = "zh-hans", "简体中文"
    PORTUGUESE = "pt", "Português"
    MACAO_CHINESE = "zh-hant-mo", "繁體中文（澳門）"


class Theme(models.TextChoices):
    """Light or dark; ``AUTO`` follows the device."""

    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light theme")
    DARK = "dark", _("Dark theme")
