"""Components with a body: note, sheet, reason, empty, tile, evidence, toast."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tidewaiter.node.ui.tags.marks import draw_icon

register = Library()

_NOTE_ICONS = {"warn": "warn", "bad": "cross", "good": "check", "info": "info", "intel": "tip", "": "info"}

REASON_ICONS = {
    "tip": "tip",
    "profile": "profile",
    "indic": "indic",
    "watch": "watch",
    "model": "model",
    "random": "random",
    "term": "seal",
    "officer": "person",
    "lane": "flag",
}


@register.simple_block_tag
def note(content: str, level: str = "", icon: str = "") -> SafeString:
    """`{% note "warn" %}…{% endnote %}`: what one should know here. Level: "", info, warn, bad, good, intel."""
    state = format_html(' data-s="{}"', level) if level else ""
    return format_html(
        '<div class="tw-note"{}>{}<div>{}</div></div>', state, draw_icon(icon or _NOTE_ICONS[level]), content
    )


@register.simple_block_tag
def sheet(
    content: str, title: str, note: str = "", id: str = "", level: int = 2, pad: bool = True, live: str = ""
) -> SafeString:
    """`{% sheet _("Route") note=_("solid: travelled") id="route" %}…{% endsheet %}`: the only container, a section
    with its title.

    `pad=False` for a table or a map, which touch the edges. `id` also names the heading and lets other pages link here.
    """
    anchor = format_html(' id="{}" aria-labelledby="{}-h"', id, id) if id else format_html(' aria-label="{}"', title)
    heading = format_html(
        '<h{} class="tw-h{}"{}>{}</h{}>', level, level, format_html(' id="{}-h"', id) if id else "", title, level
    )
    small = format_html('<span class="tw-small">{}</span>', note) if note else ""
    body = format_html('<div class="tw-pad">{}</div>', content) if pad else content
    return format_html(
        '<section class="tw-sheet"{}{}><header>{}{}</header>{}</section>',
        anchor,
        format_html(' data-live="{}"', live) if live else "",
        heading,
        small,
        body,
    )


@register.simple_block_tag
def reason(content: str, kind: str, word: str, source: str = "") -> SafeString:
    """`{% reason "tip" _("Tip") %}…<mark>…</mark>…{% endreason %}`: kind, then a sentence, then its source. An item
    of `ul.tw-reasons`.

    Kinds: tip, profile, indic, watch, model, random, term, officer, lane. The decisive words stand in `mark`.
    """
    where = format_html(' <span class="tw-small">{}</span>', source) if source else ""
    return format_html(
        '<li class="tw-reason" data-k="{}"><span class="k">{}{}</span><span>{}</span>{}</li>',
        kind,
        draw_icon(REASON_ICONS.get(kind, "info")),
        word,
        content,
        where,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """`{% empty _("Nothing waits here") %}…what to do…{% endempty %}`"""
    return format_html('<div class="tw-empty"><b>{}</b>{}</div>', title, content)


@register.simple_block_tag
def tile(content: str, title: str, note: str = "", wide: int = 3, tall: bool = False, live: str = "") -> SafeString:
    """`{% tile _("Controls") wide=4 %}…{% endtile %}`: one tile of the board; `wide` of 12 columns (3, 4, 5 or 7)."""
    return format_html(
        '<section class="tw-tile"{}{}{}><h2>{}{}</h2>{}</section>',
        format_html(' data-w="{}"', wide) if wide != 3 else "",
        mark_safe(" data-tall") if tall else "",
        format_html(' data-live="{}"', live) if live else "",
        title,
        format_html(" <span>{}</span>", note) if note else "",
        content,
    )


@register.simple_block_tag
def evidence(content: str, number: str, caption: str, note: str = "") -> SafeString:
    """`{% evidence "E-01" _("X-ray image") note="SHA-256 9c41…e07b" %}<img …>{% endevidence %}`: an item of
    `ul.tw-evidence`."""
    return format_html(
        "<li><figure>{}<figcaption><b>{} {}</b>{}</figcaption></figure></li>", content, number, caption, note
    )


@register.simple_block_tag
def toast(content: str, level: str = "", stay: bool = True) -> SafeString:
    """`{% toast "good" %}…{% endtoast %}`: what happened, for the frame's toasts. It stays until closed unless
    `stay=False`."""
    icon = {"good": "check", "bad": "warn", "warn": "warn", "intel": "tip"}.get(level, "info")
    return format_html(
        '<div class="tw-toast" role="status"{}{}>{}<span>{}</span>'
        '<button type="button" data-close aria-label="{}">{}</button></div>',
        format_html(' data-s="{}"', level) if level else "",
        "" if stay else mark_safe(" data-brief"),
        draw_icon(icon),
        content,
        _("Close"),
        draw_icon("cross"),
    )
