"""The page docs/reference/node-settings.md, made from ``Config``."""

from dataclasses import MISSING, fields

from tidewaiter.node.config import PREFIX, Config

_HEAD = """\
# Settings of a node

Made from the code by `./tw docs`; do not edit by hand.

A node reads its settings from `node.env` in its folder, one `NAME=VALUE` a line, and from the environment, which goes
before. `tidewaiter node init` writes the file; restart the node after a change. A name that is not in this list is an
error, so that a misspelt setting is never silently without effect.

A secret may stand in a file of its own: `NAME_FILE` then holds its path, from the node's folder on.

| setting | what it says | if not given |
| --- | --- | --- |
"""


def settings_markdown() -> str:
    """Give the page: each setting, what it says, and what holds where it is not given."""
    return _HEAD + "".join(
        f"| `{PREFIX}{one.name.upper()}` | {one.metadata['about']}{_secret(one.metadata['secret'])} |"
        f" {_default(one.default)} |\n"
        for one in fields(Config)
    )


def _secret(secret: bool) -> str:
    return " Secret." if secret else ""


def _default(default: object) -> str:
    if default is MISSING:
        return "needed"
    return "empty" if default in ("", ()) else f"`{default}`"
