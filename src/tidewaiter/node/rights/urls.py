"""Addresses of the register of rights."""

from django.urls import path

from tidewaiter.node.rights import views

app_name = "rights"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.add, name="add"),
    path("holders/new/", views.add_holder, name="add_holder"),
    path("holders/<uuid:pk>/edit/", views.edit_holder, name="edit_holder"),
    path("<uuid:pk>/", views.right, name="right"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
]
