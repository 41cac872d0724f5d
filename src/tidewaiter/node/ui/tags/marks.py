"""Small marks: icon, party, status, handling, names in another script, references."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django.template import Library
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from tidewaiter.node.ui.languages import is_foreign, script_of, tag
from tidewaiter.refdata.offices import find

register = Library()

SPRITE = Path(__file__).resolve().parent.parent / "static" / "ui" / "icons.svg"

_PLACES: dict[str, str | Promise] = {"CN-GD": _("Guangdong"), "HK": _("Hong Kong"), "MO": _("Macao")}
"""Short names; any other administration goes by the name of its highest office."""

STATUS_ICONS = {"bad": "cross", "warn": "clock", "good": "check", "info": "indic", "intel": "tip"}

MODE_ICONS = {"1": "ship", "2": "rail", "3": "lorry", "4": "plane", "5": "mail", "8": "ship"}


@cache
def icon_names() -> frozenset[str]:
    """The names of all icons in the sprite."""
    return frozenset(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text(encoding="utf-8")))


def draw_icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon as markup. `label` makes it speak; without it the words beside it do. Raises LookupError for an unknown
    name."""
    return _drawn(name, str(label), extra)


@lru_cache(maxsize=1024, typed=True)
def _drawn(name: str, label: str, extra: str) -> SafeString:
    """Kept, because a page has a hundred and more of them."""
    if name not in icon_names():
        raise LookupError(f"no icon {name!r} in static/ui/icons.svg")
    speak = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html(
        '<svg class="tw-i{}"{}><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        speak,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{% icon "lorry" %}`"""
    return draw_icon(name, label, extra)


@register.simple_tag
def mode_icon(mode: object, parcel: bool = False) -> SafeString:
    """The icon of a transport mode (code of UN/ECE Recommendation 19); a box where the mode is not known or is a
    parcel's."""
    return draw_icon("box" if parcel else MODE_ICONS.get(str(mode), "box"))


def party_name(code: str, *, short: bool = False) -> str:
    """The place of an administration in the language of the page; `short` gives the last part of its code."""
    if short:
        return code.rsplit("-", 1)[-1]
    if code in _PLACES:
        return str(_PLACES[code])
    office = find(code)
    return code if office is None else office.names[tag()]


@register.simple_tag
def party(code: str, text: str = "", short: bool = False) -> SafeString:
    """`{% party "HK" %}`: stripe and name. `text` replaces the name: `{% party "HK" "Hong Kong receives" %}`."""
    return format_html('<span class="tw-party" data-admin="{}">{}</span>', code, text or party_name(code, short=short))


@register.filter
def place_of(code: str) -> str:
    """`{{ code|place_of }}`: the place of an administration as plain words, for attributes."""
    return party_name(code)


@register.simple_tag
def status(level: str, text: str, icon: str = "") -> SafeString:
    """`{% status "bad" _("Seized") icon="lock" %}`: tint, word and icon. Level: bad, warn, good, info, intel, or
    empty."""
    name = icon or STATUS_ICONS.get(level, "")
    mark = draw_icon(name) if name else ""
    state = format_html(' data-s="{}"', level) if level else ""
    return format_html('<span class="tw-status"{}>{}{}</span>', state, mark, text)


@register.simple_tag
def handling(tlp: str, *caveats: str) -> SafeString:
    """`{% handling "amber+strict" "LEAD-ONLY" %}`: TLP 2.0 and caveats. The codes are never translated."""
    marks = format_html_join("", "<i>{}</i>", ((caveat,) for caveat in caveats if caveat))
    level = tlp.lower().removeprefix("tlp:")
    return format_html(
        '<span class="tw-handling" data-tlp="{}" lang="en"><b>TLP:{}</b>{}</span>', level, level.upper(), marks
    )


@register.simple_tag
def name(text: str, han: str = "") -> SafeString:
    """`{% name party.name %}`: a name with `lang` where its script is not the page's. `han` ("zh-Hans") decides the
    script."""
    lang = script_of(text, han)
    if not is_foreign(lang, tag()):
        return format_html("{}", text)
    return format_html('<span lang="{}">{}</span>', lang, text)


@register.filter
def lang_attribute(text: str, han: str = "") -> SafeString:
    """`<b{{ name|lang_attribute }}>`: ` lang="zh-Hans"` or nothing, for an element that stands already."""
    lang = script_of(text, han)
    return format_html(' lang="{}"', lang) if is_foreign(lang, tag()) else mark_safe("")


@register.simple_tag
def ref(text: str, url: str = "", han: str = "") -> SafeString:
    """`{% ref "HAWB 7714 0926 335" url %}`: a reference, which never breaks; Chinese plates carry their `lang`."""
    words = name(text, han)
    if url:
        return format_html('<a class="tw-ref" href="{}">{}</a>', url, words)
    return format_html('<span class="tw-ref">{}</span>', words)


@register.simple_tag
def key(letter: str) -> SafeString:
    """`{% key "T" %}`: the key that presses this button, for those who see it."""
    return format_html('<kbd class="tw-key" aria-hidden="true">{}</kbd>', letter)
