"""Addresses of live events. ``/live/events`` itself is served by the live process."""

from django.urls import path

from tidewaiter.node.live import views

app_name = "live"
urlpatterns = [path("ticket", views.listen, name="ticket")]
