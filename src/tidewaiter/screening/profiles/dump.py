"""The canonical YAML of a tree and of a profile: parsing it gives the same again, and its digest names it."""

import json
from collections.abc import Iterable
from datetime import time

from tidewaiter.screening.profiles.profile import ANY_LANGUAGE, Profile
from tidewaiter.screening.profiles.tree import AllOf, AnyOf, Condition, EarlierHit, Not, Tree, Value, Within

_ONE = frozenset({"is", "missing", "above", "below", "at_least", "at_most"})


def dump(tree: Tree) -> str:
    """Write a condition as one line of YAML (flow style; every text in double quotes)."""
    if isinstance(tree, AllOf | AnyOf):
        word = "all" if isinstance(tree, AllOf) else "any"
        return f"{{{word}: [{', '.join(map(dump, tree.parts))}]}}"
    if isinstance(tree, Not):
        return f"{{not: {dump(tree.part)}}}"
    if isinstance(tree, Within):
        return f"{{{tree.scope}: {dump(tree.part)}}}"
    if isinstance(tree, EarlierHit):
        asked = [f"{key}: {_list(words)}" for key, words in (("kind", tree.kinds), ("id", tree.rules)) if words]
        return f"{{{tree.source}: {{{', '.join(asked)}}}}}"
    return _condition(tree)


def dump_profiles(profiles: Iterable[Profile]) -> str:
    """Write whole profiles as a file that ``Profiles.load`` reads."""
    lines = ["profiles:"]
    for profile in profiles:
        words = dict(profile.sentence)
        pairs = ", ".join(f"{language}: {_text(text)}" for language, text in profile.sentence)
        sentence = _text(words[ANY_LANGUAGE]) if ANY_LANGUAGE in words else f"{{{pairs}}}"
        lines += [
            f"  - id: {_text(profile.id)}",
            *([f"    title: {_text(profile.title)}"] if profile.title else []),
            f"    owner: {_text(profile.owner)}",
            f"    purpose: {_text(profile.purpose)}",
            f"    valid: {{from: {profile.valid_from}, until: {profile.valid_until}}}",
            f"    channel: {profile.channel}",
            f"    priority: {profile.priority}",
            f"    mandatory: {_scalar(profile.mandatory)}",
            f"    sentence: {sentence}",
            f"    when: {dump(profile.when)}",
        ]
    return "\n".join(lines if len(lines) > 1 else ["profiles: []"]) + "\n"


def _condition(leaf: Condition) -> str:
    key = "text" if leaf.operator == "contains_any" else "field"
    if leaf.operator in _ONE:
        value = _scalar(leaf.values[0])
    elif leaf.operator in ("time", "date"):
        ends = zip(("from", "until"), leaf.values, strict=True)
        value = f"{{{', '.join(f'{end}: {_scalar(at)}' for end, at in ends if at is not None)}}}"
    else:
        value = _list(leaf.values)
    money = f", currency: {leaf.currency}" if leaf.currency else ""
    return f"{{{key}: {leaf.field}, {leaf.operator}: {value}{money}}}"


def _list(values: Iterable[Value]) -> str:
    return f"[{', '.join(map(_scalar, values))}]"


def _scalar(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    return _text(str(value))


def _text(text: str) -> str:
    """A double-quoted YAML text. JSON's escapes are YAML's; signs that YAML forbids bare are escaped too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in quoted)


def _escaped(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
