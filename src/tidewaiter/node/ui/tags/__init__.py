"""Template tags by family; `templatetags/tw.py` gathers them under one `{% load tw %}`."""
