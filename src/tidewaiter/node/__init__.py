"""The node: one administration's own site, where people work on what screening found. A Django project of thin apps."""
