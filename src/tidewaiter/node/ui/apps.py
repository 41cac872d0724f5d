"""The app `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look. It has no models; all other apps stand on it."""

    name = "tidewaiter.node.ui"
    label = "ui"
