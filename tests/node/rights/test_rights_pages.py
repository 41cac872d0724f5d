"""The pages of the register: bad input comes back kept and told in the person's language; lists are narrowed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tidewaiter.node.accounts.models import Person
from tidewaiter.node.rights.models import Right, RightHolder

from .conftest import Enter, Register

LANGUAGES = ("en", "zh-hant", "zh-hans", "pt", "zh-hant-mo")


def typed(register: Register, **more: str) -> dict[str, str]:
    return {
        "office": register.office.pk, "holder": str(register.holder.pk), "mark": "Kestrane", "kind": "TM",
        "classes": "18, 25", "products": "typed words", **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mark": ""}, ""),
        ({"classes": "18, 46"}, "Classes are numbers from 1 to 45."),
        ({"classes": "eighteen"}, "Classes are numbers from 1 to 45."),
        ({"recordal_number": "T2024-118830"}, "There is already a right with this recordal number."),
        ({"valid_from": "2026-05-01", "valid_until": "2026-04-01"},
         "The right ends before it begins. Look at both dates."),
        ({"valid_from": "soon"}, ""),
        ({"kind": "XX"}, ""),
        ({"holder": "nobody"}, ""),
        ({"office": "HK-RIVER-TRADE"}, ""),
        ({"look_at": "x" * 4001}, ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh-hant", "pt"])
def test_bad_input_is_kept_and_told(
    register: Register, enter: Enter, wrong: dict[str, str], said: str, language: str
) -> None:
    Person.objects.filter(pk=register.keeper.pk).update(language=language)
    register.keeper.refresh_from_db()
    answer = enter(register.keeper).post(reverse("rights:add"), typed(register, **wrong))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "data-errors" in text
    assert "typed words" in text
    if said:
        with override(language):
            from django.utils.translation import gettext

            assert gettext(said) in text
            assert language == "en" or gettext(said) != said
    assert Right.objects.count() == 1


def test_bad_input_for_a_holder_is_kept_and_told(register: Register, enter: Enter) -> None:
    browser = enter(register.keeper)
    for wrong in ({"contact_email": "no address"}, {"name": ""}, {"name": "Norvaleth Sports Ltd"}):
        sent = {"office": register.office.pk, "name": "Kestrane", "contact_name": "typed words", **wrong}
        answer = browser.post(reverse("rights:add_holder"), sent)
        assert answer.status_code == 422
        assert "typed words" in answer.content.decode()
    assert RightHolder.objects.count() == 1


def test_a_holder_and_its_first_right_are_added(register: Register, enter: Enter) -> None:
    browser = enter(register.keeper)
    answer = browser.post(reverse("rights:add_holder"), {"office": register.office.pk, "name": "Kestrane Mills"})
    holder = RightHolder.objects.get(name="Kestrane Mills")
    assert answer["Location"].endswith(f"?holder={holder.pk}")
    assert str(holder.pk) in browser.get(answer["Location"]).content.decode()
    answer = browser.post(reverse("rights:add"), typed(register, holder=str(holder.pk)))
    right = Right.objects.get(mark="Kestrane")
    assert answer["Location"] == reverse("rights:right", args=[right.pk])
    assert right.classes == [18, 25]
    answer = browser.post(reverse("rights:edit", args=[right.pk]), typed(register, holder=str(holder.pk), classes="9"))
    right.refresh_from_db()
    assert (answer.status_code, right.classes) == (302, [9])


def test_another_office_may_read_and_not_edit(register: Register, enter: Enter) -> None:
    from tidewaiter.node.accounts.roles import Role

    browser = enter(register.person(Role.CASE_OFFICER, register.other))
    assert browser.get(reverse("rights:right", args=[register.right.pk])).status_code == 200
    for name, pk in (("rights:edit", register.right.pk), ("rights:edit_holder", register.holder.pk)):
        assert browser.get(reverse(name, args=[pk])).status_code == 403
        assert browser.post(reverse(name, args=[pk]), typed(register, name="x")).status_code == 403
    answer = enter(register.stranger).get(reverse("rights:right", args=[register.right.pk]))
    assert answer.status_code == 404
    assert enter(register.stranger).get(reverse("rights:list")).status_code == 403


def test_a_list_is_narrowed_and_a_filter_that_cannot_be_read_is_left_out(register: Register, enter: Enter) -> None:
    register.add("Lumodot", kind="CR")
    browser, where = enter(register.reader), reverse("rights:list")
    assert "Lumodot" in browser.get(where).content.decode()
    narrowed = browser.get(where, {"q": "T2024"}).content.decode()
    assert "T2024-118830" in narrowed
    assert "Lumodot" not in narrowed
    assert "Norvaleth</a>" not in browser.get(where, {"kind": "CR"}).content.decode()
    for odd in ({"kind": "XX"}, {"q": "x" * 500}, {"page": "no"}, {"q": "%_\\'\""}):
        assert browser.get(where, odd).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_in_each_language(register: Register, enter: Enter, language: str) -> None:
    Person.objects.filter(pk=register.keeper.pk).update(language=language)
    register.keeper.refresh_from_db()
    browser = enter(register.keeper)
    pages = [
        reverse("rights:list"), reverse("rights:add"), reverse("rights:add_holder"),
        reverse("rights:right", args=[register.right.pk]), reverse("rights:edit", args=[register.right.pk]),
        reverse("rights:edit_holder", args=[register.holder.pk]),
    ]  # fmt: skip
    assert {browser.get(page).status_code for page in pages} == {200}


def test_ten_times_as_many_rights_ask_no_more_queries(register: Register, enter: Enter) -> None:
    browser, where = enter(register.reader), reverse("rights:list")

    def asked() -> int:
        browser.get(where)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(where).status_code == 200
        return len(queries)

    few = asked()
    for number in range(10):
        register.add(f"Mark {number}", recordal_number=f"N-{number}")
    assert asked() == few
