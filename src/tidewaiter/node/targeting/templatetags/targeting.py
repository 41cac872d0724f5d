"""`{% load targeting %}`: words of the core's vocabulary."""

from django.template import Library

from tidewaiter.node.targeting import words

register = Library()


@register.filter
def party_word(role: str) -> str:
    """`{{ party.role|party_word }}`: Consignor."""
    return words.capitalised(words.of_list("party", role))


@register.filter
def reason_word(code: str) -> str:
    """`{{ code|reason_word }}`: why a row was rejected, in a few words."""
    return words.reject(code)
