"""The register of rights: one number once, a period that begins before it ends, each change audited and found."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tidewaiter.node.accounts.errors import Refused
from tidewaiter.node.accounts.policies import NotAllowed
from tidewaiter.node.accounts.roles import Role
from tidewaiter.node.audit.models import AuditRow
from tidewaiter.node.rights import services
from tidewaiter.node.rights.models import Right, RightHolder
from tidewaiter.node.search.models import SearchEntry

from .conftest import Register


def test_a_right_is_added_edited_and_audited(register: Register) -> None:
    changed = services.edit_right(register.keeper, register.right, look_at="Three stitches.")
    assert changed.look_at == "Three stitches."
    services.edit_right(register.keeper, changed, look_at="Three stitches.")
    rows = AuditRow.objects.filter(object_id=str(register.right.pk)).order_by("pk")
    assert [row.verb for row in rows] == ["rights.right_added", "rights.right_edited"]


def test_a_recordal_number_is_taken_once_and_none_as_often_as_needed(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        register.add("Kestrane", recordal_number="T2024-118830")
    assert refused.value.field == "recordal_number"
    register.add("Kestrane")
    register.add("Lumodot", kind="CR")
    assert Right.objects.count() == 3


def test_a_holder_of_the_same_name_is_refused(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        services.add_holder(register.keeper, office=register.office, name="Norvaleth Sports Ltd")
    assert refused.value.field == "name"
    other = services.add_holder(register.keeper, office=register.office, name="Kestrane Mills")
    with pytest.raises(Refused):
        services.edit_holder(register.keeper, other, name="Norvaleth Sports Ltd")
    assert RightHolder.objects.get(pk=other.pk).name == "Kestrane Mills"


def test_a_period_begins_before_it_ends(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        services.edit_right(register.keeper, register.right, valid_from=date(2026, 5, 1), valid_until=date(2026, 4, 30))
    assert refused.value.field == "valid_until"
    register.right.refresh_from_db()
    assert register.right.valid_until is None


def test_in_force_counts_both_ends_and_open_ones(register: Register) -> None:
    today = timezone.localdate()
    ends = register.add("Kestrane", valid_until=today)
    over = register.add("Lumodot", valid_until=today - timedelta(days=1))
    later = register.add("Velmora", valid_from=today + timedelta(days=1))
    assert set(Right.objects.all().in_force(today)) == {register.right, ends}
    assert [one.in_force(today) for one in (register.right, ends, over, later)] == [True, True, False, False]


@pytest.mark.parametrize("words", ["norvaleth", "T2024", "諾華力", "shoes norv", "sports"])
def test_each_word_must_fit_somewhere(register: Register, words: str) -> None:
    register.add("Kestrane", products="bags")
    assert register.right in Right.objects.visible_to(register.reader).in_words(words)
    assert not Right.objects.all().in_words(f"{words} unheard").exists()


def test_search_finds_a_right_for_every_office(register: Register) -> None:
    entry = SearchEntry.objects.get(object_type="rights.right", object_id=str(register.right.pk))
    assert entry.office_id is None
    services.edit_right(register.keeper, register.right, mark="Velmora")
    entry.refresh_from_db()
    assert "Velmora" in entry.title


@pytest.mark.parametrize("role", list(Role))
def test_every_reader_reads_and_the_keeping_office_edits(register: Register, role: Role) -> None:
    own, other = register.person(role, register.office), register.person(role, register.other)
    reads = role is not Role.ADMINISTRATOR
    assert Right.objects.visible_to(own).exists() == Right.objects.visible_to(other).exists() == reads
    keeps = role in {Role.CASE_OFFICER, Role.COORDINATOR}
    if keeps:
        services.edit_right(own, register.right, products="shoes")
    else:
        with pytest.raises(NotAllowed):
            services.edit_right(own, register.right, products="shoes")
    with pytest.raises(NotAllowed):
        services.edit_right(other, register.right, products="bags")
    with pytest.raises(NotAllowed):
        services.add_right(other, office=register.office, holder=register.holder, mark="Velmora", kind="TM")


def test_who_has_no_role_sees_nothing(register: Register) -> None:
    assert not Right.objects.visible_to(register.stranger).exists()
    assert not RightHolder.objects.visible_to(register.stranger).exists()
