"""Looking at a page as an inspector does: accessibility, console, requests, width, language, words."""

import re
from dataclasses import dataclass, field
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tidewaiter.node.ui import vendor
from tidewaiter.node.ui.catalogues import NODE, apps, source
from tidewaiter.node.ui.languages import BUTTONS, FOLDERS, TAGS

AXE = vendor.FOR_TESTS / "axe.min.js"
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
}
_AXE = "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
_STREAM = "/live/events"
_WORDS = re.compile(r"[A-Za-z]{2,}")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{\w*\}")

_TEXTS = """() => {
  const found = [];
  const foreign = (element) => { const own = element.closest('[lang]'); return own !== document.documentElement; };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const owner = walker.currentNode.parentElement;
    if (!owner || owner.closest('script, style, template, code, pre') || foreign(owner)) continue;
    found.push(walker.currentNode.textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (foreign(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '');
  }
  found.push(document.title);
  return [...new Set(found.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean))];
}"""


@dataclass
class Ear:
    """Hears what a page says and asks for, from before it is opened."""

    page: Page
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        # A failed request is heard as an answer, with its address.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.heard.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # The stream ends when its page is left, and so does what the page was still fetching.
        if request.failure != "net::ERR_ABORTED":
            self.heard.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.heard.append(f"answered {response.status}: {response.url}")

    def take(self) -> list[str]:
        """What was heard since it was last asked."""
        heard, self.heard = self.heard, []
        return heard


def wrong_with(page: Page, language: str) -> list[str]:
    """What is wrong with the page that is open, in words; nothing where all is well."""
    page.evaluate("document.fonts.ready.then(() => true)")
    tag = page.evaluate("document.documentElement.lang")
    found = [] if tag == TAGS[language] else [f"lang is {tag}, not {TAGS[language]}"]
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if sideways > 0:
        found.append(f"{sideways} px too wide: {_widest(page)}")
    found += [f"not translated: {text}" for text in untranslated(page.evaluate(_TEXTS), language)]
    return found + _violations(page)


def _widest(page: Page) -> str:
    return str(
        page.evaluate(
            "() => [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right >"
            " window.innerWidth + 0.5 && getComputedStyle(one).position !== 'fixed').slice(0, 3)"
            ".map((one) => one.outerHTML.slice(0, 120)).join(' | ')"
        )
    )


def _violations(page: Page) -> list[str]:
    if not AXE.is_file():
        pytest.skip("no axe: run `python -m tidewaiter.node.ui.vendor`")
    # By the debugger, because the page's own policy forbids what is not from the node.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_AXE, RULES)
    if any("obscured" in node["failureSummary"] for one in found["violations"] for node in one["nodes"]):
        # A bar that stays at the foot of a phone covers what is scrolled out from under it: look at the whole page.
        size = page.viewport_size or {"width": 360, "height": 740}
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], whole)})
        found = page.evaluate(_AXE, RULES)
        page.set_viewport_size(size)
    return [
        f"{one['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())[:200]})"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]


def untranslated(texts: list[str], language: str) -> list[str]:
    """Which of the texts are English messages that the language has other words for."""
    plain, patterns = _english(language)
    return [text for text in texts if text in plain or any(one.fullmatch(text) for one in patterns)]


def _may_be_data(text: str) -> bool:
    """Whether the text stands on pages as it is: the own name of a language, a code that is shown as it is stored."""
    return text in {own for _code, _mark, own in BUTTONS} or (text.islower() and " " not in text)


@cache
def _english(language: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    if language == "en":
        return frozenset(), ()
    locale = "zh_Hant" if language == "zh-hant-mo" else FOLDERS[language]
    plain, patterns = set(), set()
    for app in apps(NODE):
        path = source(app, locale)
        if not path.is_file():
            continue
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
        for message in catalogue:
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            for text in ids:
                if not text or text in said or _may_be_data(text):
                    continue
                pieces = _PLACEHOLDER.split(text)[:: _PLACEHOLDER.groups + 1]
                if len(pieces) == 1:
                    plain.add(" ".join(text.split()))
                elif len(_WORDS.findall(" ".join(pieces))) >= 2:
                    patterns.add(".+?".join(re.escape(" ".join(piece.split(" "))) for piece in pieces))
    return frozenset(plain), tuple(re.compile(one) for one in sorted(patterns))
