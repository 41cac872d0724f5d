"""What can be done with accounts, for the audit log."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tidewaiter.node.audit.verbs import verb
from tidewaiter.node.audit.words import know_fields

SIGNED_IN: Final = verb("accounts.signed_in", _("{actor} signed in"))
SIGNED_OUT: Final = verb("accounts.signed_out", _("{actor} signed out"))
SIGN_IN_PAUSED: Final = verb("accounts.sign_in_paused", _("Sign-in with one account was paused after failed attempts"))
PASSWORD_CHANGED: Final = verb("accounts.password_changed", _("{actor} changed the password of {object}"))
PASSWORD_RESET: Final = verb("accounts.password_reset", _("{actor} gave {object} a one-time password"))
PREFERENCES_CHANGED: Final = verb("accounts.preferences_changed", _("{actor} changed the settings of {object}"))
CREATED: Final = verb("accounts.created", _("{actor} created the account {object}"))
EDITED: Final = verb("accounts.edited", _("{actor} edited the account {object}"))
DEACTIVATED: Final = verb("accounts.deactivated", _("{actor} deactivated the account {object}"))
ACTIVATED: Final = verb("accounts.activated", _("{actor} activated the account {object} again"))
ROLE_GRANTED: Final = verb("accounts.role_granted", _("{actor} granted a role to {object}"))
ROLE_REVOKED: Final = verb("accounts.role_revoked", _("{actor} revoked a role of {object}"))
FIRST_ADMINISTRATOR: Final = verb("accounts.first_administrator", _("The node was set up with administrator {object}"))
OFFICES_LOADED: Final = verb("accounts.offices_loaded", _("Offices were loaded below {object}"))
OFFICE_ADDED: Final = verb("accounts.office_added", _("{actor} added the office {object}"))
OFFICE_RENAMED: Final = verb("accounts.office_renamed", _("{actor} renamed the office {object}"))

know_fields(
    {
        "username": _("Username"),
        "name_latin": _("Name in Latin script"),
        "name_han": _("Name in Chinese characters"),
        "staff_number": _("Staff number"),
        "office": pgettext_lazy("organisation", "Office"),
        "offices": pgettext_lazy("organisation", "Offices"),
        "language": _("Language"),
        "theme": _("Theme"),
        "shortcuts": _("Keyboard shortcuts"),
        "active": _("Account open"),
        "role": _("Role"),
        "valid_from": _("Holds from"),
        "valid_until": _("Holds until"),
        "revoked_at": _("Revoked at"),
        "failures": _("Failed attempts"),
        "until": _("Until"),
        "parent": _("Office above it"),
        "names": _("Names"),
    }
)
