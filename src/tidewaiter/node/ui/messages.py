"""Messages of an app: found in its templates and code, and held against a catalogue."""

import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract
from django.utils.translation.template import templatize

NODE = Path(__file__).resolve().parent.parent
"""The folder of the Django project."""

_KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "__": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_PROJECT = "node"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a catalogue."""

    app: str
    locale: str
    what: str
    message: str

    def __str__(self) -> str:
        return f"{self.app}/{self.locale}: {self.what}: {self.message!r}"


def apps(node: Path = NODE) -> list[Path]:
    """The folders of the apps, and at last the project itself where it has messages of its own."""
    return sorted(path.parent for path in node.glob("*/apps.py"))


def found_in(app: Path, node: Path = NODE) -> Catalog:
    """All messages of an app. Those of the project's own modules belong to `ui`, which has the lowest catalogue."""
    messages = Catalog()
    files = [*_files(app, "*.py"), *_files(app / "templates", "*.html"), *_files(app / "templates", "*.txt")]
    if app.name == "ui":
        files += sorted(node.glob("*.py"))
    for path in files:
        where = path.relative_to(node).as_posix()
        try:
            for _line, text, _comments, context in _extracted(path):
                messages.add(text, locations=[(where, 0)], context=context)
        except tokenize.TokenError as wrong:
            raise ValueError(f"{where} is not whole: {wrong.args[0]}") from wrong
    return messages


def _files(folder: Path, pattern: str) -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if "migrations" not in path.parts)


def _extracted(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    content = path.read_bytes()
    if path.suffix != ".py":
        # Django turns a template into lines of calls between filler; in brackets, so that no line counts as indented.
        code = templatize(content.decode("utf-8"), origin=str(path))
        content = f"(\n{_one_line(code)}\n)".encode()
    yield from extract("python", BytesIO(content), keywords=_KEYWORDS, options={"encoding": "utf-8"})


def _one_line(code: str) -> str:
    """Every call on a line of its own: what stands between calls is filler."""
    calls = []
    for match in re.finditer(r"\b(?:gettext|ngettext|pgettext|npgettext|_)\(", code):
        calls.append(_call(code, match.start()))
    return "\n".join(calls)


def _call(code: str, start: int) -> str:
    """The call that begins at `start`, to its closing bracket outside of strings."""
    depth, quote, i = 0, "", code.index("(", start)
    while i < len(code):
        character = code[i]
        if quote:
            if character == "\\":
                i += 1
            elif code.startswith(quote, i):
                i += len(quote) - 1
                quote = ""
        elif character in "'\"":
            quote = character * 3 if code.startswith(character * 3, i) else character
            i += len(quote) - 1
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if not depth:
                return code[start : i + 1] + ";"
        i += 1
    raise ValueError(f"a message without an end: {code[start : start + 60]!r}")


def problems_of(app: str, locale: str, messages: Catalog, catalogue: Catalog, *, whole: bool) -> list[Problem]:
    """What is wrong with one catalogue; `whole` also wants every message translated."""
    problems = []
    for message in messages:
        if not message.id:
            continue
        held = catalogue.get(message.id, message.context)
        words = _words(held)
        name = _name(message)
        if held is None or not all(words):
            if whole or held is not None:
                problems.append(Problem(app, locale, "not translated", name))
            continue
        if held.fuzzy:
            problems.append(Problem(app, locale, "fuzzy", name))
        if isinstance(message.id, tuple) and len(words) != catalogue.num_plurals:
            problems.append(Problem(app, locale, f"{len(words)} plural forms, not {catalogue.num_plurals}", name))
        problems += [
            Problem(app, locale, f"placeholders differ in {one!r}", name) for one in words if not _agree(message, one)
        ]
    known = {(message.id, message.context) for message in messages}
    problems += [
        Problem(app, locale, "not used", _name(held))
        for held in catalogue
        if held.id and (held.id, held.context) not in known
    ]
    return sorted(problems)


def _name(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)


def _words(message: Message | None) -> tuple[str, ...]:
    if message is None or not message.string:
        return ("",)
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def _agree(message: Message, words: str) -> bool:
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    used = placeholders(words)
    # A form for one may leave the number out; nothing may be used that the message does not offer.
    return used == placeholders(ids[-1]) or (len(ids) > 1 and used == placeholders(ids[0]))


def placeholders(text: str) -> frozenset[str]:
    """The placeholders of a message, by name or as they stand."""
    return frozenset(match.group(0) for match in _PLACEHOLDER.finditer(text.replace("%%", "")))
