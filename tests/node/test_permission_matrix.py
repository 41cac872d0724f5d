"""Every address, for every role, at one's own office, at another and at the top, answers as the table says.

The table is `permission_matrix.toml`; a new address is written into it with ``PIN=1 pytest`` on this file, and then
read line by line: the table says what is meant, not what happens to be.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.backends.django import Template
from tests.addresses import ADDRESSES, address, named
from tests.furnishing import Furnished, furnished
from tests.visiting import ask, pass_of

from tidewaiter.node.accounts.roles import Role

TABLE = Path(__file__).with_name("permission_matrix.toml")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
METHODS = ("get", "post")
VISITORS = [*(f"{role.value}@{place}" for place in ("own", "other", "top") for role in Role), "nobody@own", "@out"]
"""Each role for the office whose things are asked for, for another office, for the whole administration; who has no
role; and who is not signed in."""

NOT_OFFERED = 405
TO_SIGN_IN = 302


@pytest.fixture(scope="module")
def node(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Furnished]:
    # Who gets what is decided before a page is drawn; drawing six thousand pages would only take time.
    with pytest.MonkeyPatch.context() as patch, furnished(django_db_blocker, tmp_path_factory.mktemp("world")) as made:
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        if os.environ.get("PIN"):
            _write_the_table(made)
        yield made


def meant() -> dict[str, dict[str, dict[str, str]]]:
    """What the table says: by address, method and place, statuses with their roles."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}


def status_meant(row: dict[str, dict[str, str]], method: str, visitor: str) -> int:
    """The status that a row means for a visitor; a method that is not in the row is not offered."""
    role, place = visitor.split("@")
    if method not in row:
        return NOT_OFFERED if role else TO_SIGN_IN
    for part in row[method][place].split(";"):
        status, _, roles = part.partition(":")
        if not roles.strip() or role in roles.split():
            return int(status)
    raise AssertionError(f"the table does not say what {visitor} gets by {method}")


def status_found(node: Furnished, key: str, method: str, visitor: str, session: str | None) -> int:
    """What the visitor gets."""
    return int(ask(method, address(key, node), session).status_code)


def test_every_address_is_asked_for() -> None:
    assert named() == {key.split(" ")[0] for key in ADDRESSES}


def test_the_table_has_every_address_and_no_other() -> None:
    assert list(meant()) == list(ADDRESSES)


@pytest.mark.parametrize("visitor", VISITORS)
def test_answers_are_as_meant(node: Furnished, visitor: str) -> None:
    table = meant()
    session = pass_of(node.people[visitor]) if visitor in node.people else None
    wrong = []
    for key in ADDRESSES:
        for method in METHODS if "own" in visitor else table[key]:
            said, found = status_meant(table[key], method, visitor), status_found(node, key, method, visitor, session)
            if said != found:
                wrong.append(f"{method} {key}: {found}, and the table says {said}")
    assert wrong == []


def _write_the_table(node: Furnished) -> None:
    lines = [
        "# Who gets what. By address and method: at own (the office of the things), other (another office), top (the",
        "# whole administration) and out (not signed in), statuses with their roles; a status alone is everybody's.",
        "# A method that is not named is not offered: 405, and 302 to sign in. POST is asked with an empty form.",
    ]
    sessions = {name: pass_of(person) for name, person in node.people.items()}
    for key in ADDRESSES:
        lines += ["", f'["{key}"]']
        for method in METHODS:
            by_place: dict[str, dict[int, list[str]]] = {}
            if status_found(node, key, method, "analyst@own", sessions["analyst@own"]) == NOT_OFFERED:
                continue
            for visitor in VISITORS:
                role, place = visitor.split("@")
                found = status_found(node, key, method, visitor, sessions.get(visitor))
                by_place.setdefault(place, {}).setdefault(found, []).append(role)
            for place, found in by_place.items():
                whole = len(found) == 1
                said = "; ".join(f"{status}" if whole else f"{status}: {' '.join(roles)}"
                                 for status, roles in sorted(found.items()))  # fmt: skip
                lines.append(f'{method}.{place} = "{said}"')
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
