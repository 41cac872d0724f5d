"""Addresses: each app's under its place, by the list in ``apps``."""

from django.urls import URLPattern, URLResolver, include, path

from tidewaiter.node.apps import APPS

urlpatterns: list[URLPattern | URLResolver] = [
    path(app.path or "", include((f"{app.module}.urls", app.label))) for app in APPS if app.has_urls
]
