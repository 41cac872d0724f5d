"""Addresses: each app's under its place, by the list in ``apps``."""

from django.urls import URLPattern, URLResolver, include, path

from tidewaiter.node import health, home
from tidewaiter.node.apps import APPS

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.first_page, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    *(path(app.path, include((f"{app.module}.urls", app.label))) for app in APPS if app.has_urls),
]

handler400 = "tidewaiter.node.ui.errors.bad_request"
handler403 = "tidewaiter.node.ui.errors.not_allowed"
handler404 = "tidewaiter.node.ui.errors.not_found"
handler500 = "tidewaiter.node.ui.errors.failed"
