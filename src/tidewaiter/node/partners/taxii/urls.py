"""Addresses of the TAXII server, as the standard lays them out."""

from django.urls import path

from tidewaiter.node.partners.taxii import views

urlpatterns = [
    path("", views.discovery, name="taxii_discovery"),
    path("<slug:root>/", views.api_root, name="taxii_root"),
    path("<slug:root>/collections/", views.collections, name="taxii_collections"),
    path("<slug:root>/collections/<uuid:collection>/", views.collection, name="taxii_collection"),
    path("<slug:root>/collections/<uuid:collection>/objects/", views.objects, name="taxii_objects"),
    path("<slug:root>/status/<uuid:status>/", views.status, name="taxii_status"),
]
