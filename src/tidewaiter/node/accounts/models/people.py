"""People who work in the node."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from tidewaiter.node.accounts.models.offices import Office
from tidewaiter.node.accounts.queries.people import PersonQuerySet
from tidewaiter.node.accounts.reach import Reach
from tidewaiter.node.accounts.roles import Language, Role, Theme


class PersonManager(BaseUserManager["Person"].from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by what they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of that username, as typed; raises Person.DoesNotExist."""
        return self.get(username=fold_username(username or ""))  # type: ignore[no-any-return]


def fold_username(typed: str) -> str:
    """Give a username as it is stored: NFKC, lower case, without spaces around it."""
    return AbstractBaseUser.normalize_username(typed.strip()).casefold()


class Person(AbstractBaseUser):
    """One person. Never deleted, because audit rows name people; deactivated instead.

    ``session_epoch`` is part of what every session proves, so that raising it ends all sessions of the person at once.
    """

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=64, unique=True)
    name_latin = models.CharField(max_length=120, blank=True)
    name_han = models.CharField(max_length=60, blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="people")
    language = models.CharField(max_length=12, choices=Language.choices, default=Language.ENGLISH)
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.AUTO)
    shortcuts = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PersonManager()

    class Meta:
        ordering = ("username",)
        constraints = (
            models.UniqueConstraint(
                fields=["staff_number"], condition=~models.Q(staff_number=""), name="accounts_staff_number"
            ),
        )

    def __str__(self) -> str:
        return self.username

    @property
    def name(self) -> str:
        """The name in the script of the active language, else in the other, else the username."""
        first, second = self.name_latin, self.name_han
        if (get_language() or "").startswith("zh"):
            first, second = second, first
        return first or second or self.username

    def reach(self, *roles: Role | str) -> frozenset[str]:
        """The codes of all offices that these roles (any role where none is given) reach now; empty if deactivated."""
        return self._reach_now.offices(*roles)

    def has_role(self, role: Role | str, office: Office | str | None = None) -> bool:
        """Whether the person has the role now, for ``office`` where one is given, else for any."""
        reached = self.reach(role)
        return bool(reached) if office is None else str(getattr(office, "pk", office)) in reached

    @property
    def roles(self) -> frozenset[str]:
        """The roles that the person has now, somewhere."""
        return self._reach_now.roles

    def forget_reach(self) -> None:
        """Read the grants again when they are next asked for; call it after a grant has changed."""
        self.__dict__.pop("_reach", None)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the person again, and the grants with it."""
        self.forget_reach()
        super().refresh_from_db(*args, **kwargs)

    @property
    def _reach_now(self) -> Reach:
        """Read once for this object, which lives for one request, and again when a grant has begun or ended since."""
        now: datetime = timezone.now()
        kept: Reach | None = self.__dict__.get("_reach")
        if kept is None or not kept.valid_at(now):
            kept = Reach.of(self, now)
            self.__dict__["_reach"] = kept
        return kept

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}:{self.session_epoch}"
        salt = "tidewaiter.node.accounts.Person.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()
