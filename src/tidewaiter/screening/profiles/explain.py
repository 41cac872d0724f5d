"""Why a profile hit one consignment: its conditions with the values that met them, and its sentence filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tidewaiter.screening.profiles import fields
from tidewaiter.screening.profiles.fields import FIELDS, LIST_COLUMN, Field, Kind
from tidewaiter.screening.profiles.profile import ANY_LANGUAGE, PLACEHOLDER, Profile
from tidewaiter.screening.profiles.scalar import Case, Element, Row, elements, holders, judge, judge_value, value_of
from tidewaiter.screening.profiles.tree import Condition, EarlierHit, Not, Scope, Tree, Within
from tidewaiter.screening.profiles.words import as_words, value_words

NOT_STATED = {"en": "not stated", "zh-Hant": "沒有申報", "zh-Hans": "未申报", "pt": "não declarado"}
"""What stands in a sentence for a value that is missing."""
_FALLBACK = {"zh-Hant-MO": ("zh-Hant-MO", "zh-Hant", "zh-Hans")}


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition of a profile, as it fares on one consignment."""

    words: str
    met: bool | None
    """True, False, or None where it cannot be known."""
    value: str
    """The value in the consignment; empty for a condition on an earlier hit."""
    field: str
    """Where it stands, such as ``goods[2].hs``; empty for a condition on an earlier hit."""

    def __str__(self) -> str:
        verdict = {True: "yes", False: "no", None: "not known"}[self.met]
        return f"{verdict}: {self.words}" + (f" (here: {self.value})" if self.value else "")


def explain(profile: Profile, case: Case) -> list[Reason]:
    """Give every condition of the profile with the consignment's value, in the order of the text.

    Conditions of a block are shown for the first element that meets the whole block, else for the first element. A
    condition under ``not`` is shown as its opposite, so that "yes" always speaks for the profile.
    """
    return [_reason(shown, case) for shown in _shown(profile.when, case)]


def words_in(profile: Profile, language: str) -> str:
    """The profile's sentence in a language as written, placeholders and all; the nearest language where it lacks it."""
    words = dict(profile.sentence)
    for choice in (*_FALLBACK.get(language, (language,)), ANY_LANGUAGE, "en"):
        if choice in words:
            return words[choice]
    return next(iter(words.values()))


def fill(profile: Profile, case: Case, language: str) -> str:
    """The profile's sentence with each ``{field}`` filled in from the consignment.

    A field that the condition names is taken from the element that met it and in the currency of the condition.
    """
    template = words_in(profile, language)
    seen = [(one.leaf, one.element) for one in _shown(profile.when, case) if isinstance(one.leaf, Condition)]

    def value(name: str) -> str:
        outside = fields.find(name, Scope.CONSIGNMENT)
        for leaf, element in seen:
            named = FIELDS[leaf.field]
            if leaf.field in (name, f"{Scope.ITEM}.{name}") or named is outside:
                return shown(named, _deciding(leaf, case, element)[0], leaf.currency, case, language)
        if outside is None:
            return NOT_STATED.get(language, NOT_STATED["en"])
        return shown(outside, holders(outside, case.row, None)[0], None, case, language)

    return PLACEHOLDER.sub(lambda found: value(found[1]), template)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One condition with the element and the block that it is shown for, and whether the profile wants it met."""

    leaf: Condition | EarlierHit
    element: Element | None
    block: Scope
    wanted: bool


def _shown(
    tree: Tree, case: Case, element: Element | None = None, block: Scope = Scope.CONSIGNMENT, wanted: bool = True
) -> Iterator[_Shown]:
    if isinstance(tree, Within):
        listed = elements(case.row, tree.scope)
        met = next((one for one in listed if judge(tree.part, case, one)), listed[0] if listed else None)
        yield from _shown(tree.part, case, met or Element(tree.scope, 0, {}), tree.scope, wanted)
    elif isinstance(tree, Condition | EarlierHit):
        yield _Shown(tree, element, block, wanted)
    elif isinstance(tree, Not):
        yield from _shown(tree.part, case, element, block, not wanted)
    else:
        for part in tree.parts:
            yield from _shown(part, case, element, block, wanted)


def _reason(one: _Shown, case: Case) -> Reason:
    asked = one.leaf if one.wanted else Not(one.leaf)
    words, met = as_words(asked, one.block), judge(asked, case, one.element)
    if isinstance(one.leaf, EarlierHit):
        return Reason(words, met, "", "")
    holder, place = _deciding(one.leaf, case, one.element)
    return Reason(words, met, shown(FIELDS[one.leaf.field], holder, one.leaf.currency, case, "en"), place)


def _deciding(leaf: Condition, case: Case, element: Element | None) -> tuple[Row, str]:
    """The holder of the field that decided, and the field's place in the consignment."""
    named = FIELDS[leaf.field]
    if named.scope is Scope.CONSIGNMENT:
        return case.row, named.column
    listed = [element] if element is not None else elements(case.row, named.scope, named.role)
    met = next((one for one in listed if judge_value(leaf, one.values, case)), listed[0] if listed else None)
    if met is None or not met.place:
        return {}, leaf.field
    return met.values, f"{LIST_COLUMN[named.scope]}[{met.place}].{named.column}"


def shown(named: Field, holder: Row, currency: str | None, case: Case, language: str) -> str:
    """A value for people: numbers as the language writes them, money with its currency, moments in local time.

    Money is given in ``currency`` where its own has a rate, else in its own. The forms of numbers are those of the term
    base, section 5.
    """
    value = value_of(named, holder)
    if value is None:
        return NOT_STATED[language if language in NOT_STATED else _FALLBACK.get(language, ("", "en"))[1]]
    if named.kind is Kind.MOMENT:
        local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(value))
        return f"{local:%Y-%m-%d %H:%M}"
    if named.kind is Kind.MONEY:
        own = holder.get("currency") or ""
        factor = case.rates.factors(currency).get(own) if currency is not None else None
        amount, unit = (value * factor, currency) if factor is not None else (value, own)
        return f"{_number(amount, 2, language)} {unit}".rstrip()
    if named.kind is Kind.NUMBER:
        return _number(value, 3, language)
    return str(value) if named.kind is Kind.TEXT else value_words(value, named)


def _number(value: float, places: int, language: str) -> str:
    text = f"{value:,.{places}f}"
    if places != 2 or text.endswith(".00"):
        text = text.rstrip("0").rstrip(".")
    if language == "zh-Hans":
        return text.replace(",", "")
    if language == "pt":
        return text.replace(",", "\u00a0").replace(".", ",")
    return text
