"""Figures that refuse to be added: number, unit, basis, currency and stage in one block."""

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tidewaiter.node.ui.languages import tag
from tidewaiter.node.ui.tags.marks import draw_icon
from tidewaiter.refdata import closed_lists

register = Library()


@register.simple_tag
def fig(value: str, note: str, unit: str = "") -> SafeString:
    """`{% fig 41|number _("controls made today") _("of 60") %}`: one number, one unit, what it is."""
    small = format_html(" <small>{}</small>", unit) if unit else ""
    return format_html('<div class="tw-fig"><b>{}{}</b><span>{}</span></div>', value, small, note)


@register.simple_tag
def basis(code: str) -> SafeString:
    """`{% basis "STREET" %}`: the value basis (a code of that closed list) in the language of the page."""
    words = closed_lists.name("value_basis", code, tag())
    return format_html('<span class="tw-basis" data-b="{}">{}</span>', code.lower(), words)


@register.simple_tag
def nosum(reason: str, columns: int = 1, rows: int = 1) -> SafeString:
    """`{% nosum _("3 currencies, 4 bases") 3 %}`: the table cell where a total would mislead, with the reason."""
    return format_html(
        '<td class="tw-nosum"{}{}><span>{} {}</span></td>',
        format_html(' colspan="{}"', columns) if columns > 1 else "",
        format_html(' rowspan="{}"', rows) if rows > 1 else "",
        draw_icon("neq"),
        reason,
    )
