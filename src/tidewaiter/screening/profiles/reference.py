"""The reference page of the profile language, written from the tables that the code itself uses."""

from collections.abc import Iterable

from tidewaiter.domain.vocabulary import ControlChannel, PartyRole, RouteRole
from tidewaiter.refdata import regions
from tidewaiter.screening.profiles.fields import FIELDS, Field, Kind
from tidewaiter.screening.profiles.measures import PIECES_PER_UNIT
from tidewaiter.screening.profiles.nodes import MAX_BYTES, MAX_DEPTH
from tidewaiter.screening.profiles.operators import OPERATORS, operators_of
from tidewaiter.screening.profiles.parse import HIT_KINDS
from tidewaiter.screening.profiles.profile import LANGUAGES
from tidewaiter.screening.profiles.tree import Scope
from tidewaiter.screening.profiles.values import MODES

_KEYS = (
    ("id", "yes", "letters, digits and `. _ / -`, 64 at most; unique in the file"),
    ("title", "no", "a short name for lists"),
    ("owner", "yes", "who answers for it"),
    ("purpose", "yes", "why it exists, one sentence"),
    (
        "valid",
        "yes",
        "`{from: 2026-05-01, until: 2026-06-30}`; both days included; outside it does not run, and says so",
    ),
    ("channel", "yes", f"kind of control asked for: {', '.join(f'`{channel}`' for channel in ControlChannel)}"),
    ("priority", "yes", "a whole number from 0 to 100, higher first"),
    ("mandatory", "no", "`true` where what it hits must be controlled; `false` unless written"),
    (
        "sentence",
        "yes",
        "why it was selected, for the officer: one text, or one for each language of "
        f"{', '.join(f'`{language}`' for language in LANGUAGES)}; `{{field}}` is filled in from the consignment",
    ),
    ("when", "yes", "the condition"),
)

_KINDS = {
    Kind.CODE: "a code of a closed list",
    Kind.COUNTRY: "ISO 3166-1 alpha-2 code",
    Kind.CURRENCY: "ISO 4217 code",
    Kind.MODE: f"UN/ECE Rec. 19 digit or word: {', '.join(f'`{word}` {digit}' for word, digit in MODES.items())}",
    Kind.HS: "HS code or its beginning, digits only",
    Kind.LABEL: "an identifier, compared letter by letter",
    Kind.TEXT: "free text, compared after folding (width, case, Chinese script, accents)",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount; a comparison names its `currency`",
    Kind.FLAG: "`true` or `false`",
    Kind.MOMENT: "a moment, in the local time of its place",
}

_INTRODUCTION = f"""# The profile language

This page is written by `tidewaiter.screening.profiles.reference.reference_markdown`; a test keeps it true.
How to write a profile step by step: [Write a profile](../how-to/write-a-profile.md).

A file holds `profiles:` and a list under it. It is YAML in UTF-8 without tags, anchors and aliases, of at most
{MAX_BYTES >> 20} MiB and {MAX_DEPTH} levels. Values need no quotes unless YAML wants them: `NO` is Norway, `0901` keeps
its nought. Any problem stops the whole file, and all problems are shown with line, column and a suggestion.
"""

_LOGIC = """## What is not known

A condition is met, not met, or not known.

- A comparison with a missing value is **not known**. Empty text counts as missing.
- `not` of what is not known is **not known** too: absence of a statement is no evidence. To take in silent
  consignments, write `any: [{not: {field: courier, is: true}}, {field: courier, missing: true}]`.
- `all` is not met as soon as one part is not met; `any` is met as soon as one part is met; otherwise a part that is not
  known leaves them not known (Kleene's strong logic).
- A profile hits only where its condition is met.
- A field outside a block that no element could hold (no leg of destination, no goods item) is one missing value. A
  block asks whether there is such an element: without elements it is not met, and `not` of it is met.
- A moment without its offset from UTC has no local time: only `missing` can be asked of it.
- An amount whose currency has no rate is not known, and each profile counts the consignments that it could not judge
  for that reason. An amount in the currency of the comparison needs no rate.
"""

