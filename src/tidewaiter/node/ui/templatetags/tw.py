"""`{% load tw %}`: all components and formats of the look, under one name."""

from django.template import Library

from tidewaiter.node.ui.tags import blocks, clocks, drawings, figures, formatting, forms, marks, tables

register = Library()
for family in (marks, formatting, clocks, figures, forms, blocks, tables, drawings):
    register.tags.update(family.register.tags)
    register.filters.update(family.register.filters)
