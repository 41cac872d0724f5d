"""`{% load rights %}`: words of the register."""

from django.template import Library

from tidewaiter.node.ui.languages import tag
from tidewaiter.refdata import closed_lists

register = Library()


@register.simple_tag
def kind_word(code: str) -> str:
    """`{% kind_word right.kind %}`: the word of a right type."""
    return closed_lists.name("right_type", code, tag())
