"""No message is missing in a language, placeholders agree, and Macao falls back to Traditional Chinese."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from django.utils import translation

from tidewaiter.node.ui import catalogues, messages

APPS = {path.name: path for path in messages.apps()}


@pytest.mark.parametrize("name", sorted(APPS))
def test_every_message_of_every_app_is_translated(name: str) -> None:
    wrong = [str(problem) for problem in catalogues.check_all() if problem.app == name]
    assert not wrong, "\n".join(wrong)


def test_extracting_twice_changes_nothing(tmp_path: Path) -> None:
    node = _small_node(tmp_path)
    assert catalogues.extract_all(node) == 3
    assert catalogues.extract_all(node) == 0


def _small_node(folder: Path) -> Path:
    app = folder / "harbour"
    (app / "templates" / "harbour").mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "views.py").write_text('from x import _, ngettext\n_("Berth")\nngettext("%(n)s ship", "%(n)s ships", 2)\n')
    (app / "templates" / "harbour" / "quay.html").write_text(
        '<p>{# no #}{% translate "It\'s high tide" %} '
        "{% blocktranslate trimmed with a=b %}\n  Pier {{ a }}\n{% endblocktranslate %}</p>"
    )
    return folder


def _answer(node: Path, locale: str, **words: str) -> None:
    path = catalogues.source(node / "harbour", locale)
    held = catalogues.read(path, locale)
    for message in held:
        if message.id:
            key = message.id[0] if isinstance(message.id, tuple) else str(message.id)
            text = words.get(key.split()[0].lower(), key)
            message.string = (text,) * held.num_plurals if isinstance(message.id, tuple) else text
    catalogues.write(path, held)


def test_messages_are_found_in_code_and_templates(tmp_path: Path) -> None:
    found = messages.found_in(_small_node(tmp_path) / "harbour", tmp_path)
    ids = {message.id for message in found if message.id}
    assert ids == {"Berth", ("%(n)s ship", "%(n)s ships"), "It's high tide", "Pier %(a)s"}


def test_a_translation_stays_when_messages_are_extracted_again(tmp_path: Path) -> None:
    node = _small_node(tmp_path)
    catalogues.extract_all(node)
    _answer(node, "pt", berth="Cais")
    catalogues.extract_all(node)
    assert catalogues.read(catalogues.source(node / "harbour", "pt"), "pt").get("Berth").string == "Cais"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"berth": ""}, "not translated: 'Berth'"),
        ({"pier": "Cais"}, "placeholders differ in 'Cais': 'Pier %(a)s'"),
        ({"pier": "Cais %(b)s"}, "placeholders differ in 'Cais %(b)s': 'Pier %(a)s'"),
    ],
)
def test_what_is_wrong_is_listed(tmp_path: Path, words: dict[str, str], expected: str) -> None:
    node = _small_node(tmp_path)
    catalogues.extract_all(node)
    for locale in catalogues.REQUIRED:
        _answer(node, locale, **(words if locale == "pt" else {}))
    assert [str(problem) for problem in catalogues.check_all(node)] == [f"harbour/pt: {expected}"]


def test_a_message_that_nobody_uses_is_listed(tmp_path: Path) -> None:
    node = _small_node(tmp_path)
    found = messages.found_in(node / "harbour", node)
    held = Catalog(locale="pt")
    held.add("Anchor", "Âncora")
    wrong = messages.problems_of("harbour", "pt", found, held, whole=False)
    assert [problem.what for problem in wrong] == ["not used"]


def test_macao_falls_back_to_traditional_chinese_and_says_its_own() -> None:
    catalogues.compile_all()
    with translation.override("zh-hant-mo"):
        assert translation.gettext("Footwear") == "鞋類"
        assert translation.gettext("Hong Kong") == "香港"
        assert translation.gettext("This field is required.") != "This field is required."
    with translation.override("zh-hant"):
        assert translation.gettext("Footwear") == "鞋履"


def test_compiling_again_writes_nothing() -> None:
    catalogues.compile_all()
    assert catalogues.compile_all() == 0
