"""The tables of offices, people, roles and sign-in."""

from tidewaiter.node.accounts.models.grants import RoleGrant
from tidewaiter.node.accounts.models.offices import Office
from tidewaiter.node.accounts.models.people import Person
from tidewaiter.node.accounts.models.sign_in import SignInAttempt, SignInLock, TokenBucket

__all__ = ["Office", "Person", "RoleGrant", "SignInAttempt", "SignInLock", "TokenBucket"]
