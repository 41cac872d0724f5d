"""The reference of the code lists, made from their manifest and the lists themselves."""

from tidewaiter.refdata.languages import LANGUAGES, column
from tidewaiter.refdata.tables import rows, sources

_HEAD = """# Reference data

Made from `src/tidewaiter/refdata/data/SOURCES.toml` and the lists beside it; do not edit by hand.

Countries (ISO 3166-1) and currencies (ISO 4217) come with the packages pycountry and Babel, which are dependencies. All
other lists are files of the package. *Filled* counts the rows that have a word in English, Chinese of Hong Kong, of the
Mainland, of Macao (given only where it differs from Hong Kong's) and Portuguese. No list is confirmed until an
administration has said so.
"""


def lists_markdown() -> str:
    """The page docs/reference/refdata.md."""
    lines = [_HEAD, "| file | rows | filled | as of | confirmed |", "| --- | --- | --- | --- | --- |"]
    for name, entry in sorted(sources().items()):
        table = rows(name.removesuffix(".csv"))
        confirmed = "yes" if entry["confirmed"] else "no"
        link = f"[{name}](#{name.replace('.', '')})"
        lines.append(f"| {link} | {len(table)} | {_filled(table)} | {entry['as_of']} | {confirmed} |")
    for name, entry in sorted(sources().items()):
        lines += ["", f"## {name}", "", f"{entry['title']}.", ""]
        lines += [f"- Source: {entry['source']}", f"- Licence: {entry['licence']}"]
        if "note" in entry:
            lines.append(f"- Note: {entry['note']}")
    return "\n".join(lines) + "\n"


def _filled(table: tuple[dict[str, str], ...]) -> str:
    columns = [column(language) for language in LANGUAGES if column(language) in table[0]]
    return " · ".join(f"{name} {sum(bool(row[name]) for row in table)}" for name in columns)
