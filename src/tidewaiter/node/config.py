"""What a node is told: read from TIDEWAITER_ variables and ``node.env``, checked, and typed."""

# ruff: noqa: RUF009 - _setting gives a dataclass field

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tidewaiter.refdata.offices import offices

PREFIX = "TIDEWAITER_"
FILE = "node.env"

LANGUAGE_CODES = ("en", "zh-hant", "zh-hans", "pt", "zh-hant-mo")
"""The languages of pages, as Django codes."""

_OF_THE_CHECKS = {"TIDEWAITER_SKIP_REPORT", "TIDEWAITER_TEST_POSTGRES"}


class ConfigError(Exception):
    """A setting is missing, unknown or wrong. The message names it and says what to do."""


def _setting(read: Callable[[str], Any], about: str, *, default: Any = MISSING, secret: bool = False) -> Any:
    meta = {"read": read, "about": about, "secret": secret}
    return field(metadata=meta) if default is MISSING else field(default=default, metadata=meta)


def _administration(text: str) -> str:
    known = sorted({office.administration for office in offices()})
    if text not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return text


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text

    return read


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return read


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError, LookupError) as wrong:
        raise ValueError("must be the name of a time zone, such as Asia/Hong_Kong") from wrong
    return text


def _origin(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be an address such as https://node.example, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _secret_key(text: str) -> str:
    if len(text) < 50:
        raise ValueError("must have at least 50 characters; `tidewaiter node init` makes a good one")
    return text


def _database(text: str) -> str:
    if urlsplit(text).scheme not in {"postgresql", "postgres", ""}:
        raise ValueError("must be postgresql://user:password@host:5432/name, or empty for SQLite in the node's folder")
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for part in text.split(",") if (word := part.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All that a node is told. Each field is the variable TIDEWAITER_ and its name in capitals."""

    folder: Path = _setting(Path, "The node's folder, made by `tidewaiter node init`.")
    administration: str = _setting(_administration, "Whose node this is: the code of an administration.")
    secret_key: str = _setting(_secret_key, "Signs sessions and tickets; at least 50 characters.", secret=True)
    database_url: str = _setting(
        _database, "postgresql://… for PostgreSQL; SQLite in the node's folder where empty.", default="", secret=True
    )
    language: str = _setting(
        _choice(*LANGUAGE_CODES), "Language of who has not chosen one: " + ", ".join(LANGUAGE_CODES) + ".", default="en"
    )
    time_zone: str = _setting(_zone, "Zone in which times are shown; the database holds UTC.", default="UTC")
    host: str = _setting(str, "Address to listen on.", default="127.0.0.1")
    port: int = _setting(_whole(1, 65535), "Port of the pages.", default=8000)
    live_port: int = _setting(
        _whole(0, 65535), "Port of the live stream; 0 takes the port after that of the pages.", default=0
    )
    address: str = _setting(
        _origin, "Where people reach the node, with http or https; empty: this host and port.", default=""
    )
    live_address: str = _setting(
        _origin, "Where browsers reach the live stream; empty: this host and the live port.", default=""
    )
    behind_proxy: str = _setting(
        _choice("yes", "no"),
        "yes where a proxy that sets X-Forwarded-Proto and X-Forwarded-For stands in front, and nothing else can.",
        default="no",
    )
    extra_hosts: tuple[str, ...] = _setting(_words, "Further host names under which the node answers.", default=())
    workers: int = _setting(_whole(1, 64), "Processes that answer pages.", default=1)
    threads: int = _setting(_whole(1, 64), "Threads a process.", default=4)
    session_hours: int = _setting(_whole(1, 24), "Hours after which a session ends, whatever was done.", default=10)
    least_disk_mb: int = _setting(_whole(1, 10_000_000), "Free megabytes below which it is not ready.", default=500)
    log_level: str = _setting(_choice("debug", "info", "warning", "error"), "How much is logged.", default="info")
    synthetic: str = _setting(
        _choice("yes", "no"), "yes where all data is invented; every page then says so.", default="no"
    )
    static: str = _setting(
        _choice("plain", "compressed"),
        "compressed: names with a digest and gzip, after `manage collectstatic`; plain needs no step.",
        default="plain",
    )

    @classmethod
    def read(cls, variables: Mapping[str, str]) -> "Config":
        """Give the configuration of ``variables``; raises ConfigError that names the setting."""
        known = {PREFIX + one.name.upper(): one for one in fields(cls)}
        secret_files = {name + "_FILE": name for name, one in known.items() if one.metadata["secret"]}
        values: dict[str, Any] = {}
        for name, text in variables.items():
            if not name.startswith(PREFIX) or name in _OF_THE_CHECKS:
                continue
            if name in secret_files:
                if variables.get(secret_files[name]):
                    raise ConfigError(f"both {secret_files[name]} and {name} are given: keep one")
                target, value = secret_files[name], _content(name, text, variables.get(PREFIX + "FOLDER", ""))
            elif name in known:
                target, value = name, text
            else:
                raise ConfigError(_unknown(name, [*known, *secret_files]))
            one = known[target]
            if value == "" and one.default is not MISSING:
                continue
            try:
                values[one.name] = one.metadata["read"](value)
            except ValueError as wrong:
                shown = "" if one.metadata["secret"] else f" (it is {value!r})"
                raise ConfigError(f"{name}{shown} {wrong}") from None
        for name, one in known.items():
            if one.default is MISSING and one.name not in values:
                also = f" or {name}_FILE" if one.metadata["secret"] else ""
                raise ConfigError(f"{name}{also} is not set. `tidewaiter node init DIR` writes it into DIR/{FILE}")
        return cls(**values)

    @classmethod
    def load(cls) -> "Config":
        """Give this process's configuration: ``node.env`` of TIDEWAITER_FOLDER, overridden by the environment."""
        written = in_folder(os.environ.get(PREFIX + "FOLDER", ""))
        given = {name: value for name, value in os.environ.items() if name != PREFIX + "FOLDER"}
        for name in given:
            # What the environment says replaces what the file says in the other way.
            written.pop(name + "_FILE", None)
            written.pop(name.removesuffix("_FILE"), None) if name.startswith(PREFIX) else None
        return cls.read({**written, **given})

    @property
    def live_port_used(self) -> int:
        """The port of the live stream."""
        return self.live_port or self.port + 1

    @property
    def own_address(self) -> str:
        """The origin at which people reach the node."""
        return self.address or f"http://{self.host}:{self.port}"

    @property
    def own_live_address(self) -> str:
        """The origin at which browsers reach the live stream."""
        return self.live_address or f"http://{self.host}:{self.live_port_used}"

    @property
    def https(self) -> bool:
        """Whether people reach the node over https."""
        return self.own_address.startswith("https://")

    @property
    def lake(self) -> Path:
        """The folder of the lake."""
        return self.folder / "lake"

    @property
    def files(self) -> Path:
        """The folder of uploaded and produced files; no browser reaches it but through a view."""
        return self.folder / "files"

    @property
    def keys(self) -> Path:
        """The folder of private keys."""
        return self.folder / "keys"

    @property
    def logs(self) -> Path:
        """The folder of logs."""
        return self.folder / "logs"


def in_folder(folder: str) -> dict[str, str]:
    """Give the variables of ``node.env`` in ``folder``, with the folder itself; empty where no folder is named."""
    if not folder:
        return {}
    path = Path(folder).resolve()
    try:
        lines = (path / FILE).read_text(encoding="utf-8").splitlines()
    except OSError as wrong:
        raise ConfigError(f"{path / FILE} cannot be read ({wrong.strerror}): `tidewaiter node init` makes it") from None
    found = {PREFIX + "FOLDER": str(path)}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ConfigError(f"{path / FILE}, line {number}: not NAME=VALUE")
        found[name.strip()] = value.strip()
    return found


def _content(name: str, path: str, base: str) -> str:
    try:
        return Path(base, path).read_text(encoding="utf-8").strip()
    except OSError as wrong:
        raise ConfigError(f"{name}: {path} cannot be read ({wrong.strerror})") from None


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return f"{name} is not a setting of a node. The nearest is {near[0]}; docs/reference/node-settings.md has all"
