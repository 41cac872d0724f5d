"""Addresses of the look itself."""

from django.urls import path

from tidewaiter.node.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/preferences", views.preferences, name="preferences"),
    path("ui/counts", views.counts, name="counts"),
    path("ui/gallery/", views.gallery, name="gallery"),
    path("ui/gallery/<slug:sample>/", views.sample, name="sample"),
]
