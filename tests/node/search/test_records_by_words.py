"""Records are found by their words in any language, the latest first, and no others."""

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.names.shadow_text import shadow_text, terms
from tidewaiter.node.search import entries, kinds, services, word_index
from tidewaiter.node.search.models import SearchEntry
from tidewaiter.node.search.queries import search

pytestmark = pytest.mark.django_db


def titles(world, text, who="whole", **options):
    return [found.title for found in search(world.people[who], text, **options)]


@pytest.mark.parametrize(
    "text",
    ["海關 手袋", "海关", "檢獲", "检", "CALCADO", "calçado hk20260017", "HK-2026/0017", "粤Z·K417港"],
)
def test_a_record_is_found_by_its_words(world, text):
    world.add("HK-2026/0017", summary="香港海關檢獲冒牌手袋", text=["Calçado contrafeito", "粵Z·K417港"])
    world.add("HK-2026/0018", summary="nothing of the kind")
    assert titles(world, text) == ["HK-2026/0017"]


@pytest.mark.parametrize("text", ["", "  ", "·-", "海手", "bag", "' OR 1=1 --", '"', "'", ":*", "NOT", "a\x00b", "()"])
def test_what_is_no_word_of_it_finds_nothing(world, text):
    world.add("HK-2026/0017", summary="海關 手袋 bags")
    assert titles(world, text) == []


def test_the_latest_come_first_and_a_list_goes_on(world):
    for number in range(7):
        world.add(f"Bag {number}", days=number // 2)
    first = search(world.people["whole"], "bag", limit=3)
    assert [found.title for found in first] == ["Bag 6", "Bag 5", "Bag 4"]
    second = search(world.people["whole"], "bag", limit=9, after=first[-1].cursor)
    assert [found.title for found in second] == ["Bag 3", "Bag 2", "Bag 1", "Bag 0"]
    for wrong in ("x", "~", "2026-05-01~1", "2026-05-01T00:00:00+00:00~-1", f"2026-05-01T00:00:00+00:00~{1 << 70}"):
        assert len(search(world.people["whole"], "bag", after=wrong)) == 7


def test_the_beginning_of_a_word_is_enough_while_typing(world):
    world.add("Handbags of leather")
    assert titles(world, "handb") == []
    assert titles(world, "leather handb", beginnings=True) == ["Handbags of leather"]
    assert titles(world, "handb leather", beginnings=True) == []


def test_a_changed_record_is_found_by_its_new_words_alone(world):
    made = world.add("Old words", summary="檢獲")
    world.words[str(made.pk)] = kinds.Words(title="New words", office="HK", at=world.words[str(made.pk)].at)
    with transaction.atomic():
        services.index(made, made)
    assert SearchEntry.objects.count() == 1
    assert titles(world, "old") == []
    assert titles(world, "檢獲") == []
    assert titles(world, "new words") == ["New words"]


def test_what_is_gone_is_found_no_longer(world):
    first, second = world.add("Bag one"), world.add("Bag two")
    with transaction.atomic():
        services.forget(first)
        del world.words[str(second.pk)]
        services.index(second)
    assert titles(world, "bag") == []
    assert SearchEntry.objects.count() == 0


def test_an_object_without_a_kind_is_refused(world):
    with pytest.raises(kinds.UnknownKind, match=r"accounts\.person"), transaction.atomic():
        services.index(world.people["whole"])


@pytest.mark.django_db(transaction=True)
def test_indexing_belongs_to_the_transaction_of_the_change(world):
    made = world.add("Bag")
    with pytest.raises(services.NoTransaction):
        services.index(made)
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        services.forget(made)
        raise RuntimeError("undone")
    assert titles(world, "bag") == ["Bag"]


def test_very_long_texts_are_kept_short_to_show(world):
    made = world.add("x" * 400, summary="y " * 400, text=["z" * 200_000])
    entry = SearchEntry.objects.get(object_id=str(made.pk))
    assert (len(entry.title), entry.title[-1], len(entry.summary)) == (300, "…", 500)


def test_the_index_of_words_is_whole(world):
    assert word_index.missing(connection) == frozenset()


WAYS = ((1_000, 20_000), (-1, 20_000), (-1, 0))
"""How many entries match from which on the query is put another way: ids, the index within, each entry looked at."""
WORDS = st.text(st.sampled_from("檢獲海關ab1 -/éÇ·"), max_size=12)


@given(texts=st.lists(WORDS, min_size=1, max_size=5), query=WORDS)
@pytest.mark.django_db(transaction=True)
def test_the_database_finds_what_the_tokens_say(texts, query):
    SearchEntry.objects.all().delete()
    asked = terms(query)
    expected = set()
    for number, text in enumerate(texts):
        entry = SearchEntry.objects.create(
            object_type="t", object_id=str(number), title=text, shadow=shadow_text(text), at="2026-05-01T00:00Z"
        )
        held = set(entry.shadow.split())
        if asked and all(held.issuperset(term.words) or term.whole in held for term in asked):
            expected.add(str(number))
    for few, many in WAYS:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(entries, "_FEW", few)
            patched.setattr(entries, "_MANY", many)
            found = SearchEntry.objects.having(asked) if asked else SearchEntry.objects.none()
            assert set(found.values_list("object_id", flat=True)) == expected, (few, many)
    SearchEntry.objects.all().delete()


@pytest.mark.parametrize(("few", "many"), [(1_000, 20_000), (-1, 20_000), (-1, 0)])
def test_the_beginning_of_a_word_is_found_however_many_have_it(world, monkeypatch, few, many):
    monkeypatch.setattr(entries, "_FEW", few)
    monkeypatch.setattr(entries, "_MANY", many)
    for title in ("Handbags of leather", "leather hand", "HK-2026/0017 leather", "lea handbag"):
        world.add(title)
    assert set(titles(world, "leather hand", beginnings=True)) == {"Handbags of leather", "leather hand"}
    assert titles(world, "leather hk20260017", beginnings=True) == ["HK-2026/0017 leather"]
    assert titles(world, "leather handbag") == []
