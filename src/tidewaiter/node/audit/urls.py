"""Addresses of the audit log."""

from django.urls import path

from tidewaiter.node.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.rows, name="rows"),
    path("export/", views.export, name="export"),
    path("check/", views.check, name="check"),
    path("<int:pk>/", views.row, name="row"),
    path("object/<str:object_type>/<str:object_id>/", views.history, name="object"),
]
