"""A profile (selectivity criterion): who asks for which control, for how long, why, and on what condition."""

import re
from dataclasses import dataclass
from datetime import date

from tidewaiter.domain.vocabulary import ControlChannel
from tidewaiter.screening.profiles import fields
from tidewaiter.screening.profiles.nodes import Mapping, Node, Scalar
from tidewaiter.screening.profiles.parse import parse_condition
from tidewaiter.screening.profiles.problems import closest
from tidewaiter.screening.profiles.tree import Scope, Tree
from tidewaiter.screening.profiles.values import Findings, one_scalar, read_date, read_flag, read_number

LANGUAGES = ("en", "zh-Hant", "zh-Hans", "pt", "zh-Hant-MO")
"""Languages that a sentence may be given in."""
ANY_LANGUAGE = ""
"""Key of a sentence that is one plain string."""
REQUIRED = ("id", "owner", "purpose", "valid", "channel", "priority", "sentence", "when")
KEYS = (*REQUIRED, "title", "mandatory")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}")


@dataclass(frozen=True, slots=True)
class Profile:
    """One profile as checked. ``line`` is where it begins in its file; it is no part of what the profile is."""

    id: str
    title: str
    owner: str
    purpose: str
    valid_from: date
    valid_until: date
    """The last day on which it runs."""
    channel: ControlChannel
    priority: int
    mandatory: bool
    sentence: tuple[tuple[str, str], ...]
    """Language and words; the language is `ANY_LANGUAGE` where the file gives one plain string."""
    when: Tree

    def runs_on(self, day: date) -> bool:
        """Say whether the profile is valid on a day."""
        return self.valid_from <= day <= self.valid_until


def parse_profile(node: Node, found: Findings) -> Profile | None:
    """Parse one entry of the list of profiles. All problems go to ``found``; None where no profile can be made."""
    found.profile = ""
    if not isinstance(node, Mapping):
        found.add(node, "profiles", "A profile is wanted here: id:, owner:, purpose: and so on.")
        return None
    before = sum(not problem.notice for problem in found.problems)
    name = _text(node, "id", found)
    if name and not _ID.fullmatch(name):
        held = node.get("id")
        found.add(
            held or node, "id", f"'{name}' is no identifier: letters, digits and . _ / - are allowed, 64 at most."
        )
    found.profile = name
    for key in node.repeated:
        found.add(key, key.text, f"'{key.text}' is given twice.")
    for key, _ in node.entries:
        if key.text not in KEYS:
            found.add(key, key.text, f"A profile has no '{key.text}'.", closest(key.text, KEYS))
    owner, purpose = _text(node, "owner", found), _text(node, "purpose", found)
    title = _text(node, "title", found) if node.get("title") is not None else ""
    period = _validity(node, found)
    channel, priority = _channel(node, found), _priority(node, found)
    mandatory = _mandatory(node, found)
    sentence = _sentence(node, found)
    when = _required(node, "when", found)
    tree = parse_condition(when, found) if when is not None else None
    bad = sum(not problem.notice for problem in found.problems) > before
    if bad or tree is None or period is None or channel is None or priority is None:
        return None
    return Profile(name, title, owner, purpose, *period, channel, priority, mandatory, sentence, tree)


def _required(node: Mapping, key: str, found: Findings) -> Node | None:
    value = node.get(key)
    if value is None:
        found.add(node, key, f"The profile lacks '{key}'.")
    return value


def _text(node: Mapping, key: str, found: Findings) -> str:
    value = _required(node, key, found)
    scalar = one_scalar(value, key, found) if value is not None else None
    return scalar.text.strip() if scalar is not None else ""


def _validity(node: Mapping, found: Findings) -> tuple[date, date] | None:
    valid = _required(node, "valid", found)
    if valid is None:
        return None
    if not isinstance(valid, Mapping):
        found.add(valid, "valid", "A period is wanted here: {from: 2026-05-01, until: 2026-06-30}.")
        return None
    for key, _ in valid.entries:
        if key.text not in ("from", "until"):
            found.add(key, f"valid.{key.text}", f"The validity has no '{key.text}'.", "It has from and until.")
    for key in valid.repeated:
        found.add(key, f"valid.{key.text}", f"'{key.text}' is given twice.")
    ends: list[date | None] = []
    for end in ("from", "until"):
        value = valid.get(end)
        if value is None:
            found.add(valid, f"valid.{end}", f"The validity lacks '{end}'.", "A profile ends some day; extend it then.")
        ends.append(read_date(value, f"valid.{end}", found) if value is not None else None)
    start, until = ends
    if start is None or until is None:
        return None
    if start > until:
        found.add(valid, "valid", f"The validity ends ({until}) before it begins ({start}).")
        return None
    return start, until


def _channel(node: Mapping, found: Findings) -> ControlChannel | None:
    value = _required(node, "channel", found)
    scalar = one_scalar(value, "channel", found) if value is not None else None
    if scalar is None:
        return None
    known = [str(channel) for channel in ControlChannel]
    if scalar.text not in known:
        found.add(scalar, "channel", f"There is no channel '{scalar.text}'.", closest(scalar.text, known))
        return None
    return ControlChannel(scalar.text)


def _priority(node: Mapping, found: Findings) -> int | None:
    value = _required(node, "priority", found)
    number = read_number(value, "priority", found) if value is not None else None
    if value is None or number is None:
        return None
    if not number.is_integer() or not 0 <= number <= 100:
        found.add(value, "priority", "The priority is a whole number from 0 to 100.")
        return None
    return int(number)


def _mandatory(node: Mapping, found: Findings) -> bool:
    value = node.get("mandatory")
    return bool(read_flag(value, "mandatory", found)) if value is not None else False


def _sentence(node: Mapping, found: Findings) -> tuple[tuple[str, str], ...]:
    value = _required(node, "sentence", found)
    if value is None:
        return ()
    if isinstance(value, Mapping):
        for key in value.repeated:
            found.add(key, "sentence", f"'{key.text}' is given twice.")
        for key, _ in value.entries:
            if key.text not in LANGUAGES:
                near = closest(key.text, LANGUAGES)
                found.add(key, "sentence", f"'{key.text}' is no language of a sentence.", near)
        if not value.entries:
            found.add(value, "sentence", "The sentence is empty.")
        pairs = [(key.text, one_scalar(words, f"sentence.{key.text}", found)) for key, words in value.entries]
    else:
        pairs = [(ANY_LANGUAGE, one_scalar(value, "sentence", found))]
    for _, scalar in pairs:
        if scalar is not None:
            _placeholders(scalar, found)
    order = {language: place for place, language in enumerate((ANY_LANGUAGE, *LANGUAGES))}
    words = [(language, scalar.text.strip()) for language, scalar in pairs if scalar is not None]
    return tuple(sorted(words, key=lambda pair: order.get(pair[0], len(order))))


def _placeholders(scalar: Scalar, found: Findings) -> None:
    known = set(fields.names(Scope.CONSIGNMENT))
    for name in PLACEHOLDER.findall(scalar.text):
        if fields.find(name, Scope.CONSIGNMENT) is None:
            found.add(scalar, "sentence", f"'{{{name}}}' names no field.", closest(name, known))
