"""What the sentences of profiles are filled in from: which columns of a consignment have to be read for them."""

from collections.abc import Iterable, Iterator, Set

from tidewaiter.screening.profiles import fields
from tidewaiter.screening.profiles.explain import words_in
from tidewaiter.screening.profiles.fields import FIELDS, LIST_COLUMN, Field, Kind
from tidewaiter.screening.profiles.measures import NEEDS, offset_column
from tidewaiter.screening.profiles.profile import PLACEHOLDER, Profile
from tidewaiter.screening.profiles.tree import AllOf, AnyOf, Condition, Not, Scope, Tree, Within, leaves


def is_filled_in(profile: Profile, language: str) -> bool:
    """Say whether a profile's sentence in a language holds values of the consignment."""
    return PLACEHOLDER.search(words_in(profile, language)) is not None


def columns_of(profiles: Iterable[Profile], language: str) -> list[str]:
    """Give the Parquet columns that the sentences of some profiles are filled in from, sorted.

    They are those of the fields that the sentences name and, where a block of the condition names one of these too,
    those of the whole block: a value is told of the element that met it. Where no sentence is filled in there are none.
    """
    found: set[str] = set()
    for profile in profiles:
        names = PLACEHOLDER.findall(words_in(profile, language))
        outside = {field for name in names if (field := fields.find(name, Scope.CONSIGNMENT)) is not None}
        items = {FIELDS[f"item.{name}"] for name in names if f"item.{name}" in FIELDS}
        for field in (*outside, *_witnesses(profile.when, outside | items)):
            found.update(_columns(field))
    return sorted(found)


def _witnesses(tree: Tree, named: Set[Field]) -> Iterator[Field]:
    """The fields by which the elements are found whose values are told."""
    if isinstance(tree, Within):
        asked = [FIELDS[leaf.field] for leaf in leaves(tree.part) if isinstance(leaf, Condition)]
        yield from asked if any(field in named for field in asked) else ()
    elif isinstance(tree, Condition):
        yield from {FIELDS[tree.field]} & named
    elif isinstance(tree, Not):
        yield from _witnesses(tree.part, named)
    elif isinstance(tree, AllOf | AnyOf):
        for part in tree.parts:
            yield from _witnesses(part, named)


def _columns(field: Field) -> Iterator[str]:
    """The columns that one field is worked out from."""
    within = "" if field.scope is Scope.CONSIGNMENT else f"{LIST_COLUMN[field.scope]}.list.element."
    for column in NEEDS.get(field.column, (field.column,)) if field.derived else (field.column,):
        if column == "item_count":
            yield "goods.list.element.sequence"
        elif column == "pieces":
            yield "goods.list.element.quantity"
            yield "goods.list.element.unit"
        else:
            yield within + column
    if field.role:
        yield f"{within}role"
    if field.kind is Kind.MONEY:
        yield f"{within}currency"
    if field.kind is Kind.MOMENT:
        yield within + offset_column(field.column)
