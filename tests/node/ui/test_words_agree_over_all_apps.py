"""Catalogues are merged into one: a message means one thing in a language, whichever app says it, and is written in its
script with its marks."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tidewaiter.node.ui import catalogues, messages

LOCALES = (*catalogues.REQUIRED, catalogues.MACAO)
CHINESE = ("zh_Hant", "zh_Hans", catalogues.MACAO)
# A set of characters holds those of one script alone, and all that a page needs.
SCRIPTS = {"zh_Hant": "big5hkscs", "zh_Hans": "gb2312", catalogues.MACAO: "big5hkscs"}
HAN = r"[\u4e00-\u9fff]"
# Words of a neighbour's language, and spellings of after 1990: `refdata` has what is said in their place.
STRANGE = {
    "zh_Hant": "網路|上傳|智慧財產|仿冒|信息|視頻|屏幕|打印|導出|導入|登錄|保存|用戶|黑名單|末日|鄰近海關|節點",
    "zh_Hans": "货柜|速递|列印|登入|上载|储存|检获|檔|黑名单|帐|末日|邻近海关|相邻海关|节点|你(?!方)",
    "pt": r"(?i)\b(atual\w*|objetos?|objetivos?|fatura\w*|sele[cç][aã]o|ação|ações|proteção|inspeção|direto|usuári\w*"
    r"|senha|salvar|arquivar|registro|contrafação|efetu\w*|exato|eletrónic\w*|nós?(?! próprios))\b",
}
STRANGE[catalogues.MACAO] = STRANGE["zh_Hant"] + "|速遞|報關單|管制站|檢獲|付貨人|公布|貨物艙單|工作天|「|」"
LEFT_OUT = re.compile(r"%\(\w+\)s|\{\w+\}|<[^>]+>")

Key = tuple[str | None, str]


def told(locale: str) -> Iterator[tuple[str, Key, tuple[str, ...]]]:
    """App, message and translation; Macao's with what it falls back to, as its pages show them."""
    for app in messages.apps():
        held: dict[Key, tuple[str, ...]] = {}
        for name in ("zh_Hant", locale) if locale == catalogues.MACAO else (locale,):
            for message in catalogues.read(catalogues.source(app, name), "zh_Hant" if "Hant" in name else name):
                if message.id and message.string:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    words = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                    held[message.context, one] = words
        for key, words in held.items():
            yield app.name, key, words


@pytest.mark.parametrize("locale", LOCALES)
def test_a_message_has_one_translation_in_all_apps(locale: str) -> None:
    found: dict[Key, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for app, key, words in told(locale):
        found[key][words].append(app)
    differ = [f"{key[1]!r} ({key[0] or 'no context'}): {dict(each)}" for key, each in found.items() if len(each) > 1]
    assert not differ, "give the message a context, or one translation:\n" + "\n".join(differ)


@pytest.mark.parametrize("locale", CHINESE)
def test_scripts_are_not_mixed(locale: str) -> None:
    strange = [
        f"{app}: {character} in {text!r}"
        for app, _key, words in told(locale)
        for text in words
        for character in re.findall(HAN, text)
        if not _is_of(character, SCRIPTS[locale])
    ]
    assert not strange, "\n".join(strange)


def _is_of(character: str, script: str) -> bool:
    try:
        character.encode(script)
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("locale", CHINESE)
def test_chinese_has_marks_of_full_width_and_no_spaces(locale: str) -> None:
    narrow = re.compile(rf"{HAN}[,.;:!?()]|[,;:!?()]{HAN}|{HAN} [A-Za-z0-9]|[A-Za-z0-9] {HAN}")
    quotes = "[“”]" if locale == "zh_Hant" else "[「」]"
    wrong = [
        f"{app}: {text!r}"
        for app, _key, words in told(locale)
        for text in words
        if narrow.search(LEFT_OUT.sub("x", text)) or re.search(quotes, text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_is_of_another_place(locale: str) -> None:
    strange = re.compile(STRANGE[locale])
    wrong = [f"{app}: {text!r}" for app, _key, words in told(locale) for text in words if strange.search(text)]
    assert not wrong, "\n".join(wrong)