_CONDITIONS = """## Conditions

| written | asks |
| --- | --- |
| `all: [...]` | every condition is met |
| `any: [...]` | at least one is met |
| `not: {...}` | the condition is known and not met |
| `item: {...}` | one and the same goods item meets it |
| `party: {...}`, `leg: {...}`, `reference: {...}` | one and the same party, leg of the route, reference meets it |
| `field: NAME` with one operator | the field meets the operator |
| `text: NAME` with one operator | the same; reads better for free text |
"""


def reference_markdown() -> str:
    """The page ``docs/reference/profile-language.md``."""
    shorthands = [field for field in FIELDS.values() if field.role]
    plain = [field for field in FIELDS.values() if not field.role]
    parts = [
        _INTRODUCTION,
        "## Keys of a profile\n",
        _table(("key", "required", "what it holds"), ((f"`{key}`", need, words) for key, need, words in _KEYS)),
        _CONDITIONS + _hits(),
        "## Operators\n",
        _table(
            ("operator", "takes", "met where the field", "kinds of field"),
            (
                (f"`{one.name}`", one.takes, one.meaning, ", ".join(kind for kind in Kind if kind in one.kinds))
                for one in OPERATORS.values()
            ),
        ),
        _LOGIC,
        "## Kinds of field\n",
        _table(("kind", "holds"), ((kind, _KINDS[kind]) for kind in Kind)),
        "## Fields\n\nOutside a block the name of an item's field may stand without `item.` where the consignment has "
        "no such field; it then means any goods item. Inside a block the bare name is a field of its element.\n",
        *(_fields_of(scope, [field for field in plain if field.scope is scope]) for scope in Scope),
        _shorthands(shorthands),
        _pieces(),
        "## Regions\n\n" + ", ".join(f"`{code}`" for code in regions.codes()) + "\n",
    ]
    return "\n".join(parts)


def _hits() -> str:
    rows = [
        f"| `{source}: {{kind: ..., id: ...}}` | such an entry was found here by {source} screening; "
        f"kinds: {', '.join(f'`{kind}`' for kind in kinds)}; both keys may be left out |"
        for source, kinds in HIT_KINDS.items()
    ]
    return "\n".join(rows) + "\n"


def _fields_of(scope: Scope, fields: list[Field]) -> str:
    rows = (
        (
            f"`{field.name}`",
            field.kind,
            field.unit,
            _meaning(field),
            ", ".join(f"`{name}`" for name in operators_of(field)),
        )
        for field in fields
    )
    return f"### {scope.capitalize()}\n\n" + _table(("field", "kind", "unit", "meaning", "operators"), rows)


def _meaning(field: Field) -> str:
    if field.codes is not None and field.kind is Kind.CODE and len(field.codes()) <= 20:
        return ", ".join(f"`{code}`" for code in field.codes())
    return field.meaning


def _shorthands(fields: list[Field]) -> str:
    def columns(scope: Scope) -> str:
        return ", ".join(
            f"`.{name}`" for name in dict.fromkeys(field.column for field in fields if field.scope is scope)
        )

    rows = (
        (", ".join(f"`{role}`" for role in RouteRole), columns(Scope.LEG)),
        (", ".join(f"`{role}`" for role in PartyRole), columns(Scope.PARTY)),
    )
    return (
        "### Shorthands\n\nA role and a field, such as `destination.country` or `consignor.phone`, mean any leg or "
        "party of that role.\n\n" + _table(("roles", "fields"), rows)
    )


def _pieces() -> str:
    units = ", ".join(f"`{unit}` {number:g}" for unit, number in PIECES_PER_UNIT.items())
    return (
        "### Pieces and ratios\n\n"
        f"Pieces are the quantity by its unit: {units}. A quantity without a unit counts pieces; any other unit has "
        "none. The pieces of a consignment are those of all its goods items, and not known where one is not.\n\n"
        "A ratio is known where its numerator is, and its denominator is stated and above 0.\n"
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
