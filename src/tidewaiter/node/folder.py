"""A node's folder: made once, with its key, its tables, its offices and its first administrator."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from babel.core import get_global

from tidewaiter.node.config import FILE, PREFIX, Config, ConfigError

_KEY = "keys/secret_key"
_FOLDERS = ("lake", "files", "keys", "logs")


class CannotMake(Exception):
    """The folder cannot be made; the message says why, what was kept and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a new node is to be. ``settings`` are further variables for ``node.env``, without the prefix."""

    administration: str
    port: int = 8000
    language: str = "en"
    database_url: str = ""
    time_zone: str = ""
    username: str = "administrator"
    settings: tuple[tuple[str, str], ...] = ()


def make(folder: Path, wishes: Wishes) -> tuple[Config, str]:
    """Make the folder and fill the database; give the configuration and the first administrator's one-time password.

    Configures Django in this process for the new node. Raises CannotMake; what was begun in the folder is then removed.
    """
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise CannotMake(f"{folder} is not empty. Nothing was changed. Name a new folder, or an empty one")
    _check(folder, wishes)
    with _removed_on_failure(folder):
        _write(folder, wishes)
        config = enter(folder)
        return config, _fill(wishes)


def enter(folder: Path) -> Config:
    """Make this process work for the node in ``folder``: environment, settings, apps. Raises ConfigError."""
    os.umask(0o077)
    os.environ[PREFIX + "FOLDER"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "tidewaiter.node.settings"
    config = Config.load()
    import django

    django.setup()
    return config


def _check(folder: Path, wishes: Wishes) -> None:
    try:
        Config.read({PREFIX + "FOLDER": str(folder), PREFIX + "SECRET_KEY": "x" * 64, **_variables(wishes)})
    except ConfigError as wrong:
        raise CannotMake(f"{wrong}. Nothing was made") from None


def _variables(wishes: Wishes) -> dict[str, str]:
    values = {
        "ADMINISTRATION": wishes.administration,
        "PORT": str(wishes.port),
        "LANGUAGE": wishes.language,
        "TIME_ZONE": wishes.time_zone or zone_of(wishes.administration),
        "DATABASE_URL": wishes.database_url,
        **dict(wishes.settings),
    }
    return {PREFIX + name: value for name, value in values.items() if value}


def zone_of(administration: str) -> str:
    """Give the time zone of the administration's country or region, by CLDR; UTC where that is not known."""
    zones = sorted(zone for zone, place in get_global("zone_territories").items() if place == administration[:2])
    return zones[0] if zones else "UTC"


def _write(folder: Path, wishes: Wishes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in _FOLDERS:
        (folder / name).mkdir(mode=0o700)
    _private(folder / _KEY, secrets.token_urlsafe(48) + "\n")
    lines = [f"{name}={value}" for name, value in _variables(wishes).items()]
    head = "# What this node is told: docs/reference/node-settings.md. Restart it after a change."
    _private(folder / FILE, "\n".join([head, *lines, f"{PREFIX}SECRET_KEY_FILE={_KEY}", ""]))


def _private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _fill(wishes: Wishes) -> str:
    from django.core.management import call_command
    from django.db import DatabaseError

    from tidewaiter.node.accounts.services import offices, people
    from tidewaiter.node.partners.services import ensure_own_key

    try:
        call_command("migrate", verbosity=0, interactive=False)
        offices.load_offices()
        ensure_own_key()
        return people.create_first_administrator(wishes.username)
    except DatabaseError as wrong:
        raise CannotMake(
            f"the database cannot be used: {str(wrong).strip()}. The folder was removed again; the database may hold"
            " tables of this attempt, which the next one goes on with"
        ) from wrong


@contextmanager
def _removed_on_failure(folder: Path) -> Iterator[None]:
    existed = folder.exists()
    try:
        yield
    except BaseException:
        for path in folder.iterdir() if folder.exists() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if not existed:
            folder.rmdir()
        raise
