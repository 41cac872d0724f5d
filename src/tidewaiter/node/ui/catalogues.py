"""Catalogues of messages: `python -m tidewaiter.node.ui.catalogues [compile | extract | check]`.

compile  .po -> .mo for every app, where the .mo is older (at set-up, in tests, at node start); without a word it
compiles and checks
extract  bring the messages of templates and code into every .po file; translations stay, new ones stand empty, unused
ones go
check    fail with a list where a message is missing, fuzzy or unused, or its placeholders or plurals differ

Sources stand in `<app>/locale/{en,zh_Hant,zh_Hans,pt,zh_Hant_MO}/LC_MESSAGES/django.po`. Macao's file holds only what
differs. Django
looks for the compiled one in the folder that it derives itself (`zh_Hant-mo`) and falls back to the node's default
language, so what is
compiled there is whole: Django's own Traditional Chinese, then ours, then Macao's on top.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from functools import partial
from io import BytesIO
from pathlib import Path

import django.conf
from babel.messages import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from tidewaiter.node.ui.messages import NODE, Problem, apps, found_in, problems_of

DOMAIN = "django"
REQUIRED = ("zh_Hant", "zh_Hans", "pt")
MACAO = "zh_Hant_MO"
_COMPILED = {MACAO: "zh_Hant-mo"}
_WIDTH = 140


def source(app: Path, locale: str) -> Path:
    """The .po file of an app and locale."""
    return app / "locale" / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def compiled(app: Path, locale: str) -> Path:
    """The .mo file that Django reads for it."""
    return app / "locale" / _COMPILED.get(locale, locale) / "LC_MESSAGES" / f"{DOMAIN}.mo"


def read(path: Path, locale: str) -> Catalog:
    """A .po file; an empty catalogue where there is none."""
    if not path.is_file():
        return Catalog(locale=locale, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=DOMAIN)


def compile_all(node: Path = NODE) -> int:
    """Compile what is older than its sources; gives the number of files written. Safe to run at the same time as
    others."""
    written = 0
    for app in apps(node):
        for locale in REQUIRED + (("en",) if source(app, "en").is_file() else ()):
            written += _compile(
                compiled(app, locale), [source(app, locale)], partial(read, source(app, locale), locale)
            )
        needs = [source(app, "zh_Hant"), source(app, MACAO)]
        written += _compile(compiled(app, MACAO), needs, partial(_macao, app))
    return written


def _compile(target: Path, needs: Iterable[Path], make: Callable[[], Catalog]) -> int:
    newest = max((path.stat().st_mtime_ns for path in needs if path.is_file()), default=0)
    if not newest or (target.is_file() and target.stat().st_mtime_ns >= newest):
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{id(target)}")
    with aside.open("wb") as file:
        write_mo(file, make())
    aside.replace(target)
    return 1


def _macao(app: Path) -> Catalog:
    """The Traditional Chinese of an app with Macao's words over it; the lowest app carries Django's own as well."""
    whole = Catalog(locale="zh_Hant", domain=DOMAIN)
    if app.name == "ui":
        base = Path(django.conf.__file__).parent / "locale" / "zh_Hant" / "LC_MESSAGES" / f"{DOMAIN}.mo"
        with base.open("rb") as file:
            _lay(whole, read_mo(file))
    _lay(whole, read(source(app, "zh_Hant"), "zh_Hant"))
    _lay(whole, read(source(app, MACAO), "zh_Hant"))
    return whole


def _lay(below: Catalog, above: Catalog) -> None:
    for message in above:
        if message.id and message.string and not message.fuzzy:
            context = message.context.decode() if isinstance(message.context, bytes) else message.context
            below.delete(message.id, context)
            below.add(message.id, message.string, context=context)


def extract_all(node: Path = NODE, names: Iterable[str] = ()) -> int:
    """Bring the messages of all apps, or of those named, into their .po files; gives the number of changed files."""
    changed, chosen = 0, set(names)
    for app in apps(node):
        if chosen and app.name not in chosen:
            continue
        messages = found_in(app, node)
        for locale in REQUIRED:
            changed += _update(source(app, locale), locale, messages)
    return changed


def _update(path: Path, locale: str, messages: Catalog) -> int:
    if not len(messages) and not path.is_file():
        return 0
    before = path.read_bytes() if path.is_file() else b""
    old, new = read(path, locale), Catalog(locale=locale, domain=DOMAIN, charset="utf-8")
    for message in messages:
        if not message.id:
            continue
        kept = old.get(message.id, message.context)
        several = isinstance(message.id, tuple | list)
        string = kept.string if kept and isinstance(kept.string, tuple | list) == several else None
        flags = (message.flags - {"fuzzy"}) | ({"fuzzy"} if kept and kept.fuzzy else set())
        new.add(message.id, string, locations=message.locations, flags=flags, context=message.context)
    write(path, new)
    return path.read_bytes() != before


def write(path: Path, catalogue: Catalog) -> None:
    """Write a .po file, sorted, under a header without dates and names, so that extracting twice changes nothing."""
    body = BytesIO()
    write_po(body, catalogue, width=_WIDTH, sort_output=True, omit_header=True, include_lineno=False)
    header = {
        "Project-Id-Version": "Tidewaiter",
        "Language": str(catalogue.locale),
        "Plural-Forms": catalogue.plural_forms,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in header.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + body.getvalue())


def check_all(node: Path = NODE) -> list[Problem]:
    """All that is wrong with the catalogues of all apps."""
    problems: list[Problem] = []
    for app in apps(node):
        messages = found_in(app, node)
        for locale in REQUIRED:
            problems += problems_of(app.name, locale, messages, read(source(app, locale), locale), whole=True)
        for locale in ("en", MACAO):
            if source(app, locale).is_file():
                held = read(source(app, locale), "zh_Hant" if locale == MACAO else locale)
                problems += problems_of(app.name, locale, messages, held, whole=False)
    return problems


def main(arguments: list[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tidewaiter.node.ui.catalogues", description="Catalogues of messages"
    )
    parser.add_argument(
        "what", nargs="?", choices=("compile", "extract", "check"), help="without it: compile and check"
    )
    parser.add_argument("apps", nargs="*", help="extract for these apps only")
    chosen = parser.parse_args(arguments)
    what = chosen.what
    if what == "extract":
        sys.stderr.write(f"{extract_all(names=chosen.apps)} catalogues changed\n")
        return 0
    if what != "check":
        compile_all()
    if what == "compile":
        return 0
    problems = check_all()
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
