"""Writing accounts: each function is one transaction of policy, state, write and audit row."""

from tidewaiter.node.accounts.services.grants import grant_role, revoke_role
from tidewaiter.node.accounts.services.offices import add_office, load_offices, rename_office
from tidewaiter.node.accounts.services.people import (
    activate,
    change_password,
    create_first_administrator,
    create_person,
    deactivate,
    edit_person,
    reset_password,
    set_preferences,
)

__all__ = [
    "activate",
    "add_office",
    "change_password",
    "create_first_administrator",
    "create_person",
    "deactivate",
    "edit_person",
    "grant_role",
    "load_offices",
    "rename_office",
    "reset_password",
    "revoke_role",
    "set_preferences",
]
