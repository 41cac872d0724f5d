"""Which database, and how careful it is: nothing is told to be done before it is on disk."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tidewaiter.node.config import Config

_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"


def database(config: Config) -> dict[str, Any]:
    """Give Django's entry for the node's database: PostgreSQL by its URL, else SQLite in the node's folder."""
    return postgresql(config.database_url) if config.database_url else sqlite(config)


def sqlite(config: Config) -> dict[str, Any]:
    """SQLite: readers beside one writer; a transaction takes the write lock at its start and waits 20 s for it.

    Connections are kept: to open one for each page costs its settings and what it has read of the file.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": config.folder / "db.sqlite3",
        "CONN_MAX_AGE": 300,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS},
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL: a commit is on disk before it is told; connections are kept, because pages are served by WSGI."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**dict(parse_qsl(parts.query)), "options": "-c synchronous_commit=on -c lock_timeout=20s"},
    }
