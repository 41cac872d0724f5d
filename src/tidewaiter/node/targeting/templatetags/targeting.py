"""`{% load targeting %}`: words of the core's vocabulary, and the reasons of a line."""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tidewaiter.node.targeting import ended_in_words, words
from tidewaiter.node.targeting.queries.rejects import Reject
from tidewaiter.node.targeting.rejects_in_words import sentence
from tidewaiter.node.targeting.shown import ShownReason
from tidewaiter.node.ui.tags.blocks import reason
from tidewaiter.node.ui.tags.marks import name, party

register = Library()
register.filter("why_released", ended_in_words.why_released)


@register.filter
def party_word(role: str) -> str:
    """`{{ party.role|party_word }}`: Consignor."""
    return words.capitalised(words.of_list("party", role))


@register.filter
def reason_word(code: str) -> str:
    """`{{ code|reason_word }}`: why a row was rejected, in a few words."""
    return words.reject(code)


@register.filter
def reason_sentence(reject: Reject) -> str:
    """`{{ one|reason_sentence }}`: why a row was rejected, where, and which field."""
    return sentence(reject.code, reject.source_position, reject.message)


@register.simple_tag
def reasons(found: Iterable[ShownReason], further: int = 0) -> SafeString:
    """`{% reasons line.few line.further %}`: reasons in words, and how many more there are.

    Not a template: a page of the queue has a hundred of them, and a template takes four times as long.
    """
    listed = format_html_join("", "{}", ((reason(_sentence(one), one.kind, one.word),) for one in found))
    more = ""
    if further:
        words_of_it = ngettext("%(n)s more reason", "%(n)s more reasons", further) % {"n": further}
        more = format_html('<li class="tw-reason tw-small">{}</li>', words_of_it)
    return format_html('<ul class="tw-reasons why" aria-label="{}">{}{}</ul>', _("Why it is here"), listed, more)


def _sentence(why: ShownReason) -> SafeString:
    source = format_html("{} ", party(why.source)) if why.source else ""
    marked = format_html("<mark>{}</mark>", name(why.marked)) if why.marked else ""
    return format_html("{}{}{}{}", source, why.before, marked, why.after)
