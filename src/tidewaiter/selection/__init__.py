"""The inspection lists: capacity, random share, logged probabilities, reasons in words, sheets for people.

``docs/explanation/how-a-list-is-drawn.md`` says why the rules are what they are.
"""
